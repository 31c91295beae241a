"""What waits for HR of enforcement certificates, counted in one statement: warnings, proposals, legal reviewers."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.queries.proposals import in_units
from certificates.queries.qualifications import lacking
from certificates.queries.warnings import of_people, unread
from lianbing.home.ports import Panel, panel
from lianbing.kit.counting import counts
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor, Role


@panel(Role.HR, order=9)
def waiting(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Unread warnings, proposals to decide, reviewers without the qualification; nothing while there is none."""
    scopes, day = actor.scopes(Role.HR), day_of(at)
    found = counts(
        proposals=in_units(scopes, day, "open"),
        warnings=unread(of_people(scopes, day), actor.user_id),
        reviewers=lacking(scopes, day),
    )
    if not any(found.values()):
        return None
    figures = [
        {
            "label": _("Proposals after change exams"),
            "count": found["proposals"],
            "url": reverse("certificates:proposals"),
        },
        {
            "label": _("Unread warnings of certificates that end"),
            "count": found["warnings"],
            "url": f"{reverse('certificates:warnings')}?seen=unread",
        },
        {
            "label": _("Legal review without the qualification"),
            "count": found["reviewers"],
            "url": reverse("certificates:qualifications"),
        },
    ]
    return Panel(
        title=_("Enforcement certificates: waiting for you"),
        template="certificates/panels/to_see_to.html",
        context={"figures": figures},
        url=reverse("certificates:enforcement"),
        link=_("Enforcement certificates"),
        urgent=bool(found["proposals"] or found["reviewers"]),
    )
