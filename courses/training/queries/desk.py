"""What the hours desk shows: everybody of a subtree with their year, and the sums of their units."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from courses.queries.audience import serving
from courses.training.models import HourClaim, HourEntry
from courses.training.queries.hours import recorded_by
from courses.training.queries.standing import YearStanding, report_day, standings
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import latest_appointments
from lianbing.people.rules import Actor, Role

ZERO = Decimal(0)
LACKING, MET = "lacking", "met"


@dataclass(frozen=True)
class Asked:
    """What the desk was asked. `paths` lie within the reader's scopes; `as_of` None = all that is recorded."""

    year: int
    paths: tuple[str, ...]
    search: str = ""
    standing: str = ""
    as_of: datetime.date | None = None


@dataclass(frozen=True)
class Line:
    """One person: who, where on the day of the report, and their year."""

    officer_id: int
    name: str
    staff_number: str
    unit_id: int
    unit: str
    found: YearStanding


@dataclass
class UnitLine:
    """The sums of a unit itself: its people of the day of the report, and what was earned while serving there."""

    unit_id: int
    name: str
    people: int = 0
    met: int = 0
    lacking: int = 0
    hours: Decimal = ZERO
    earned_here: Decimal = ZERO

    @property
    def mean(self) -> Decimal:
        """Hours a head, to one place."""
        return (self.hours / self.people).quantize(Decimal("0.1")) if self.people else ZERO


def inside(paths: Sequence[str], prefix: str = "unit__path") -> Q:
    """The condition that a unit lies in one of these subtrees."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{prefix}__startswith": path})
    return found


def lines(asked: Asked, today: datetime.date) -> list[Line]:
    """Everybody asked for, by unit and staff number. At most eight statements."""
    on = report_day(asked.year, today, asked.as_of)
    rows = serving(on).filter(inside(asked.paths))
    if asked.search:
        rows = rows.filter(
            Q(officer__name__icontains=asked.search) | Q(officer__staff_number__icontains=asked.search)
        )
    people = list(
        rows.select_related(None).values_list(
            "officer_id", "officer__name", "officer__staff_number", "unit_id", "unit__name"
        )
    )
    found = standings([row[0] for row in people], asked.year, on, asked.as_of)
    made = [Line(*row, found[row[0]]) for row in people]
    if asked.standing == LACKING:
        return [line for line in made if line.found.lacking]
    if asked.standing == MET:
        return [line for line in made if line.found.standing and line.found.standing.met]
    return made


def units(made: Sequence[Line], asked: Asked) -> list[UnitLine]:
    """The units of these lines in the order of the tree, with their sums. One statement."""
    found: dict[int, UnitLine] = {}
    for line in made:
        unit = found.setdefault(line.unit_id, UnitLine(line.unit_id, line.unit))
        unit.people += 1
        unit.hours += line.found.totals.hours
        if line.found.standing:
            unit.met += line.found.standing.met
            unit.lacking += not line.found.standing.met
    for unit_id, hours in earned_by_unit(asked).items():
        if unit_id in found:
            found[unit_id].earned_here = hours
    return list(found.values())


def earned_by_unit(asked: Asked) -> dict[int, Decimal]:
    """Hours of the year by the unit in which they were earned (whoever earned them), carried ones left out."""
    rows = recorded_by(asked.as_of).filter(year=asked.year, unit__isnull=False)
    rows = rows.exclude(counted_as=HourEntry.Kind.CARRIED).order_by()
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for unit_id, hours in rows.values_list("unit_id").annotate(hours=Sum("hours")):
        sums[unit_id] = hours
    return sums


def unit_of(officer: Officer, on: datetime.date) -> tuple[str, str]:
    """Path and name of the unit of somebody's latest appointment by a day; empty texts where there is none."""
    row = latest_appointments([officer], on).get(officer.pk)
    return (row.unit.path, row.unit.name) if row else ("", "")


def claims_of(actor: Actor, today: datetime.date) -> QuerySet[HourClaim]:
    """The hours entered by hand for the people this actor looks after, by their latest unit; never one's own."""
    latest = Appointment.objects.filter(officer=OuterRef("officer"), starts_on__lte=today).order_by(
        "-starts_on"
    )
    rows = HourClaim.objects.annotate(place=Subquery(latest.values("unit__path")[:1]))
    rows = rows.filter(inside(actor.scopes(Role.HR), "place"))
    own = Q(officer=actor.officer_id) if actor.officer_id else Q(pk__in=[])
    return rows.exclude(own).select_related("officer", "category")
