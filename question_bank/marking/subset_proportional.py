"""Subset-proportional (少选按比例得分): of a key with n options each right one earns 1/n; any wrong one, nothing.

In practice: multiple choice in the new national college entrance examination (2024: of 6 marks, 3 for one
of two right options, 2 for one of three), and many training platforms.
"""

from decimal import Decimal

from question_bank.marking.base import ZERO, Rule, Settings
from question_bank.rules.contract import Outcome


class SubsetProportional(Rule):
    """The share of the key that was chosen, when nothing wrong was."""

    name = "subset_proportional"
    units = frozenset({"choice"})

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del settings
        return ZERO if outcome.wrong else marks * outcome.right / outcome.total


rule = SubsetProportional()
