"""What an indicator is: which facts it takes, how they become one value, and the value points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from certificates.ratings.rules.numbers import ZERO, rounded
from certificates.ratings.rules.words import Combine, Kind, Missing, ScaleKind, Source, Window

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Scale:
    """How a value becomes points, before the weight.

    target: value / `target` of the full points, at most all of them. range: nothing at `low`, all at `high`.
    (`low` above `high` counts downwards.) bands: the points of the highest band whose minimum is reached. each:
    `each` points a unit of value. direct: the value is the points.
    """

    kind: ScaleKind = ScaleKind.TARGET
    target: Decimal = HUNDRED
    low: Decimal = ZERO
    high: Decimal = HUNDRED
    each: Decimal = Decimal(1)
    bands: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One version of an indicator. `full` are its points at best, `cap` the most a bonus or deduction may come to.

    It takes the facts of `source` of one of `kinds` (none = all) whose `extra` agrees with `where`, in `window`.
    `at_least`: which value counts as reached (for `share`), and from which value on a veto bites.
    `unit` is what the value is counted in (学时, 次, 分).
    """

    code: str
    version: int = 1
    title: str = ""
    source: Source = Source.IMPORTED
    kind: Kind = Kind.SCORE
    combine: Combine = Combine.SUM
    scale: Scale = Scale()
    full: Decimal = HUNDRED
    cap: Decimal | None = None
    missing: Missing = Missing.ZERO
    window: Window = Window.PERIOD
    kinds: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: Decimal = Decimal(1)
    unit: str = ""
    description: str = ""

    def takes(self, source: str, kind: str, extra: Mapping[str, object]) -> bool:
        """Whether a fact of this source, kind and extra counts. Values are compared as text; true is "true"."""
        if source != self.source or (self.kinds and kind not in self.kinds):
            return False
        return all(as_text(extra.get(key)) in allowed for key, allowed in self.where)


# What a fact contributes: its value, its day (ISO) and its id, which breaks ties of days.
Value = tuple[Decimal, str, int]
# Of a single fact these all give its value.
OF_ONE = frozenset({Combine.SUM, Combine.MEAN, Combine.BEST, Combine.LAST})


def as_text(value: object) -> str:
    """A JSON value as conditions are written: true, false, 60, 早班."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def combined(indicator: Indicator, found: Sequence[Value]) -> Decimal | None:
    """One value out of several, rounded to two places; None when there are none.

    share: the percentage of values that reach `at_least`. last: the latest day, of one day the fact recorded last.
    """
    if not found:
        return None
    numbers = [value for value, _on, _fact in found]
    match indicator.combine:
        case Combine.SUM:
            total = sum(numbers, ZERO)
        case Combine.MEAN:
            total = sum(numbers, ZERO) / len(numbers)
        case Combine.BEST:
            total = max(numbers)
        case Combine.LAST:
            total = max(found, key=lambda one: (one[1], one[2]))[0]
        case Combine.COUNT:
            total = Decimal(len(numbers))
        case Combine.SHARE:
            reached = sum(number >= indicator.at_least for number in numbers)
            total = Decimal(100 * reached) / len(numbers)
    return rounded(total)
