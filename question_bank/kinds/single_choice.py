"""Single choice (单选题): exactly one of the options is right."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from question_bank.kinds.base import Kind, MarkingRule, Problem, Shown
from question_bank.rules import choices


class SingleChoice(Kind):
    """Single choice (单选题): exactly one of the options is right."""

    name = "single_choice"
    shuffles_options = True

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        return [
            *choices.check_stem(content),
            *choices.check_options(content),
            *choices.check_key(content, key, most=1),
        ]

    def doubts(self, content: dict[str, Any], key: dict[str, Any]) -> list[Problem]:
        """See the contract."""
        del content, key
        return []

    def parse(self, raw: object, content: dict[str, Any]) -> list[str]:
        """See the contract."""
        return choices.parse_choice(raw, content, most=1)

    def grade(
        self,
        content: dict[str, Any],
        key: dict[str, Any],
        response: list[str],
        rule: MarkingRule,
        marks: Decimal,
    ) -> Decimal:
        """See the contract."""
        del content
        if not response:
            return Decimal(0)
        return rule.mark(frozenset(key["options"]), frozenset(response), marks)

    def show(
        self,
        content: dict[str, Any],
        order: Sequence[str] | None = None,
        *,
        key: dict[str, Any] | None = None,
        response: Sequence[str] = (),
    ) -> Shown:
        """See the contract."""
        right = key["options"] if key is not None else None
        context = choices.lay_out(content, order, right, response)
        return Shown("question_bank/kinds/single_choice", context)


kind = SingleChoice()
