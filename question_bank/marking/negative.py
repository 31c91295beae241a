"""Negative marks (答错倒扣): each right option earns its share, each wrong one takes `penalty` off.

A question never falls below `floor` (0 or less); a section may have a floor of its own (最低得分为零分).
Leaving a question blank costs nothing. In practice: true/false in the junior accounting examination
(判断错误倒扣 0.5 分，不答不得分也不扣分，本类题最低得分为零分), and quick-answer rounds of knowledge contests.
"""

from decimal import Decimal

from question_bank.marking.base import ZERO, Rule, Setting, Settings
from question_bank.rules.contract import Outcome

DEEPEST = Decimal(-100)


class Negative(Rule):
    """The share of the key that was chosen, less a penalty for each wrong option."""

    name = "negative"
    units = frozenset({"choice"})
    settings = (
        Setting("penalty", Decimal("0.01"), Decimal(100)),
        Setting("floor", DEEPEST, ZERO, default="-100"),
    )

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        return marks * outcome.right / outcome.total - self.value(settings, "penalty") * outcome.wrong

    def floor(self, settings: Settings) -> Decimal:
        """The floor of one question."""
        return self.value(settings, "floor")

    def words(self, settings: Settings) -> tuple[str, dict[str, str]]:
        """See the contract. Without a floor of one's own nothing is said about it."""
        code, values = super().words(settings)
        return (code, values) if self.floor(settings) > DEEPEST else (f"{code}_open", values)


rule = Negative()
