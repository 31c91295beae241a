"""The contract of a marking rule. To add a rule: copy a sibling file and name it in the package.

A rule is pure. It turns an `Outcome` (how many units of the key were met, how many answers were wrong)
into marks, and knows neither the question nor the person. What holds for every rule is done once, here:

- a blank earns 0; everything of the key and nothing wrong earns full marks; nothing in between can reach
  more than full marks or fall below `floor(settings)`, which is 0 but for the negative rule;
- marks are multiples of 0.01, rounded half up, away from zero. Each question (each part of a case) is
  rounded once, on its own, and what is stored is what is added: the sum of a paper is the plain sum of
  the marks shown.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from question_bank.rules.contract import Outcome, Problem

CENT = Decimal("0.01")
ZERO = Decimal(0)
Settings = Mapping[str, Any]
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,2})?")


def rounded(value: Decimal) -> Decimal:
    """A multiple of 0.01, half up."""
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Setting:
    """A number a rule needs, kept as decimal text with at most two places, between `least` and `most`.

    `below_full`: it must be less than the full marks of every question it is used for.
    """

    name: str
    least: Decimal
    most: Decimal
    default: str = ""
    below_full: bool = False

    def problem(self, value: object) -> str:
        """What is wrong with a value, as a code; "" when nothing is."""
        if value is None or value == "":
            return "" if self.default else "setting_missing"
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            return "setting_malformed"
        if Decimal(value) < self.least:
            return "setting_too_small"
        return "setting_too_large" if Decimal(value) > self.most else ""


class Rule(ABC):
    """One marking rule. `name` is stored and never changes; `units` are those of the outcomes it marks."""

    name: str
    units: frozenset[str]
    settings: tuple[Setting, ...] = ()

    @abstractmethod
    def _partly(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """The marks of an answer that is neither blank nor wholly right, before rounding and bounds."""

    def mark(self, outcome: Outcome, marks: Decimal, settings: Settings) -> Decimal:
        """The marks of an outcome where `marks` is full: a multiple of 0.01 between the floor and `marks`."""
        if outcome.blank or outcome.total < 1:
            return ZERO
        if outcome.right == outcome.total and not outcome.wrong:
            return marks
        earned = rounded(self._partly(outcome, marks, settings))
        return min(marks, max(self.floor(settings), earned))

    def floor(self, settings: Settings) -> Decimal:
        """The least marks a question can earn, 0 or less."""
        del settings
        return ZERO

    def value(self, settings: Settings, name: str) -> Decimal:
        """A setting as a number, its default where it was left out."""
        default = next(one.default for one in self.settings if one.name == name)
        return Decimal(settings.get(name) or default)

    def check(self, settings: object, marks: Decimal | None = None) -> list[Problem]:
        """What is wrong with settings, of whatever type; [] = sound. `marks`: of a question to be marked."""
        if not isinstance(settings, Mapping):
            return [Problem("settings_malformed", "settings")]
        names = {one.name for one in self.settings}
        found = [Problem("setting_unknown", str(name)[:32]) for name in settings if name not in names]
        for one in self.settings:
            code = one.problem(settings.get(one.name))
            if not code and marks is not None and one.below_full:
                code = "setting_above_marks" if self.value(settings, one.name) >= marks else ""
            if code:
                found.append(Problem(code, one.name))
        return found

    def words(self, settings: Settings) -> tuple[str, dict[str, str]]:
        """The rule for people, as data: a message code and the values in it."""
        return self.name, {one.name: _plain(self.value(settings, one.name)) for one in self.settings}


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text in {"-0", ""} else text
