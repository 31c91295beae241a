"""What stands behind the figure of one plan line: sessions, external training, lines that hang on it."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from courses.training.models import External, PlanLine, Session
from courses.training.rules.plans import subtree
from courses.training.state import ExternalState, PlanState
from lianbing.people.queries import day_of

MOST = 100


@dataclass(frozen=True)
class Counted:
    """One thing that counts for a line: when, what, which unit, how many people were trained."""

    on: datetime.date
    title: str
    unit: str
    people: int
    external: bool = False


def lines_below(line: PlanLine) -> QuerySet[PlanLine]:
    """The lines in force that hang on this one directly, in the order of the tree."""
    lines = PlanLine.objects.filter(parent_key=line.key, plan__state=PlanState.APPROVED.value)
    return lines.select_related("plan__unit", "owner").order_by("plan__unit__path", "position")


def _rows(line: PlanLine) -> list[int]:
    """Every row (of any version) of this line and of the lines in force that hang on it."""
    year = PlanLine.objects.filter(plan__year=line.plan.year)
    pairs = year.filter(plan__state=PlanState.APPROVED.value).values_list("key", "parent_key")
    tree = subtree(str(line.key), {str(key): str(parent) if parent else None for key, parent in pairs})
    return list(year.filter(key__in=tree).values_list("pk", flat=True))


def events_of(line: PlanLine) -> list[Counted]:
    """The latest hundred things that count for a line and those that hang on it, the latest first."""
    rows = _rows(line)
    own = Q(plan_line__in=rows) | Q(plan_line=None, batch__training_class__plan_line__in=rows)
    sessions = (
        Session.objects.filter(own, state=Session.State.CLOSED)
        .select_related("unit")
        .annotate(people=Count("roll_entries", filter=Q(roll_entries__minutes__gt=0)))
        .order_by("-starts_at")[:MOST]
    )
    externals = External.objects.filter(
        Q(plan_line__in=rows) | Q(plan_line=None, nomination__training_class__plan_line__in=rows),
        state=ExternalState.ACCEPTED.value,
    ).select_related("unit")
    found = [Counted(day_of(one.starts_at), one.topic, one.unit.name, one.people) for one in sessions]
    found += [
        Counted(one.ends_on, one.title, one.unit.name, 1, external=True)
        for one in externals.order_by("-ends_on")[:MOST]
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)[:MOST]
