"""A setting of a round: its name, what it may be, and what it is where nobody says anything.

Settings are kept as JSON: points as decimal text ("10", "2.5"), whole numbers, one of a few words, true or
false, or a list of points. Points are amounts: whether they are given or taken is the round's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

POINTS, WHOLE, CHOICE, FLAG, VALUES = "points", "whole", "choice", "flag", "values"
Sort = Literal["points", "whole", "choice", "flag", "values"]
MOST_POINTS = Decimal(1000)
MOST_VALUES = 6
_AMOUNT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?", re.ASCII)
NO_SETTINGS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """What is wrong, as data: the field ("rounds.2.seconds") and a code."""

    field: str
    code: str


@dataclass(frozen=True)
class Setting:
    """One setting. `least` and `most` bound points and whole numbers, `options` are the words of a choice."""

    name: str
    sort: Sort
    default: Any
    least: int = 0
    most: int = 0
    options: tuple[str, ...] = ()

    def problem(self, value: object) -> str:
        """What is wrong with a value of any type, as a code; "" when nothing is."""
        if self.sort == FLAG:
            return "" if isinstance(value, bool) else "setting_malformed"
        if self.sort == CHOICE:
            return "" if isinstance(value, str) and value in self.options else "setting_unknown_word"
        if self.sort == WHOLE:
            return self._bounds(value) if type(value) is int else "setting_malformed"
        if self.sort == POINTS:
            return self._bounds(amount(value)) if amount(value) is not None else "setting_malformed"
        return self._values(value)

    def read(self, value: object) -> Any:
        """The value as Python counts with it: Decimal, int, str, bool or a tuple of Decimals."""
        if self.sort == POINTS:
            return amount(value)
        if self.sort == VALUES and isinstance(value, list | tuple):
            return tuple(amount(one) for one in value)
        return value

    def _bounds(self, number: Any) -> str:
        if number < self.least:
            return "setting_too_small"
        return "setting_too_large" if number > self.most else ""

    def _values(self, value: object) -> str:
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_VALUES:
            return "setting_malformed"
        found = [amount(one) for one in value]
        if any(one is None for one in found):
            return "setting_malformed"
        if len(set(found)) < len(found):
            return "setting_twice"
        return next((code for one in found if (code := self._bounds(one))), "")


def amount(value: object) -> Decimal | None:
    """Decimal text of 0 or more with at most two places as a number; None for anything else."""
    return Decimal(value) if isinstance(value, str) and _AMOUNT.fullmatch(value) else None


def plain(value: Decimal) -> str:
    """Points as people write them: 10, 2.5, -10, 0."""
    text = format(value.normalize(), "f")
    return "0" if text in {"-0", ""} else text


def points(name: str, default: str, *, least: int = 0, most: int = int(MOST_POINTS)) -> Setting:
    """A setting of points."""
    return Setting(name, "points", default, least, most)


def whole(name: str, default: int, *, least: int = 0, most: int = 3600) -> Setting:
    """A setting that is a whole number (seconds, how many)."""
    return Setting(name, "whole", default, least, most)


def choice(name: str, *options: str) -> Setting:
    """A setting that is one of a few words; the first is the default."""
    return Setting(name, "choice", options[0], options=options)


def flag(name: str, default: bool) -> Setting:
    """A setting that is yes or no."""
    return Setting(name, "flag", default)


def values(name: str, *default: str) -> Setting:
    """A setting that is a list of points to choose from."""
    return Setting(name, "values", list(default), 1, int(MOST_POINTS))


def completed(known: tuple[Setting, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with defaults for what was left out, in the order in which the kind lists them."""
    return {one.name: given.get(one.name, one.default) for one in known}


def problems(known: tuple[Setting, ...], given: object) -> list[Problem]:
    """What is wrong with settings of whatever type; [] = sound."""
    if not isinstance(given, Mapping):
        return [Problem("", "settings_malformed")]
    names = {one.name for one in known}
    found = [Problem(str(name)[:32], "setting_unknown") for name in given if name not in names]
    for one in known:
        code = one.problem(given.get(one.name, one.default))
        if code:
            found.append(Problem(one.name, code))
    return found
