"""Boards: points of units and of people in a period. They are reckoned from the days, so they equal the ledger."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from courses.drills.models import PointDay
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import serving_on

SHOWN = 20


@dataclass(frozen=True)
class UnitLine:
    """A unit with all below it (or, `itself`, without). `people` practised, of `heads` who serve there today."""

    unit: Unit | None
    points: int
    people: int
    heads: int
    itself: bool = False

    @property
    def mean(self) -> float:
        """Points for each head; what is fair between units of different size."""
        return self.points / self.heads if self.heads else 0.0

    @property
    def participation(self) -> int:
        """The part of its people who practised, in whole percent, at most 100."""
        return min(100, round(100 * self.people / self.heads)) if self.heads else 0


@dataclass(frozen=True)
class PersonLine:
    """A person on a board. People with equal points share a place."""

    place: int
    officer_id: int
    name: str
    points: int


def period_of(kind: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the week, month or year of a day."""
    if kind == "year":
        return today.replace(month=1, day=1), today.replace(month=12, day=31)
    if kind == "month":
        following = (today.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        return today.replace(day=1), following - datetime.timedelta(days=1)
    monday = today - datetime.timedelta(days=today.weekday())
    return monday, monday + datetime.timedelta(days=6)


def _days(first: datetime.date, last: datetime.date) -> QuerySet[PointDay]:
    return PointDay.objects.filter(on__range=(first, last)).order_by()


def serving(today: datetime.date) -> dict[str, int]:
    """How many people serve in each unit itself, by unit path. One statement."""
    rows = Appointment.objects.filter(serving_on(today), officer__merged_into=None).order_by()
    return dict(rows.values_list("unit__path").annotate(count=Count("officer")))


def unit_board(
    parent: Unit | None, first: datetime.date, last: datetime.date, heads: Mapping[str, int]
) -> list[UnitLine]:
    """The units right below `parent` (None: the roots), by points for each head. Two statements.

    `heads`: people by unit path, as `serving` gives them. What was earned in `parent` itself, and at the
    top what was earned by people of no unit, are lines too: the lines add up to the ledger.
    """
    path = parent.path if parent else ""
    deep = len(path) + Unit.steplen
    rows = _days(first, last).filter(Q(unit__path__startswith=path) if parent else Q())
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, *sums in rows.values_list("unit__path").annotate(Sum("points"), Count("officer", distinct=True)):
        _add(tally[(at or "")[:deep]], *sums)
    for at, people in heads.items():
        if at.startswith(path):
            _add(tally[at[:deep]], 0, 0, people)
    units = {
        unit.path: unit
        for unit in Unit.objects.filter(
            Q(path__in=tally) | Q(path__startswith=path, depth=deep // Unit.steplen, closed_on=None)
        )
    }
    lines = []
    for at in {*tally, *units}:
        points, practised, people = tally[at]
        lines.append(UnitLine(units.get(at), points, practised, people, itself=at == path))
    return sorted(lines, key=_order)


def _order(line: UnitLine) -> tuple[bool, float, int, str]:
    return line.itself, -line.mean, -line.points, line.unit.path if line.unit else ""


def _add(sums: list[int], *more: int) -> None:
    for place, value in enumerate(more):
        sums[place] += value


def person_board(
    unit_path: str, first: datetime.date, last: datetime.date, *, most: int = SHOWN
) -> list[PersonLine]:
    """The people who earned most in a subtree ("" = everywhere); who earned nothing stands on no board.

    What somebody earned while serving elsewhere counts there.
    """
    rows = _sums(unit_path, first, last).order_by("-sum", "officer__staff_number")
    return _placed(rows.values_list("officer", "officer__name", "sum")[:most])


def _sums(unit_path: str, first: datetime.date, last: datetime.date) -> QuerySet[Any, Any]:
    rows = _days(first, last).filter(points__gt=0)
    if unit_path:
        rows = rows.filter(unit__path__startswith=unit_path)
    return rows.values("officer").annotate(sum=Sum("points"))


def _placed(rows: Iterable[tuple[int, str, int]]) -> list[PersonLine]:
    lines: list[PersonLine] = []
    for number, (officer, name, points) in enumerate(rows, start=1):
        same = lines and lines[-1].points == points
        lines.append(PersonLine(lines[-1].place if same else number, officer, name, points))
    return lines


def place_of(officer_id: int, unit_path: str, first: datetime.date, last: datetime.date) -> PersonLine | None:
    """Where one stands oneself; None without points. Only shown to this person."""
    sums = _sums(unit_path, first, last)
    mine = sums.filter(officer=officer_id).order_by("officer").values_list("officer__name", "sum").first()
    if mine is None:
        return None
    name, points = mine
    before = sums.filter(sum__gt=points).count()
    return PersonLine(before + 1, officer_id, name, points)
