"""Hours on the front page: mine, and for the personnel office who lacks some before the year ends."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.training.permissions.hours import READERS, reading_scopes
from courses.training.queries.desk import Asked, lines
from courses.training.queries.hours_wording import missing_words
from courses.training.queries.standing import standings
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor, Role

SHOWN = 5
WARN_DAYS = 90

name_acts(
    "training",
    _("Training"),
    {
        "hours_granted": _("Granted training hours"),
        "hours_countered": _("Corrected training hours"),
        "hours_entered": _("Entered training hours by hand"),
        "hours_accepted": _("Accepted training hours"),
        "hours_declined": _("Declined training hours"),
        "hours_exported": _("Exported training hours"),
        "period_closed": _("Closed a period"),
        "opening_asked": _("Asked to open a closed period"),
        "opening_declined": _("Kept a period closed"),
        "period_opened": _("Opened a closed period"),
        "table_drafted": _("Drafted a conversion table"),
        "table_approved": _("Approved a conversion table"),
        "table_discarded": _("Discarded a conversion table"),
        "target_created": _("Set a yearly target"),
        "target_changed": _("Changed a yearly target"),
        "target_removed": _("Removed a yearly target"),
        "surplus_carried": _("Carried a surplus over"),
        "carrying_undone": _("Took back a carrying-over"),
    },
)
nav(NavItem(_("Training hours"), "training:hours_manage", frozenset(READERS), order=58, icon="clock"))


@panel(*LEARNERS, order=34)
def my_hours(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What I have and what is missing this year; urgent when something is missing late in the year."""
    if actor.officer_id is None:
        return None
    today = day_of(at)
    found = standings([actor.officer_id], today.year, today)[actor.officer_id]
    if found.target is None and not found.totals.hours:
        return None
    return Panel(
        title=_("My training hours"),
        template="training/panels/my_hours.html",
        context={"found": found, "missing": missing_words(found.standing)},
        url=reverse("training:hours"),
        link=_("Every entry"),
        urgent=found.lacking and days_left(today) <= WARN_DAYS,
    )


def days_left(today: datetime.date) -> int:
    """Days until the year ends, its last day being 0."""
    return (datetime.date(today.year, 12, 31) - today).days


@panel(Role.HR, order=22)
def lacking_hours(actor: Actor, at: datetime.datetime) -> Panel:
    """Who of one's people lacks hours, those who lack most first."""
    today = day_of(at)
    everybody = lines(Asked(today.year, tuple(reading_scopes(actor))), today)
    lacking = [line for line in everybody if line.found.lacking]
    worst = sorted(lacking, key=lambda line: -(line.found.standing.missing if line.found.standing else 0))
    return Panel(
        title=_("Who lacks training hours"),
        template="training/panels/lacking_hours.html",
        context={
            "targets": any(line.found.target for line in everybody),
            "people": len(everybody),
            "lacking": len(lacking),
            "days": days_left(today),
            "most": [{"line": line, "missing": missing_words(line.found.standing)} for line in worst[:SHOWN]],
        },
        url=f"{reverse('training:hours_manage')}?standing=lacking",
        link=_("By name"),
        urgent=bool(lacking) and days_left(today) <= WARN_DAYS,
    )
