"""How far somebody is in a course, in a word."""

from enum import StrEnum


class State(StrEnum):
    """The states of a learner in a course."""

    NOT_BEGUN = "not_begun"
    LEARNING = "learning"
    COMPLETED = "completed"


def state_of(begun: bool, completed: bool) -> State:
    """The state of whoever has begun or completed a course."""
    if completed:
        return State.COMPLETED
    return State.LEARNING if begun else State.NOT_BEGUN
