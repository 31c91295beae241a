"""The phases of a period. Pure Python.

open -> gathered -> computed -> reviewed -> confirmed -> published -> locked
          ^------------'----------'  ^           |             |         |
                                     computed <--+- reopened   |         |
                                     computed <----------------+---------+ corrected

Evidence may be gathered again in any phase but "confirmed": after publication that changes nothing until a
correction computes a further statement from it, which is reviewed, confirmed and published like the first. The
statement published before stays the one in force until then, and stays readable afterwards.
"""

from enum import StrEnum


class Phase(StrEnum):
    """Where a period stands."""

    OPEN = "open"
    GATHERED = "gathered"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    LOCKED = "locked"


class Act(StrEnum):
    """What may be done with a period."""

    OPENED = "opened"
    GATHERED = "gathered"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    LOCKED = "locked"
    CORRECTED = "corrected"
    REOPENED = "reopened"


class Illegal(Exception):
    """An act that this phase does not allow."""

    def __init__(self, phase: Phase, act: Act) -> None:
        super().__init__(f"{act} in {phase}")
        self.phase, self.act = phase, act


MOVES: dict[tuple[Phase, Act], Phase] = {
    (Phase.OPEN, Act.GATHERED): Phase.GATHERED,
    (Phase.GATHERED, Act.GATHERED): Phase.GATHERED,
    (Phase.GATHERED, Act.COMPUTED): Phase.COMPUTED,
    (Phase.COMPUTED, Act.GATHERED): Phase.GATHERED,
    (Phase.COMPUTED, Act.COMPUTED): Phase.COMPUTED,
    (Phase.COMPUTED, Act.REVIEWED): Phase.REVIEWED,
    (Phase.REVIEWED, Act.GATHERED): Phase.GATHERED,
    (Phase.REVIEWED, Act.CONFIRMED): Phase.CONFIRMED,
    (Phase.CONFIRMED, Act.REOPENED): Phase.COMPUTED,
    (Phase.CONFIRMED, Act.PUBLISHED): Phase.PUBLISHED,
    (Phase.PUBLISHED, Act.GATHERED): Phase.PUBLISHED,
    (Phase.PUBLISHED, Act.CORRECTED): Phase.COMPUTED,
    (Phase.PUBLISHED, Act.LOCKED): Phase.LOCKED,
    (Phase.LOCKED, Act.GATHERED): Phase.LOCKED,
    (Phase.LOCKED, Act.CORRECTED): Phase.COMPUTED,
}
NEED_REASON = frozenset({Act.CORRECTED, Act.REOPENED})


def after(phase: Phase, act: Act) -> Phase:
    """The phase after an act. Raises Illegal."""
    try:
        return MOVES[phase, act]
    except KeyError:
        raise Illegal(phase, act) from None


def legal(phase: Phase) -> list[Act]:
    """What may be done in a phase, in the order of the road."""
    return [act for act in Act if (phase, act) in MOVES]
