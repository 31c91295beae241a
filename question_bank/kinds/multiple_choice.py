"""Multiple choice (多选题): two or more of the options are right."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from question_bank.kinds.base import Kind, MarkingRule, Problem, Shown
from question_bank.rules import choices


class MultipleChoice(Kind):
    """Multiple choice (多选题): two or more of the options are right."""

    name = "multiple_choice"
    shuffles_options = True

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        return [
            *choices.check_stem(content),
            *choices.check_options(content),
            *choices.check_key(content, key, most=None),
        ]

    def doubts(self, content: dict[str, Any], key: dict[str, Any]) -> list[Problem]:
        """See the contract."""
        del content
        return [Problem("key_too_few", "key")] if len(set(key["options"])) < 2 else []

    def parse(self, raw: object, content: dict[str, Any]) -> list[str]:
        """See the contract."""
        return choices.parse_choice(raw, content, most=None)

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
        return Shown("question_bank/kinds/multiple_choice", context)


kind = MultipleChoice()
