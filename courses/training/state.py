"""What decides the state of things in training, as plain Python."""

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
    NominationState.RETURNED: frozenset(),
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
