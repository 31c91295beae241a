"""Who has done which item of a path or list: people by items, units by items (R19)."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.models import Assignment, AssignmentItem, LearningTask
from courses.queries.audience import people_of
from courses.rules.audience import from_json
from lianbing.people.models import Appointment
from lianbing.people.queries import unit_names

DONE, OPEN, LATE = "done", "open", "late"
BATCH = 500


@dataclass(frozen=True)
class Line:
    """One person and their state in each item, in the order of the items."""

    officer: int
    name: str
    staff_number: str
    post: str
    unit_path: str
    unit: str
    cells: tuple[str, ...]
    lacks: int


@dataclass(frozen=True)
class UnitLine:
    """One unit itself: its people, how many have done each item, how many have done all they must."""

    path: str
    name: str
    people: int
    done: tuple[int, ...]
    complete: int
    late: int

    @property
    def above(self) -> str:
        """What stands before its own name, with the slash; "" for a unit at the top."""
        return self.name[: self.name.rfind("/") + 1]

    @property
    def last(self) -> str:
        """Its own name."""
        return self.name[len(self.above) :]

    @property
    def percent(self) -> int:
        """The share of its people who are complete, rounded down, so that 100 means all."""
        return self.complete * 100 // self.people if self.people else 0


def meant(
    assignment: Assignment, scopes: list[str], on: datetime.date, unit_path: str = ""
) -> QuerySet[Appointment]:
    """Whom it is for on a day among the people of these subtrees. One statement."""
    inside = Q(pk__in=[])
    for path in scopes:
        inside |= Q(unit__path__startswith=path)
    found = people_of(from_json(assignment.audience), on).filter(inside)
    return found.filter(unit__path__startswith=unit_path)


@dataclass(frozen=True)
class Table:
    """The state of everybody meant in every item: who serves where, and the cells of each officer.

    Whoever came in a moment ago and has no tasks yet has everything open.
    """

    places: dict[int, str]
    cells: dict[int, tuple[str, ...]]
    needed: tuple[bool, ...]

    def shown(self, show: str) -> list[int]:
        """The officers who lack something, are overdue or are complete, or all of them."""
        keep = {
            "lacking": lambda pk: self.lacks(pk) > 0,
            "late": self.late,
            "complete": lambda pk: not self.lacks(pk),
        }
        wanted = keep.get(show)
        return [pk for pk in self.places if wanted is None or wanted(pk)]

    def lacks(self, officer: int) -> int:
        """How many compulsory items an officer has not done."""
        return sum(need and cell != DONE for cell, need in zip(self.cells[officer], self.needed, strict=True))

    def late(self, officer: int) -> bool:
        """Whether a compulsory item is overdue."""
        return any(need and cell == LATE for cell, need in zip(self.cells[officer], self.needed, strict=True))


def table(people: QuerySet[Appointment], items: Sequence[AssignmentItem], on: datetime.date) -> Table:
    """The table of these people, by unit and staff number. One statement and one for each 500 people."""
    places = dict(people.values_list("officer", "unit__path"))
    keys = {item.key: place for place, item in enumerate(items)}
    cells = {pk: [OPEN] * len(items) for pk in places}
    fields = ("officer", "key", "done_at", "compulsory", "due_on")
    officers = list(places)
    for start in range(0, len(officers), BATCH):
        tasks = LearningTask.objects.filter(key__in=keys, withdrawn_at=None).order_by()
        for pk, key, done_at, must, due_on in tasks.filter(
            officer__in=officers[start : start + BATCH]
        ).values_list(*fields):
            cells[pk][keys[key]] = DONE if done_at else LATE if must and due_on < on else OPEN
    needed = tuple(not item.elective and not (item.course and item.course.withdrawn_at) for item in items)
    return Table(places, {pk: tuple(row) for pk, row in cells.items()}, needed)


def lines(people: QuerySet[Appointment], found: Table, officers: Sequence[int]) -> list[Line]:
    """These officers with their cells, in this order. Two statements for each 500."""
    known: dict[int, Appointment] = {}
    for start in range(0, len(officers), BATCH):
        rows = people.filter(officer__in=officers[start : start + BATCH])
        known |= {row.officer_id: row for row in rows}
    names = unit_names({one.unit.path for one in known.values()})
    return [_line(known[pk], found, names) for pk in officers if pk in known]


def _line(one: Appointment, found: Table, names: dict[str, str]) -> Line:
    return Line(
        one.officer_id,
        one.officer.name,
        one.officer.staff_number,
        one.post.name,
        one.unit.path,
        names[one.unit.path],
        found.cells[one.officer_id],
        found.lacks(one.officer_id),
    )


def by_unit(found: Table) -> list[UnitLine]:
    """The sums of each unit, in the order of the tree. One statement."""
    grouped: dict[str, list[int]] = defaultdict(list)
    for officer, path in found.places.items():
        grouped[path].append(officer)
    names = unit_names(set(grouped))
    return [_sum(path, names[path], found, grouped[path]) for path in sorted(grouped)]


def _sum(path: str, name: str, found: Table, officers: list[int]) -> UnitLine:
    columns = zip(*(found.cells[pk] for pk in officers), strict=True)
    return UnitLine(
        path,
        name,
        len(officers),
        tuple(column.count(DONE) for column in columns),
        sum(not found.lacks(pk) for pk in officers),
        sum(found.late(pk) for pk in officers),
    )


def total(units: Sequence[UnitLine]) -> UnitLine:
    """The sums of all these units."""
    done = tuple(sum(column) for column in zip(*(unit.done for unit in units), strict=True))
    sums = [sum(getattr(unit, name) for unit in units) for name in ("people", "complete", "late")]
    return UnitLine("", "", sums[0], done, sums[1], sums[2])
