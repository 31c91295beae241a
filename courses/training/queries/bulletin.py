"""The figures of a circular on training."""

import datetime
from collections import Counter
from collections.abc import Collection

from courses.training.models import ActivityReport
from courses.training.queries.activity_record import Line
from lianbing.people.models import Unit
from lianbing.people.queries import day_of


def branches(unit: Unit) -> list[Unit]:
    """The open units directly below; the unit itself where there is none."""
    below = list(unit.get_children().filter(closed_on=None).order_by("path"))
    return below or [unit]


def figures(found: Collection[Line]) -> dict[str, int]:
    """How many were late, left early, were absent, made up."""
    return {name: sum(line.values[name] for line in found) for name in ("迟到", "早退", "缺勤", "补训")}


def by_content(found: Collection[Line]) -> list[tuple[str, int]]:
    """How many sessions each content category had, the most first."""
    return Counter(line.values["内容类别"] for line in found).most_common()


def handed_in(
    unit: Unit, first: datetime.date, last: datetime.date, today: datetime.date
) -> tuple[list[str], list[str]]:
    """Units whose record of this period came late, and those whose record is overdue. One statement."""
    rows = ActivityReport.objects.filter(unit__path__startswith=unit.path, first=first, last=last)
    late, missing = [], []
    for row in rows.select_related("unit").order_by("unit__path"):
        if row.submitted_at is None:
            if today > row.due_on:
                missing.append(row.unit.name)
        elif day_of(row.submitted_at) > row.due_on:
            late.append(row.unit.name)
    return late, missing
