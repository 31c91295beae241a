"""Whom and what a file of past training records names."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Min

from courses.queries.categories import known
from courses.training.models import TakenOver
from lianbing.people.models import Appointment, Officer

Places = tuple[tuple[datetime.date, datetime.date | None, str], ...]
AT_ONCE = 500


def people_named(numbers: Collection[str]) -> dict[str, tuple[int, str, Places]]:
    """By staff number: the record in use, its name, and the unit paths it served in. Who left is found too.

    A number whose record was merged names the one it was merged into. Three statements for 500 numbers.
    """
    found: dict[str, Officer] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Officer.objects.filter(staff_number__in=wanted[start : start + AT_ONCE])
        found |= {row.staff_number: row for row in rows}
    while merged := {row.merged_into_id for row in found.values() if row.merged_into_id}:
        kept = Officer.objects.in_bulk(merged)
        found = {n: kept[row.merged_into_id] if row.merged_into_id else row for n, row in found.items()}
    places = _places({row.pk for row in found.values()})
    return {number: (row.pk, row.name, places.get(row.pk, ())) for number, row in found.items()}


def _places(officers: Collection[int]) -> dict[int, Places]:
    found: dict[int, list[tuple[datetime.date, datetime.date | None, str]]] = defaultdict(list)
    wanted = sorted(officers)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Appointment.objects.filter(officer__in=wanted[start : start + AT_ONCE]).order_by("starts_on")
        for officer, first, end, path in rows.values_list("officer_id", "starts_on", "ends_on", "unit__path"):
            found[officer].append((first, end, path))
    return {officer: tuple(rows) for officer, rows in found.items()}


def categories_named() -> dict[str, str]:
    """Every content category by name and by code -> its code. One statement."""
    names = known().names
    return {name: code for code, name in names.items()} | {code: code for code in names}


def latest_files() -> list[dict[str, Any]]:
    """The last twenty files taken over: `file`, `rows`, `first` and `last` day, `recorded_at`. One statement."""
    rows = TakenOver.objects.order_by().values("file", "recorded_at")
    counted = rows.annotate(rows=Count("pk"), first=Min("starts_on"), last=Max("ends_on"))
    return [dict(row) for row in counted.order_by("-recorded_at")[:20]]
