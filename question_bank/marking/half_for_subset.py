"""Half for a subset (少选得一半): an incomplete answer without a wrong option earns half, however short.

In practice: multiple choice in physics papers of the college entrance examination (选对但不全的得 3 分 of 6),
and the usual form of in-house examinations.
"""

from decimal import Decimal

from question_bank.marking.base import ZERO, Rule, Settings
from question_bank.rules.contract import Outcome


class HalfForSubset(Rule):
    """Half of the marks for a part of the key, when nothing wrong was chosen."""

    name = "half_for_subset"
    units = frozenset({"choice"})

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del settings
        return ZERO if outcome.wrong or not outcome.right else marks / 2


rule = HalfForSubset()
