"""So much per correct option (少选，所选的每个选项得 x 分): an incomplete answer without a wrong option earns
`each` per option, but always less than full marks: at most the largest multiple of `each` below them.

In practice: constructor, cost engineer, tax agent and other professional qualifications (错选，本题不得分；
少选，所选的每个选项得 0.5 分, of 2 marks).
"""

from decimal import ROUND_CEILING, Decimal

from question_bank.marking.base import ZERO, Rule, Setting, Settings
from question_bank.rules.contract import Outcome


class PerCorrectOption(Rule):
    """`each` marks per option chosen, when nothing wrong was chosen."""

    name = "per_correct_option"
    units = frozenset({"choice"})
    settings = (Setting("each", Decimal("0.01"), Decimal(100), below_full=True),)

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        each = self.value(settings, "each")
        most = (marks / each).to_integral_value(ROUND_CEILING) - 1
        return ZERO if outcome.wrong else each * min(Decimal(outcome.right), most)


rule = PerCorrectOption()
