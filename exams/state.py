"""The states of an attempt and of a sitting, and the legal moves between them. Pure.

attempt:  open -> submitted (by the candidate, by the deadline, or by staff), once and for good
sitting:  draft -> scheduled -> open -> closed -> released   (a function of stored moments and `at`)
"""

import datetime
from enum import StrEnum

OPEN = "open"
SUBMITTED = "submitted"
ATTEMPT_CHOICES = [(OPEN, OPEN), (SUBMITTED, SUBMITTED)]
ATTEMPT_MOVES: dict[str, frozenset[str]] = {OPEN: frozenset({SUBMITTED}), SUBMITTED: frozenset()}


class How(StrEnum):
    """Who or what handed an attempt in."""

    CANDIDATE = "candidate"
    DEADLINE = "deadline"
    STAFF = "staff"


class SittingState(StrEnum):
    """Where a sitting stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED = "released"


SITTING_MOVES: dict[SittingState, frozenset[SittingState]] = {
    SittingState.DRAFT: frozenset({SittingState.SCHEDULED, SittingState.OPEN, SittingState.CLOSED}),
    SittingState.SCHEDULED: frozenset({SittingState.OPEN, SittingState.CLOSED}),
    SittingState.OPEN: frozenset({SittingState.CLOSED}),
    SittingState.CLOSED: frozenset({SittingState.RELEASED}),
    SittingState.RELEASED: frozenset(),
}


def may_move(before: str, after: str) -> bool:
    """Whether an attempt may go from one state to another."""
    return after in ATTEMPT_MOVES.get(before, frozenset())


def sitting_state(
    *,
    frozen_at: datetime.datetime | None,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    closed_early_at: datetime.datetime | None,
    released_at: datetime.datetime | None,
    at: datetime.datetime,
) -> SittingState:
    """Where a sitting stands at `at`. The window is half open: it opens at `opens_at`, is closed at `closes_at`."""
    if frozen_at is None:
        return SittingState.DRAFT
    if released_at is not None and released_at <= at:
        return SittingState.RELEASED
    if at >= closes_at or (closed_early_at is not None and at >= closed_early_at):
        return SittingState.CLOSED
    return SittingState.OPEN if at >= opens_at else SittingState.SCHEDULED
