"""Whom a file names: people by staff number, where they served, units by path and by name."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection

from lianbing.people.models import Appointment, Officer, Unit
from lianbing.people.queries import unit_names

AT_ONCE = 500
Stays = dict[int, tuple[tuple[datetime.date, datetime.date | None, Unit], ...]]


def people_named(numbers: Collection[str]) -> dict[str, Officer]:
    """By staff number the record in use: of a merged one that it was merged into. Two statements for 500 numbers."""
    found: dict[str, Officer] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Officer.objects.filter(staff_number__in=wanted[start : start + AT_ONCE])
        found |= {row.staff_number: row for row in rows}
    while merged := {row.merged_into_id for row in found.values() if row.merged_into_id}:
        kept = Officer.objects.in_bulk(merged)
        found = {n: kept[row.merged_into_id] if row.merged_into_id else row for n, row in found.items()}
    return found


def stays_of(officers: Collection[int]) -> Stays:
    """Where each of these people served: first day, first day after, unit. One statement for 500 people."""
    found: dict[int, list[tuple[datetime.date, datetime.date | None, Unit]]] = defaultdict(list)
    wanted = sorted(officers)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Appointment.objects.filter(officer__in=wanted[start : start + AT_ONCE])
        for row in rows.select_related("unit").order_by("starts_on"):
            found[row.officer_id].append((row.starts_on, row.ends_on, row.unit))
    return {officer: tuple(rows) for officer, rows in found.items()}


def units_named() -> dict[str, Unit]:
    """Every unit by its full name (支队/大队/中队), and by its own name where only one bears it. Two statements."""
    units = list(Unit.objects.all())
    full = unit_names({unit.path for unit in units})
    own = Counter(unit.name for unit in units)
    found = {unit.name: unit for unit in units if own[unit.name] == 1}
    return found | {full[unit.path]: unit for unit in units}
