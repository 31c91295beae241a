"""The public roster: who of a unit may enforce. Name, badge and status, and nothing else leaves this module.

Publishing who enforces is the bureau's duty (行政执法公示), so names stand there in full. Whoever never held a
certificate, or holds none any more, is not on it. Read live: a suspension shows the same minute.
"""

import datetime
import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from certificates.models import PublicRoster
from certificates.queries.duty import Duty, standings
from certificates.queries.enforcement import NEVER
from certificates.state.enforcement import State
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointments_in, day_of, units_in


class Status(StrEnum):
    """What the public reads of a person."""

    ON_DUTY = "on_duty"
    SUSPENDED = "suspended"
    OFF_DUTY = "off_duty"


@dataclass(frozen=True)
class Entry:
    """One person of the roster."""

    name: str
    badge: str
    status: Status


def open_rosters() -> QuerySet[PublicRoster]:
    """The rosters that are switched on, of units that are not closed, in the order of the tree."""
    found = PublicRoster.objects.filter(is_open=True, unit__closed_on=None)
    return found.select_related("unit").order_by("unit__path")


def open_roster(uid: uuid.UUID) -> PublicRoster | None:
    """One of them, or None."""
    return open_rosters().filter(uid=uid).first()


def entries(unit: Unit, at: datetime.datetime, badge: str = "") -> list[Entry]:
    """Who stands on the roster of a unit and those below it at a moment, by unit and staff number.

    `badge` asks for whoever wears it. A handful of statements, however many people there are.
    """
    serving = appointments_in([unit.path], day_of(at)).filter(
        officer__user__is_rehearsal=False, officer__category=Officer.Category.OFFICER
    )
    if badge:
        serving = serving.filter(officer__badge_number=badge)
    people = [row.officer for row in serving]
    known = standings([one.pk for one in people], at) if people else {}
    return [
        Entry(one.name, one.badge_number, _status(duty))
        for one in people
        if (duty := known.get(one.pk)) is not None and duty.state not in NEVER
    ]


def desk(unit_paths: list[str]) -> list[tuple[Unit, PublicRoster | None]]:
    """The open units of these subtrees, each with its roster where it ever had one. Two statements."""
    units = list(units_in(unit_paths))
    known = {row.unit_id: row for row in PublicRoster.objects.filter(unit__in=units)}
    return [(unit, known.get(unit.pk)) for unit in units]


def _status(duty: Duty) -> Status:
    if duty.on_duty:
        return Status.ON_DUTY
    return Status.SUSPENDED if duty.state is State.SUSPENDED else Status.OFF_DUTY
