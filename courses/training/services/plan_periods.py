"""Plans and closed periods: a line due on a closed day is neither added, changed nor taken out.

A plan in force is frozen anyway; what is left are drafts, first versions that come late and amendments.
An amendment carries the lines of the version before it: those that stay as they are pass.
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from courses.training.models import PlanLine, TrainingPlan
from courses.training.services.locks import check_open

COMPARED = (
    "parent_key",
    "title",
    "category_id",
    "kind",
    "topical",
    "measure",
    "target",
    "owner_id",
    "due_on",
    "expected",
    "cost_planned",
)


def check_line(plan: TrainingPlan, line: PlanLine) -> None:
    """The days a line of a draft was and will be due on must be open. Raises PeriodLocked."""
    stored = PlanLine.objects.filter(pk=line.pk).first() if line.pk else None
    _check_days(plan, (one.due_on for one in (stored, line) if one))


def check_plan(plan: TrainingPlan) -> None:
    """The days of every line in which a plan differs from the version it amends must be open.

    Lines added, changed and left out count, and all lines of a first version. Raises PeriodLocked.
    """
    now, before = _lines(plan), _lines(plan.amends)
    changed = [key for key in now.keys() | before.keys() if _said(now.get(key)) != _said(before.get(key))]
    _check_days(
        plan, (line.due_on for key in changed for line in (now.get(key), before.get(key)) if line is not None)
    )


def _lines(plan: TrainingPlan | None) -> dict[UUID, PlanLine]:
    return {line.key: line for line in plan.lines.all()} if plan else {}


def _said(line: PlanLine | None) -> list[object] | None:
    return [getattr(line, name) for name in COMPARED] if line else None


def _check_days(plan: TrainingPlan, days: Iterable[datetime.date | None]) -> None:
    for day in sorted({day for day in days if day}):
        check_open(day, plan.unit)
