"""Who came late, left early or stayed away, and what it costs (R10). The ratings read it from here."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from courses.training.models import RollEntry, Session, StudyDeduction
from courses.training.queries.study_rules import midnight


@dataclass(frozen=True)
class Points:
    """What each case costs, in points."""

    late: Decimal = Decimal(0)
    left_early: Decimal = Decimal(0)
    absent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Deducted:
    """One person's cases on some days, by the unit they served in then, and the points they cost."""

    officer: int
    name: str
    staff_number: str
    unit_path: str
    late: int
    left_early: int
    absent: int
    points: Decimal


def settings(on: datetime.date) -> list[tuple[str, Points]]:
    """The settings that hold on a day by unit path, the deepest path first. One statement."""
    rows = StudyDeduction.objects.filter(holds_from__lte=on).order_by("holds_from", "pk")
    fields = ("unit__path", "late", "left_early", "absent")
    latest = {path: Points(*points) for path, *points in rows.values_list(*fields)}
    return sorted(latest.items(), key=lambda pair: -len(pair[0]))


def points_for(known: Sequence[tuple[str, Points]], unit_path: str) -> Points:
    """What counts in a unit: its own setting, else that of the nearest unit above, else nothing."""
    return next((points for path, points in known if unit_path.startswith(path)), Points())


def deducted(scopes: Sequence[str], first: datetime.date, last: datetime.date) -> list[Deducted]:
    """Everybody with a case on these days in these subtrees, the most points first. Two statements.

    Closed sessions only. What was made up later is no longer an absence. The setting is that of the last day.
    """
    inside = Q(pk__in=[])
    for path in scopes:
        inside |= Q(unit__path__startswith=path)
    rows = RollEntry.objects.filter(
        inside,
        session__state=Session.State.CLOSED,
        session__starts_at__gte=midnight(first),
        session__starts_at__lt=midnight(last + datetime.timedelta(days=1)),
        state__in=("late", "left_early", "absent"),
    ).filter(~Q(state="absent") | Q(expected=True))
    counts = {state: Count("pk", filter=Q(state=state)) for state in ("late", "left_early", "absent")}
    names = ("officer", "officer__name", "officer__staff_number", "unit__path")
    known = settings(last)
    cases: Any = rows.order_by().values_list(*names).annotate(**counts).values_list(*names, *counts)
    found = [
        Deducted(
            pk, name, number, path, late, early, absent, _sum(points_for(known, path), late, early, absent)
        )
        for pk, name, number, path, late, early, absent in cases
    ]
    return sorted(found, key=lambda one: (-one.points, -one.absent, one.unit_path, one.staff_number))


def _sum(points: Points, late: int, left_early: int, absent: int) -> Decimal:
    return points.late * late + points.left_early * left_early + points.absent * absent
