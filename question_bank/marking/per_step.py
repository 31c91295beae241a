"""Per step (按步骤给分): of the steps that must follow each other every one kept earns its equal part.

In practice: ordering the steps of a procedure (执法流程排序), operation examinations scored step by step.
"""

from decimal import Decimal

from question_bank.marking.base import Rule, Settings
from question_bank.rules.contract import Outcome


class PerStep(Rule):
    """The share of the steps in their right place."""

    name = "per_step"
    units = frozenset({"step"})

    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """See the contract."""
        del settings
        return marks * outcome.right / outcome.total


rule = PerStep()
