"""Steps in an order: how much of the right order an answer keeps.

Counted are neighbours: for every step of the right order but the last, whether the next one follows it
directly. One step out of place costs at most three of them, a whole tail moved together costs one, and
guessing is worth little (of n steps in a random order 1/n of the pairs are right on average; absolute
places would punish a single shift with everything, and the longest common subsequence gives a guesser
nearly half). The same measure as "relative to the next item" of Moodle's ordering question.
"""

from collections.abc import Sequence
from itertools import pairwise

from question_bank.rules.contract import Outcome


def compare(order: Sequence[str], given: Sequence[str]) -> Outcome:
    """What came of the steps `given` (all or some of `order`, none twice)."""
    right_pairs = set(pairwise(order))
    pairs = list(pairwise(given))
    right = sum(pair in right_pairs for pair in pairs)
    return Outcome(
        total=len(right_pairs), right=right, wrong=len(pairs) - right, blank=not given, unit="step"
    )
