"""Ratings in the navigation and on front pages, and what changing their rules is called in the audit trail."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models import Appeal, Period
from certificates.ratings.permissions.pages import READERS, reading_scopes
from certificates.ratings.queries import desk
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.state import Phase
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.kit.counting import counts
from lianbing.people.rules import LEARNERS, Actor, Role

# Whose pages belong to the desk; the others are one's own.
DESK = ("indicators", "schemes", "statements", "ranking", "appeals", "records", "exclusions")

name_acts(
    "ratings",
    _("Ratings"),
    {
        "indicator_saved": _("Saved an indicator"),
        "indicator_refused": _("Was refused an indicator that assesses income from fines"),
        "indicator_retired": _("Took an indicator out of the catalogue"),
        "indicator_restored": _("Put an indicator back into the catalogue"),
        "scheme_saved": _("Saved an assessment scheme"),
        "scheme_adopted": _("Adopted an assessment scheme"),
        "scheme_discarded": _("Threw the draft of an assessment scheme away"),
        "appeal_filed": _("Appealed against a result"),
        "appeal_withdrawn": _("Withdrew an appeal"),
        "appeal_upheld": _("Upheld an appeal"),
        "appeal_rejected": _("Rejected an appeal"),
    },
)
nav(NavItem(_("My stars"), "ratings:home", LEARNERS, order=48, icon="award"))
nav(
    NavItem(
        _("Assessment"),
        "ratings:periods",
        frozenset(READERS),
        order=49,
        icon="award",
        also=tuple(f"/ratings/{part}/" for part in DESK),
    )
)


@panel(*LEARNERS, order=32)
def my_star(actor: Actor, at: datetime.datetime) -> Panel | None:
    """My newest published result; urgent while I may still appeal. Nothing before there is one."""
    del at
    if actor.officer_id is None:
        return None
    result = desk.newest_own(actor.officer_id)
    if result is None:
        return None
    period = result.statement.period
    return Panel(
        title=_("My stars"),
        template="ratings/panels/mine.html",
        context={
            "result": result,
            "name": period_name(period.kind, period.first),
            "appeals_until": period.appeals_until if period.phase == Phase.PUBLISHED else None,
        },
        url=result.get_absolute_url(),
        link=_("How it came about"),
    )


@panel(Role.HR, Role.LEADER, order=28)
def to_do(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Periods that wait for the next step, for a confirmation above all, and appeals that wait for a decision."""
    del at
    scopes = reading_scopes(actor)
    periods = Period.objects.filter(desk.overlapping(scopes))
    found = counts(
        confirm=periods.filter(phase=Phase.REVIEWED),
        appeals=Appeal.objects.filter(
            desk.within(scopes, "result__roll__unit_path"), state=Appeal.State.FILED
        ),
        work=periods.exclude(phase__in=[Phase.REVIEWED, Phase.PUBLISHED, Phase.LOCKED]),
        published=periods.filter(phase=Phase.PUBLISHED),
    )
    if not any(found.values()):
        return None
    return Panel(
        title=_("Assessment"),
        template="ratings/panels/to_do.html",
        context={"found": found},
        url=reverse("ratings:periods"),
        link=_("Assessment periods"),
        urgent=bool(found["confirm"] or found["appeals"]),
    )
