"""The public roster: who of a unit may enforce. Name, badge and status, and nothing else leaves this module.

Publishing who enforces is the bureau's duty (行政执法公示), so names stand there in full. Whoever never held a
certificate, or holds none any more, is not on it. Read live: a suspension shows the same minute.
"""

import datetime
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from certificates.models import PublicRoster
from certificates.queries.duty import with_duty
from certificates.queries.enforcement import NEVER
from certificates.queries.enforcement_rules import in_force
from certificates.state.enforcement import State
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointments_in, units_in


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


def serving(unit: Unit, on: datetime.date, badge: str = "") -> QuerySet[Any]:
    """The appointments of whoever stands on the roster of a unit and those below it, by unit and staff number.

    `badge` asks for whoever wears it. What each row says is `entry`.
    """
    found = appointments_in([unit.path], on).filter(
        officer__user__is_rehearsal=False, officer__category=Officer.Category.OFFICER
    )
    if badge:
        found = found.filter(officer__badge_number=badge)
    return with_duty(found, on, in_force()).exclude(standing__in=[state.value for state in NEVER])


def entry(row: Any) -> Entry:
    """What the public reads of a row of `serving`."""
    if not row.why:
        status = Status.ON_DUTY
    else:
        status = Status.SUSPENDED if row.standing == State.SUSPENDED else Status.OFF_DUTY
    return Entry(row.officer.name, row.officer.badge_number, status)


def desk(unit_paths: list[str]) -> list[tuple[Unit, PublicRoster | None]]:
    """The open units of these subtrees, each with its roster where it ever had one. Two statements."""
    units = list(units_in(unit_paths))
    known = {row.unit_id: row for row in PublicRoster.objects.filter(unit__in=units)}
    return [(unit, known.get(unit.pk)) for unit in units]
