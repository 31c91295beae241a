"""How much of an answer was right: 1 for all of it, the share of the blanks or parts that were, 0 for nothing."""

from decimal import Decimal
from typing import Any

from question_bank import kinds, marking

FULL = Decimal(1)
# Choices and orders are right or not; blanks are counted one by one; a case is the sum of its parts.
_RULE = marking.get("per_blank")


def share(kind: str, content: dict[str, Any], key: dict[str, Any], response: Any) -> Decimal:
    """The share, 0 to 1, of a canonical response that was right. A blank is 0."""
    return kinds.get(kind).grade(content, key, response, _RULE, FULL)


def by_machine(kind: str, content: dict[str, Any]) -> bool:
    """Whether no person is needed to say what is right: only such questions are drilled."""
    return not kinds.get(kind).needs_marker(content)
