"""Per blank (按空给分): every blank filled in rightly earns its equal part; wrong ones cost nothing.

In practice: fill-in questions everywhere (每空 1 分).
"""

from decimal import Decimal

from question_bank.marking.base import Rule, Settings
from question_bank.rules.contract import Outcome


class PerBlank(Rule):
    """The share of the blanks filled in rightly."""

    name = "per_blank"
    units = frozenset({"blank"})

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del settings
        return marks * outcome.right / outcome.total


rule = PerBlank()
