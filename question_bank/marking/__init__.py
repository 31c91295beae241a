"""Marking rules: one file each. To add one (half marks for a subset, ...), copy `exact.py`.

Contract: `rule.mark(key, chosen, marks) -> Decimal` with `0 <= result <= marks`, `marks` for the key
itself; a blank never reaches a rule. Marks are Decimal; nothing is rounded here.
"""

from question_bank.marking import exact
from question_bank.rules.contract import MarkingRule

_RULES: dict[str, MarkingRule] = {module.rule.name: module.rule for module in (exact,)}


def get(name: str) -> MarkingRule:
    """The rule of this name. Raises KeyError for a name nobody knows."""
    return _RULES[name]


def names() -> list[str]:
    """The names of all rules."""
    return list(_RULES)
