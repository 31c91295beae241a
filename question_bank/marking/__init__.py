"""Marking rules: one file each behind the contract of `base`. To add one, copy a sibling and name it here.

Contract: `rule.mark(outcome, marks, settings) -> Decimal`, between the rule's floor and `marks`; a blank
is 0. A section of a paper names one rule; `fitting` says which rule marks a unit there.
"""

from question_bank.marking import (
    exact,
    half_for_subset,
    negative,
    per_blank,
    per_correct_option,
    per_step,
    subset_proportional,
    wrong_means_zero,
)
from question_bank.marking.base import Rule

_RULES: dict[str, Rule] = {
    module.rule.name: module.rule
    for module in (
        exact,
        half_for_subset,
        per_correct_option,
        subset_proportional,
        wrong_means_zero,
        negative,
        per_blank,
        per_step,
    )
}


def get(name: str) -> Rule:
    """The rule of this name. Raises KeyError for a name nobody knows."""
    return _RULES[name]


def names() -> list[str]:
    """The names of all rules."""
    return list(_RULES)


def fitting(name: str, unit: str) -> str:
    """The name of the rule that marks a unit where `name` was chosen: itself if it can, else exact."""
    return name if unit in _RULES[name].units else exact.rule.name
