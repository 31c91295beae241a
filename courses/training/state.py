"""What decides the state of things in training, as plain Python."""

import datetime
from enum import StrEnum


class PlanState(StrEnum):
    """Where a version of a training plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"


PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.APPROVED}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED}),
    PlanState.APPROVED: frozenset({PlanState.REPLACED}),
    PlanState.REPLACED: frozenset(),
}
PLAN_WRITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})


class NominationState(StrEnum):
    """Where a nomination for a class of the superior stands."""

    NOMINATED = "nominated"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


NOMINATION_MOVES: dict[NominationState, frozenset[NominationState]] = {
    NominationState.NOMINATED: frozenset(
        {NominationState.APPROVED, NominationState.REFUSED, NominationState.WITHDRAWN}
    ),
    NominationState.APPROVED: frozenset({NominationState.WITHDRAWN, NominationState.RETURNED}),
    NominationState.REFUSED: frozenset(),
    NominationState.WITHDRAWN: frozenset(),
    NominationState.RETURNED: frozenset({NominationState.APPROVED}),
}


class ExternalState(StrEnum):
    """Where a record of external training stands."""

    ENTERED = "entered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


EXTERNAL_MOVES: dict[ExternalState, frozenset[ExternalState]] = {
    ExternalState.ENTERED: frozenset(
        {ExternalState.ACCEPTED, ExternalState.REFUSED, ExternalState.WITHDRAWN}
    ),
    ExternalState.ACCEPTED: frozenset(),
    ExternalState.REFUSED: frozenset(),
    ExternalState.WITHDRAWN: frozenset(),
}


def plan_may_move(before: str, after: str) -> bool:
    """Whether a plan may go from one state to another. From submitted to draft is taking it back."""
    return PlanState(after) in PLAN_MOVES[PlanState(before)]


def nomination_may_move(before: str, after: str) -> bool:
    """Whether a nomination may go from one state to another."""
    return NominationState(after) in NOMINATION_MOVES[NominationState(before)]


def external_may_move(before: str, after: str) -> bool:
    """Whether a record of external training may go from one state to another."""
    return ExternalState(after) in EXTERNAL_MOVES[ExternalState(before)]


class ClassState(StrEnum):
    """What was decided of a training class."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


CLASS_MOVES: dict[ClassState, frozenset[ClassState]] = {
    ClassState.DRAFT: frozenset({ClassState.OPEN, ClassState.CANCELLED}),
    ClassState.OPEN: frozenset(
        {ClassState.DRAFT, ClassState.RUNNING, ClassState.FINISHED, ClassState.CANCELLED}
    ),
    ClassState.RUNNING: frozenset({ClassState.OPEN, ClassState.FINISHED, ClassState.CANCELLED}),
    ClassState.FINISHED: frozenset({ClassState.RUNNING}),
    ClassState.CANCELLED: frozenset(),
}
CLASS_LIVE = frozenset({ClassState.DRAFT, ClassState.OPEN, ClassState.RUNNING})


def class_may_move(before: str, after: str) -> bool:
    """Whether a class may go from one state to another.

    From announced to draft is taking the announcement back, from running to announced is postponing,
    from finished to running is opening it again (refused by the service once the period is closed).
    """
    return ClassState(after) in CLASS_MOVES[ClassState(before)]


def class_stage(state: str, starts_on: datetime.date, ends_on: datetime.date, today: datetime.date) -> str:
    """What a class is on a day: its state, but an announced class runs from its first day on.

    "over" is a class whose last day has passed and that nobody has finished yet.
    """
    if state not in (ClassState.OPEN, ClassState.RUNNING):
        return state
    if today > ends_on:
        return "over"
    return ClassState.RUNNING if today >= starts_on else ClassState.OPEN
