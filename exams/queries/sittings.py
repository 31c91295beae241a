"""Reading sittings: their state, who may start, what a person is due."""

import datetime

from exams import state
from exams.models import Candidate, Sitting
from exams.rules.access import Verdict, verdict
from exams.state import SittingState


def state_of(sitting: Sitting, at: datetime.datetime) -> SittingState:
    """Where a sitting stands at `at`."""
    return state.sitting_state(
        frozen_at=sitting.papers_frozen_at,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        closed_early_at=sitting.closed_early_at,
        released_at=sitting.released_at,
        at=at,
    )


def verdict_for(candidate: Candidate, at: datetime.datetime) -> Verdict:
    """What an invited person may do now. Load `sitting`, `paper` and `attempt` with the candidate."""
    sitting = candidate.sitting
    attempt = getattr(candidate, "attempt", None)
    return verdict(
        sitting_state=state_of(sitting, at),
        is_qualification=sitting.is_qualification,
        category=candidate.category,
        has_paper=getattr(candidate, "paper", None) is not None,
        attempt_state=attempt.state if attempt else None,
        closes_at=sitting.closes_at,
        extra_seconds=0 if sitting.closed_early_at else candidate.extra_seconds,
        at=at,
    )
