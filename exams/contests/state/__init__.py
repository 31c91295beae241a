"""A match as a fold over its events. See `fold` for what is legal, `legal` for what may be done now."""

from exams.contests.state.fold import (
    CHIEF,
    HOST,
    JUDGE,
    MOVERS,
    SERVICE,
    TEAM,
    apply,
    may,
    replay,
    start,
)
from exams.contests.state.legal import Move, legal, may_answer, may_press, offers, pad_acts

__all__ = [
    "CHIEF",
    "HOST",
    "JUDGE",
    "MOVERS",
    "SERVICE",
    "TEAM",
    "Move",
    "apply",
    "legal",
    "may",
    "may_answer",
    "may_press",
    "offers",
    "pad_acts",
    "replay",
    "start",
]
