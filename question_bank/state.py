"""The life of a question: the legal moves between its states, and who may make them."""

from enum import StrEnum


class State(StrEnum):
    """All but `retired` speak of the newest version.

    A published question that is revised goes back to `draft` while its published version stays in use.
    `reviewed` is left out by banks that ask for fewer than three people.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


MOVES: dict[str, tuple[frozenset[State], State]] = {
    "submit": (frozenset({State.DRAFT}), State.IN_REVIEW),
    "pass_review": (frozenset({State.IN_REVIEW}), State.REVIEWED),
    "publish": (frozenset({State.DRAFT, State.IN_REVIEW, State.REVIEWED}), State.PUBLISHED),
    "send_back": (frozenset({State.IN_REVIEW, State.REVIEWED}), State.DRAFT),
    "revise": (frozenset(State), State.DRAFT),
    "retire": (frozenset(State) - {State.RETIRED}, State.RETIRED),
}


def may(move: str, state: State | str) -> bool:
    """Whether `move` leads anywhere from `state`."""
    return State(state) in MOVES[move][0]


def can_pass(*, writers: frozenset[int], reviewer: int | None, people: int) -> bool:
    """Whether somebody may say after a review that the question may go on to the third person.

    `writers` are the accounts that wrote the version; none of them reviews it, whatever their roles.
    """
    return people >= 3 and reviewer is not None and reviewer not in writers


def can_approve(
    *, writers: frozenset[int], approver: int | None, people: int, state: State | str, reviewer: int | None
) -> bool:
    """The bank's review rule: may `approver` publish a version that stands in `state`?

    1 person: the author alone. 2: somebody who did not write it, once it was handed in. 3: somebody who
    neither wrote it nor reviewed it, once `reviewer` has passed it. `approver` is None for the system
    itself, which never approves for a bank that demands people. There is no exception for anybody.
    """
    if people <= 1:
        return True
    if approver is None or approver in writers:
        return False
    if people == 2:
        return State(state) in (State.IN_REVIEW, State.REVIEWED)
    return State(state) is State.REVIEWED and reviewer is not None and approver != reviewer
