"""What a year asks for and what is still missing of it; how much of a surplus goes over into the next.

The figures of provinces and bureaus differ (60, 80, 90 hours; 40 for office staff; 12 or 15 days), so all
of them stand in a target that is data. Decided here:
- Online hours count up to their share of the TARGET, not of what was done; more are shown but do not count.
- Hours carried over count towards the hours, never towards the hours of law, the days or a further surplus.
- Whoever lacks hours of law lacks at least so many hours.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Target:
    """`hours` of which `law_hours` law; online at most `online_percent` (None = no limit); `days`.

    `either`: the days or the hours suffice. `carry_most`: hours of surplus that go over, 0 = none.
    """

    hours: Decimal
    law_hours: Decimal = ZERO
    online_percent: int | None = None
    days: Decimal = ZERO
    either: bool = False
    carry_most: Decimal = ZERO


@dataclass(frozen=True)
class Done:
    """What somebody has in a year. `hours` holds everything, `carried`, `online` and `law` are parts of it."""

    hours: Decimal = ZERO
    law: Decimal = ZERO
    online: Decimal = ZERO
    carried: Decimal = ZERO
    days: Decimal = ZERO


@dataclass(frozen=True)
class Standing:
    """How far somebody is: hours that count, and what is missing."""

    counted: Decimal
    not_counted: Decimal
    missing: Decimal
    missing_law: Decimal
    missing_days: Decimal

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not (self.missing or self.missing_law or self.missing_days)


def online_most(target: Target) -> Decimal | None:
    """How many online hours count, rounded down to hundredths; None = all."""
    if target.online_percent is None:
        return None
    return (target.hours * target.online_percent / HUNDRED).quantize(Decimal("0.01"), ROUND_DOWN)


def not_counted(target: Target, done: Done) -> Decimal:
    """Online hours above their share."""
    most = online_most(target)
    return ZERO if most is None else max(ZERO, done.online - most)


def standing(target: Target, done: Done) -> Standing:
    """What counts and what is missing."""
    over = not_counted(target, done)
    counted = done.hours - over
    hours, days = max(ZERO, target.hours - counted), max(ZERO, target.days - done.days)
    if target.either and target.days and not (hours and days):
        hours = days = ZERO
    law = max(ZERO, target.law_hours - done.law)
    return Standing(counted, over, max(hours, law), law, days)


def surplus(target: Target, done: Done) -> Decimal:
    """What goes over into the next year: hours earned in the year itself beyond the target, up to the limit."""
    earned = done.hours - done.carried - not_counted(target, done)
    return max(ZERO, min(target.carry_most, earned - target.hours))


@dataclass(frozen=True)
class Preset:
    """A target as founding documents and provinces word it."""

    code: str
    title: str
    source: str
    target: Target


PRESETS = (
    Preset("60", "全员每年60学时", "行业常用口径，学时数待各省确认", Target(Decimal(60))),
    Preset("80", "每年10天或80学时", "10天或80学时", Target(Decimal(80), days=Decimal(10), either=True)),
    Preset(
        "90", "每年12天或90学时", "公职人员12天或90学时", Target(Decimal(90), days=Decimal(12), either=True)
    ),
    Preset("40", "机关工作人员每年40学时", "江苏城管2013：机关人员不少于40学时", Target(Decimal(40))),
    Preset(
        "15-days",
        "执法人员每年15天（法律6天、执法9天）",
        "江苏城管2013：不少于15天，其中法律知识6天；按每天8学时折算",
        Target(Decimal(120), law_hours=Decimal(48), days=Decimal(15)),
    ),
    Preset(
        "60-carry",
        "每年60学时，超出部分可结转",
        "南京：当年超出学时可结转，结转上限由单位设定",
        Target(Decimal(60), carry_most=Decimal(20)),
    ),
)
