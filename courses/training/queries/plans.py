"""Reading training plans: which is in force, what a line may hang on, what lines lack, who must act."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.training.models import External, PlanLine, Session, TrainingClass, TrainingPlan
from courses.training.permissions import plans as rights
from courses.training.rules.plans import Lack, lacks
from courses.training.state import PlanState
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import serving_on
from lianbing.people.rules import Actor


@dataclass(frozen=True)
class LineLacks:
    """What one line of a plan lacks; `number` is its place in the plan, from 1."""

    number: int
    line: PlanLine
    lacks: list[Lack]


def inside(paths: Collection[str], prefix: str = "unit__path") -> Q:
    """The condition that a unit lies in one of these subtrees; nothing when there are none."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{prefix}__startswith": path})
    return found


def in_force(unit_id: int, year: int) -> TrainingPlan | None:
    """The approved plan of a unit for a year, or None."""
    return TrainingPlan.objects.filter(unit=unit_id, year=year, state=PlanState.APPROVED.value).first()


def paths_above(unit_path: str) -> list[str]:
    """The paths of all units above, the nearest first."""
    ends = range(len(unit_path) - Unit.steplen, 0, -Unit.steplen)
    return [unit_path[:end] for end in ends]


def superior_plan(unit_path: str, year: int) -> TrainingPlan | None:
    """The plan in force of the nearest unit above that has one."""
    plans = TrainingPlan.objects.filter(
        unit__path__in=paths_above(unit_path), year=year, state=PlanState.APPROVED.value
    )
    return plans.order_by("-unit__depth").first()


def hangable(plan: TrainingPlan) -> QuerySet[PlanLine]:
    """The lines that a line of this plan may hang on: those in force of the units above, nearest first.

    Only units above, so that no line ever hangs on itself.
    """
    lines = PlanLine.objects.filter(
        plan__unit__path__in=paths_above(plan.unit.path),
        plan__year=plan.year,
        plan__state=PlanState.APPROVED.value,
    )
    return lines.select_related("plan__unit").order_by("-plan__unit__depth", "position", "pk")


def nameable(scopes: Collection[str], since: int, kept: int | None = None) -> QuerySet[PlanLine]:
    """The lines that what is held in these subtrees may be held for, from the plans of year `since` on.

    Those in force of the units there and of the units above; and `kept`, which was named before.
    """
    above = {path for scope in scopes for path in paths_above(scope)}
    near = inside(scopes, "plan__unit__path") | Q(plan__unit__path__in=above)
    in_force = Q(plan__state=PlanState.APPROVED.value, plan__year__gte=since)
    lines = PlanLine.objects.filter(near & in_force | Q(pk=kept)).select_related("plan__unit")
    return lines.order_by("-plan__year", "plan__unit__path", "position", "pk")


def lacking(plan: TrainingPlan, today: datetime.date) -> list[LineLacks]:
    """Every line that lacks something, with what. The responsible person must serve in the unit or below."""
    lines = list(plan.lines.select_related("owner"))
    serving = set(
        Appointment.objects.filter(
            serving_on(today),
            Q(officer__left_on=None) | Q(officer__left_on__gt=today),
            officer__merged_into=None,
            officer__in=[line.owner_id for line in lines if line.owner_id],
            unit__path__startswith=plan.unit.path,
        ).values_list("officer_id", flat=True)
    )
    found = []
    for number, line in enumerate(lines, start=1):
        missing = lacks(
            measure=line.measure,
            target=line.target,
            has_owner=line.owner_id is not None,
            owner_serves=line.owner_id in serving,
            due_on=line.due_on,
            year=plan.year,
        )
        if missing:
            found.append(LineLacks(number, line, missing))
    return found


def is_used(plan: TrainingPlan) -> bool:
    """Whether a class, a session or an external training points at a line of this version."""
    uses = (model.objects.filter(plan_line__plan=plan) for model in (TrainingClass, Session, External))
    return any(use.exists() for use in uses)


def plans_of(paths: Collection[str], year: int) -> list[TrainingPlan]:
    """What stands for each unit of these subtrees in a year: the version in force, else the one in work.

    In the order of the tree; `plan.in_work` says that a newer version is being written or decided.
    """
    newer = TrainingPlan.objects.filter(
        unit=OuterRef("unit"),
        year=year,
        version__gt=OuterRef("version"),
        state__in=["draft", "submitted", "returned"],
    )
    plans = (
        TrainingPlan.objects.filter(inside(paths), year=year)
        .exclude(state=PlanState.REPLACED.value)
        .annotate(in_work=Exists(newer))
        .select_related("unit", "author")
        .order_by("unit__path", "version")
    )
    first: dict[int, TrainingPlan] = {}
    for plan in plans:
        first.setdefault(plan.unit_id, plan)
    return list(first.values())


def versions(plan: TrainingPlan) -> list[TrainingPlan]:
    """Every version of a plan, the newest first."""
    return list(TrainingPlan.objects.filter(unit=plan.unit_id, year=plan.year).order_by("-version"))


def waiting_for(actor: Actor) -> list[TrainingPlan]:
    """The plans handed in that `actor` may decide on, the oldest first."""
    plans = TrainingPlan.objects.filter(
        inside(actor.scopes(*rights.APPROVERS)), state=PlanState.SUBMITTED.value
    ).select_related("unit")
    return [plan for plan in plans.order_by("submitted_at") if rights.can_approve(actor, plan)]
