"""Who has been trained and who has not: full-time training of a year (R13), cycles of rotation (R14)."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from courses.queries.audience import people_of
from courses.rules.audience import EVERYBODY, from_json
from courses.training.models import RotationCycle, Trainee, TrainingClass
from courses.training.queries.classes import inside
from courses.training.rules.rotation import cycle_year, due_by, window
from courses.training.state import ClassState
from lianbing.people.models import Appointment, Officer

COVERED, COMING, MISSING = "covered", "coming", "missing"


@dataclass(frozen=True)
class Line:
    """One person: covered (in which class, since when), coming (enrolled, until when), or missing."""

    appointment: Appointment
    state: str
    training_class: TrainingClass | None = None
    on: datetime.date | None = None


@dataclass(frozen=True)
class UnitSum:
    """One unit: how many of its people are covered, coming, missing."""

    name: str
    path: str
    total: int
    covered: int
    coming: int

    @property
    def missing(self) -> int:
        return self.total - self.covered - self.coming


def current_ids(officers: Collection[int] | None = None) -> dict[int, int]:
    """Merged records -> the record people use now. One statement."""
    rows = Officer.objects.exclude(merged_into=None)
    if officers is not None:
        rows = rows.filter(merged_into__in=officers)
    return {old: now for old, now in rows.values_list("pk", "merged_into") if now is not None}


def full_time(paths: Collection[str], year: int, on: datetime.date) -> list[Line]:
    """Everybody who serves on a day in these units, and whether full-time training of a year reached them.

    Covered: completed a full-time class whose batch ended in that year. Coming: enrolled in one that is
    not over. A departed or merged record is nobody. Three statements.
    """
    rows = people_of(EVERYBODY, on).filter(inside(paths))
    of_year = Q(training_class__kind=TrainingClass.Kind.FULL_TIME, batch__ends_on__year=year)
    return _lines(list(rows), of_year)


def rotation(cycle: RotationCycle, paths: Collection[str], on: datetime.date) -> list[Line]:
    """Everybody of the audience of a cycle who serves in these units, and whether the cycle reached them.

    Covered: completed a class of this cycle whose batch ended within its years.
    """
    first, last = window(cycle.first_year, cycle.years)
    rows = people_of(from_json(cycle.audience), on).filter(inside(paths))
    of_cycle = Q(training_class__cycle=cycle, batch__ends_on__gte=first, batch__ends_on__lte=last)
    return _lines(list(rows), of_cycle)


def _lines(people: Sequence[Appointment], which: Q) -> list[Line]:
    merged = current_ids()
    found: dict[int, tuple[str, TrainingClass, datetime.date]] = {}
    rows = (
        Trainee.objects.filter(which, state__in=[Trainee.State.ENROLLED, Trainee.State.FINISHED])
        .exclude(training_class__state=ClassState.CANCELLED)
        .select_related("training_class", "batch")
        .order_by("batch__ends_on")
    )
    for one in rows:
        officer = merged.get(one.officer_id, one.officer_id)
        state = COVERED if one.state == Trainee.State.FINISHED else COMING
        if found.get(officer, ("",))[0] != COVERED:
            found[officer] = (state, one.training_class, one.batch.ends_on)
    return [
        Line(one, *found[one.officer_id]) if one.officer_id in found else Line(one, MISSING) for one in people
    ]


def by_unit(lines: Sequence[Line]) -> list[UnitSum]:
    """The lines summed up by unit, in the order they come."""
    sums: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for line in lines:
        path = line.appointment.unit.path
        names[path] = line.appointment.unit.name
        row = sums.setdefault(path, [0, 0, 0])
        row[0] += 1
        row[1] += line.state == COVERED
        row[2] += line.state == COMING
    return [UnitSum(names[path], path, *row) for path, row in sums.items()]


def behind(cycle: RotationCycle, lines: Sequence[Line], on: datetime.date) -> tuple[int, int]:
    """How many of a cycle should have been trained by the end of this year, and how many have been."""
    year = cycle_year(cycle.first_year, cycle.years, on)
    return due_by(len(lines), cycle.years, year), sum(line.state == COVERED for line in lines)
