"""The life of a question, as the legal moves between its states."""

from enum import StrEnum


class State(StrEnum):
    """`draft`, `in_review` and `published` speak of the newest version.

    A published question that is revised goes back to `draft` while its published version stays in use.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


MOVES: dict[str, tuple[frozenset[State], State]] = {
    "submit": (frozenset({State.DRAFT}), State.IN_REVIEW),
    "publish": (frozenset({State.DRAFT, State.IN_REVIEW}), State.PUBLISHED),
    "send_back": (frozenset({State.IN_REVIEW}), State.DRAFT),
    "revise": (frozenset(State), State.DRAFT),
    "retire": (frozenset({State.DRAFT, State.IN_REVIEW, State.PUBLISHED}), State.RETIRED),
}


def may(move: str, state: State | str) -> bool:
    """Whether `move` leads anywhere from `state`."""
    return State(state) in MOVES[move][0]


def can_approve(
    *, writers: frozenset[int], approver: int | None, needs_second_person: bool, reviewed: bool
) -> bool:
    """The bank's review rule: where a second person is demanded, nobody approves what they wrote.

    `writers` are the accounts that wrote this version; `approver` is None for the system itself, which
    never approves for a bank that demands a person. `reviewed`: whether it was handed in for review.
    """
    if not needs_second_person:
        return True
    return reviewed and approver is not None and approver not in writers
