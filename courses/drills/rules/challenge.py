"""The challenge run (闯关): levels of growing difficulty, climbed with one spare life.

A run asks its questions in order, `PER_LEVEL` a level. The first wrong answer of a run costs the spare
life; the next one ends it. A level passed without a wrong answer gives the life back, so that a slip on
level 1 does not decide level 6. What counts is how many levels were passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PER_LEVEL = 5
LEVELS = 6
WHOLE_RUN = PER_LEVEL * LEVELS


@dataclass(frozen=True)
class Run:
    """Where a run stands. `level` is the one being climbed, from 1; `spare`: whether the life is left."""

    passed: int
    level: int
    levels: int
    spare: bool
    over: bool

    @property
    def won(self) -> bool:
        """Whether every level was passed."""
        return self.passed == self.levels


def levels_of(asked: int) -> int:
    """How many levels so many questions make; the last may be shorter."""
    return -(-asked // PER_LEVEL)


def stands(rights: Sequence[bool], asked: int) -> Run:
    """Where a run of `asked` questions stands after these answers, in the order asked. The rest is ignored."""
    spare, clean, passed = True, True, 0
    for place, right in enumerate(rights[:asked], start=1):
        if not right and not spare:
            return _run(passed, asked, spare=False, lost=True)
        if not right:
            spare = clean = False
        if place % PER_LEVEL == 0 or place == asked:
            passed += 1
            spare, clean = spare or clean, True
    return _run(passed, asked, spare=spare, lost=False)


def _run(passed: int, asked: int, *, spare: bool, lost: bool) -> Run:
    levels = levels_of(asked)
    return Run(passed, min(passed + 1, levels), levels, spare, lost or passed == levels)


def climb(candidates: Sequence[tuple[int, int]], most: int = WHOLE_RUN) -> list[int]:
    """The questions of a run, easiest first: at most `most` of (question, difficulty 1 to 5).

    Spread over the difficulties there are, so that a bank of easy questions does not fill every level; what
    comes first among equals is taken first.
    """
    ranked = sorted(range(len(candidates)), key=lambda place: (candidates[place][1], place))
    if len(ranked) > most:
        ranked = [ranked[place * len(ranked) // most] for place in range(most)]
    return [candidates[place][0] for place in ranked]
