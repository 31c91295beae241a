"""Who has done which item of a path or list: people by items, units by items (R19)."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.models import Assignment, AssignmentItem, LearningTask
from courses.queries.audience import people_of
from courses.rules.audience import from_json
from lianbing.people.models import Appointment
from lianbing.people.queries import unit_names

DONE, OPEN, LATE = "done", "open", "late"


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
    needed: tuple[bool, ...]

    @property
    def done(self) -> int:
        """How many compulsory items are done."""
        return sum(cell == DONE for cell, need in zip(self.cells, self.needed, strict=True) if need)

    @property
    def lacks(self) -> int:
        """How many compulsory items are not."""
        return sum(self.needed) - self.done

    @property
    def late(self) -> bool:
        """Whether a compulsory item is overdue."""
        return any(cell == LATE and need for cell, need in zip(self.cells, self.needed, strict=True))


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


def lines(
    assignment: Assignment,
    items: Sequence[AssignmentItem],
    scopes: list[str],
    on: datetime.date,
    unit_path: str = "",
) -> list[Line]:
    """Everybody it is for in these subtrees, by unit and staff number. Three statements.

    Whoever came in a moment ago and has no tasks yet has everything open.
    """
    people = list(meant(assignment, scopes, on, unit_path))
    states = _states([item.key for item in items], {one.officer_id for one in people}, on)
    names = unit_names({one.unit.path for one in people})
    needed = tuple(not item.elective for item in items)
    return [
        Line(
            one.officer_id,
            one.officer.name,
            one.officer.staff_number,
            one.post.name,
            one.unit.path,
            names[one.unit.path],
            tuple(states.get((one.officer_id, item.key), OPEN) for item in items),
            needed,
        )
        for one in people
    ]


def _states(keys: list[str], officers: set[int], on: datetime.date) -> dict[tuple[int, str], str]:
    rows = LearningTask.objects.filter(key__in=keys, withdrawn_at=None).order_by()
    return {
        (officer, key): DONE if done_at else LATE if compulsory and due_on < on else OPEN
        for officer, key, done_at, compulsory, due_on in rows.values_list(
            "officer", "key", "done_at", "compulsory", "due_on"
        )
        if officer in officers
    }


def by_unit(found: Iterable[Line]) -> list[UnitLine]:
    """The sums of each unit, in the order of the tree."""
    grouped: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in found:
        grouped[line.unit_path, line.unit].append(line)
    return [_sum(path, name, some) for (path, name), some in sorted(grouped.items())]


def _sum(path: str, name: str, some: list[Line]) -> UnitLine:
    done = Counter(place for line in some for place, cell in enumerate(line.cells) if cell == DONE)
    width = len(some[0].cells) if some else 0
    return UnitLine(
        path,
        name,
        len(some),
        tuple(done[place] for place in range(width)),
        sum(not line.lacks for line in some),
        sum(line.late for line in some),
    )


def total(found: Sequence[Line]) -> UnitLine:
    """The sums of everybody."""
    return _sum("", "", list(found))
