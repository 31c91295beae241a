"""Exact: full marks for exactly the key, nothing otherwise.

In practice: single choice and true or false everywhere; multiple choice where 多选、少选、错选均不得分.
"""

from decimal import Decimal

from question_bank.marking.base import ZERO, Rule, Settings
from question_bank.rules.contract import Outcome


class Exact(Rule):
    """Full marks for exactly the key, nothing otherwise."""

    name = "exact"
    units = frozenset({"choice", "blank", "step"})

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del outcome, marks, settings
        return ZERO


rule = Exact()
