"""Anything wrong means zero (有错选得 0 分，部分选对得 x 分): an incomplete answer without anything wrong earns
a fixed `partial`, any wrong option or blank takes everything.

In practice: multiple choice in the college entrance examination of 2020 to 2023 (全部选对得 5 分，部分选对得 2 分，
有选错的得 0 分).
"""

from decimal import Decimal

from question_bank.marking.base import ZERO, Rule, Setting, Settings
from question_bank.rules.contract import Outcome


class WrongMeansZero(Rule):
    """`partial` marks for a part of the key; 0 as soon as anything is wrong."""

    name = "wrong_means_zero"
    units = frozenset({"choice", "blank"})
    settings = (Setting("partial", ZERO, Decimal(100), below_full=True),)

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del marks
        return ZERO if outcome.wrong or not outcome.right else self.value(settings, "partial")


rule = WrongMeansZero()
