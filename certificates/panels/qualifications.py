"""Navigation, audit words and the personal file of qualifications; the legal reviewers who lack theirs."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.queries import qualification_file  # noqa: F401 -- registers itself
from certificates.queries.qualifications import lacking
from certificates.rules.legal_review import LAW
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor, Role

name_acts(
    "certificates",
    _("Certificates"),
    {
        "qualification_entered": _("Entered a qualification"),
        "qualification_struck_out": _("Struck out a qualification"),
    },
)
name_acts(
    "enforcement", _("Enforcement certificates"), {"register_taken_over": _("Took over an older register")}
)
nav(
    NavItem(
        _("Qualifications"), "certificates:qualifications", frozenset({Role.LEGAL}), order=45, icon="award"
    )
)


@panel(Role.HR, Role.LEGAL, order=24)
def legal_reviewers(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Who reviews decisions without the legal profession qualification; None where nobody does."""
    people = list(lacking(actor.scopes(Role.HR, Role.LEGAL), day_of(at)))
    if not people:
        return None
    return Panel(
        title=_("Legal review without the qualification"),
        template="certificates/panels/legal_reviewers.html",
        context={"people": people[:5], "count": len(people), "law": LAW},
        url=reverse("certificates:qualifications"),
        link=_("Qualifications"),
        urgent=True,
    )
