"""Who may read, write and approve training plans.

A trainer over a unit writes its plan. A leader over the unit ABOVE approves it (the bureau's own plan: a
leader over the bureau), and never who wrote or handed in this version: the one who works to a plan is not
the one who passes it. A trainer over the unit above writes plans there and so does not approve them.
"""

from courses.training.models import PlanLine, TrainingPlan
from courses.training.state import PLAN_WRITABLE, PlanState
from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

WRITERS = (Role.TRAINER,)
APPROVERS = (Role.LEADER,)
READERS = (Role.TRAINER, Role.LEADER, Role.HR)

ROUTES: dict[str, Rule] = {
    "training:plan_list": only(*READERS, scope="unit"),
    "training:plan_costs": only(*READERS, scope="unit"),
    "training:plan_export": only(*READERS, scope="unit"),
    "training:plan_new": only(*WRITERS, scope="unit"),
    "training:plan": signed_in(scope="unit"),
    "training:plan_submit": only(*WRITERS, scope="unit"),
    "training:plan_take_back": only(*WRITERS, scope="unit"),
    "training:plan_decide": only(*APPROVERS, scope="unit"),
    "training:plan_amend": only(*WRITERS, scope="unit"),
    "training:plan_discard": only(*WRITERS, scope="unit"),
    "training:line_new": only(*WRITERS, scope="unit"),
    "training:line_edit": only(*WRITERS, scope="unit"),
    "training:line_remove": only(*WRITERS, scope="unit"),
    "training:line": signed_in(scope="unit"),
}


def path_above(unit_path: str) -> str:
    """The path of the unit above; that of the bureau itself for the bureau."""
    return unit_path[: -Unit.steplen] or unit_path


def can_write(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may write plans of the unit with this path."""
    return actor.covers(unit_path, *WRITERS)


def can_change(actor: Actor, plan: TrainingPlan) -> bool:
    """Whether `actor` may change this version: its writers, while it is a draft or was sent back."""
    return can_write(actor, plan.unit.path) and PlanState(plan.state) in PLAN_WRITABLE


def can_approve(actor: Actor, plan: TrainingPlan) -> bool:
    """Whether `actor` may approve or send back: a leader over the unit above, not its author or sender."""
    if not actor.covers(path_above(plan.unit.path), *APPROVERS):
        return False
    sender = (plan.submitted_by or {}).get("staff_number")
    return actor.user_id != plan.author_id and actor.staff_number != sender


def can_read(actor: Actor, plan: TrainingPlan) -> bool:
    """Whether `actor` may read it: the staff of the unit, and everybody who serves there.

    A draft is read by its staff alone.
    """
    if actor.covers(plan.unit.path, *READERS):
        return True
    if plan.state not in (PlanState.APPROVED, PlanState.REPLACED):
        return False
    return actor.unit_path.startswith(plan.unit.path)


def sees_costs(actor: Actor, plan: TrainingPlan) -> bool:
    """Whether `actor` sees what a plan costs: the staff of the unit."""
    return actor.covers(plan.unit.path, *READERS)


def can_report(actor: Actor, line: PlanLine) -> bool:
    """Whether `actor` may report a line's result: who is responsible for it, and the unit's trainers."""
    if line.plan.state != PlanState.APPROVED:
        return False
    owner = actor.officer_id is not None and actor.officer_id == line.owner_id
    return owner or can_write(actor, line.plan.unit.path)
