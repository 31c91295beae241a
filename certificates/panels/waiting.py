"""What HR must see to in enforcement certificates, counted in one statement: the alarm first."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.queries.duty import posted_without
from certificates.queries.proposals import in_units
from certificates.queries.qualifications import lacking
from certificates.queries.warnings import of_people, unread
from lianbing.home.ports import Panel, panel
from lianbing.kit.counting import counts
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor, Role


@panel(Role.HR, order=8)
def waiting(actor: Actor, at: datetime.datetime) -> Panel:
    """Who is posted without being on duty, proposals to decide, unread warnings, reviewers without the qualification."""
    scopes, day = actor.scopes(Role.HR), day_of(at)
    found = counts(
        alarms=posted_without(scopes, day),
        proposals=in_units(scopes, day, "open"),
        warnings=unread(of_people(scopes, day), actor.user_id),
        reviewers=lacking(scopes, day),
    )
    figures = [
        {
            "label": _("Posted without being on duty"),
            "count": found["alarms"],
            "url": reverse("certificates:enforcement_alarms"),
        },
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
        title=_("Enforcement certificates: to see to"),
        template="certificates/panels/to_see_to.html",
        context={"figures": figures},
        url=reverse("certificates:enforcement"),
        link=_("Enforcement certificates"),
        urgent=any(count for name, count in found.items() if name != "warnings"),
        wide=True,
    )
