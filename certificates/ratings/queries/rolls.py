"""Who is assessed in a period: everybody who served in its units on the last day, and who is out of the base."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q

from certificates.ratings.models import Exclusion, Roll
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointments_in

FIELDS = (
    "officer_id",
    "officer__name",
    "officer__category",
    "unit_id",
    "unit__path",
    "unit__name",
    "post_id",
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the roll: where they served on the last day, and whether they are out of the base."""

    officer_id: int
    name: str
    category: str
    unit_id: int
    unit_path: str
    unit_name: str
    post_id: int | None
    exclusion: Exclusion | None = None


def members(path: str, last: datetime.date, categories: Collection[str] = ()) -> list[Member]:
    """Everybody who served in this subtree on the last day, by unit and staff number. Two statements.

    `categories`: of these alone, empty = of all. Who had left, was merged into another record or belongs to a
    rehearsal is nobody.
    """
    found = appointments_in([path], last).filter(officer__user__is_rehearsal=False)
    if categories:
        found = found.filter(officer__category__in=categories)
    rows: list[Any] = list(found.values_list(*FIELDS))
    out = exclusions_on(last)
    return [Member(*[*row, out.get(row[0])]) for row in rows]


def exclusions_on(day: datetime.date) -> dict[int, Exclusion]:
    """Person -> the exclusion that holds on a day; of two the one that lasts longest. One statement."""
    rows = Exclusion.objects.filter(withdrawn_at=None, from_on__lte=day, until_on__gte=day)
    found = rows.select_related("officer").order_by("until_on", "pk")
    return {row.officer.merged_into_id or row.officer_id: row for row in found}


def units_below(path: str, last: datetime.date) -> list[Unit]:
    """The units of this subtree that were open on the last day and had none open below them. One statement.

    A brigade and its squads in one ranking would count the same people twice.
    """
    still = Q(closed_on=None) | Q(closed_on__gt=last)
    found = list(Unit.objects.filter(still, path__startswith=path).order_by("path"))
    parents = {unit.path[: -Unit.steplen] for unit in found}
    return [unit for unit in found if unit.path not in parents]


def records_of(people: Collection[int]) -> dict[int, int]:
    """Record id -> id of the person: these people and the records merged into them. One statement."""
    found = {pk: pk for pk in people}
    merged = Officer.objects.filter(merged_into__in=people)
    return found | {pk: kept for pk, kept in merged.values_list("pk", "merged_into_id") if kept}


def in_batches(rows: Iterable[Member], size: int) -> Iterator[list[Member]]:
    """The rows, so many at a time."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def roll_of(member: Member) -> Roll:
    """The unsaved row of a person on a roll."""
    out = member.exclusion
    return Roll(
        officer_id=member.officer_id,
        unit_id=member.unit_id,
        unit_path=member.unit_path,
        unit_name=member.unit_name,
        name=member.name,
        post_id=member.post_id,
        category=member.category,
        excluded=out.reason if out else "",
        approver=out.approver if out else "",
        excluded_until=out.until_on if out else None,
    )


def rolls_of_units(units: Sequence[Unit]) -> list[Roll]:
    """The unsaved rows of units that are assessed."""
    return [
        Roll(unit=unit, unit_path=unit.path, unit_name=unit.name[:100], name=unit.name[:100])
        for unit in units
    ]
