"""How time becomes training hours (学时): one table of figures, one function per form of training.

The figures are a bureau's own and stand in a table that is data; the presets below name their source.
What the sources leave open is decided here and said:
- Hours are `Decimal` and rounded DOWN to the table's step, so that nobody is given more than was earned.
- Less than half a day, under a table that counts days, counts lessons (or nothing, where the table says so),
  never more than half a day.
- "15-30 minutes = 0.5" and "at most 15 = 0.25" both name 15: exactly 15 minutes give 0.25. "At least 30 = 1"
  names 30: exactly 30 minutes give 1. No minutes give nothing, whatever the test.
- An online course counts wholly in the year of its completion; a course away from home that runs over New
  Year's Eve is split between the years by its days.
"""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

ZERO = Decimal(0)
HALF = Decimal("0.5")
LONGEST_DAY = 24 * 60


class Way(StrEnum):
    """How time spent together is counted: by full and half days, or by minutes."""

    DAYS = "days"
    MINUTES = "minutes"


class Form(StrEnum):
    """The forms of training that are converted differently."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    EXTERNAL = "external"
    SEMINAR = "seminar"
    SELF_STUDY = "self_study"


@dataclass(frozen=True)
class Table:
    """The figures of one conversion table. `None` for a limit or the seminar's figure: there is none.

    `full_day_minutes`, `half_day_minutes`: from so many minutes on it is a full day, half a day.
    `short_counts`: what is shorter than half a day counts by lessons. `online_*`: hours for a course of at
    least `online_long_minutes`, of more than `online_short_minutes`, of at most that, and for its test.
    `external_most`: of one external course. `in_house_most`: of one class of the bureau's own.
    `self_study_counts`: self-study counts by lessons. `step`: hours are multiples of it.
    """

    way: Way = Way.DAYS
    full_day: Decimal = Decimal(8)
    half_day: Decimal = Decimal(4)
    full_day_minutes: int = 360
    half_day_minutes: int = 180
    lesson_minutes: int = 45
    short_counts: bool = True
    online_long_minutes: int = 30
    online_short_minutes: int = 15
    online_long: Decimal = Decimal(1)
    online_middle: Decimal = Decimal("0.5")
    online_short: Decimal = Decimal("0.25")
    online_test: Decimal = Decimal("0.5")
    external_most: Decimal | None = None
    seminar: Decimal | None = None
    in_house_most: Decimal | None = None
    self_study_counts: bool = True
    step: Decimal = Decimal("0.25")


@dataclass(frozen=True)
class Preset:
    """A table that ships, with its name and where its figures come from."""

    code: str
    title: str
    source: str
    table: Table


PRESETS = (
    Preset("8-4", "每天8学时、半天4学时", "全日8学时、半日4学时；线上按云南口径", Table()),
    Preset(
        "6-3",
        "每天6学时、半天3学时",
        "南京：全日6、半日3，外出培训最多48，讲座3，本单位每班最多18；线上按云南口径",
        Table(
            full_day=Decimal(6),
            half_day=Decimal(3),
            external_most=Decimal(48),
            seminar=Decimal(3),
            in_house_most=Decimal(18),
        ),
    ),
    Preset("45", "45分钟1学时", "福建：45分钟为1学时；线上按云南口径", Table(way=Way.MINUTES)),
)


@dataclass(frozen=True)
class Activity:
    """What somebody did, in the table's own terms. `first` and `last` are its days, both included.

    `minutes` attended on one occasion; `days` full days of an external course (halves allowed), used there
    instead of the minutes; `test_passed` of an online course; `own_class`: a class of the bureau's own, to
    which the limit per class applies.
    """

    form: Form
    first: datetime.date
    last: datetime.date
    minutes: int = 0
    days: Decimal = ZERO
    test_passed: bool = False
    own_class: bool = False


@dataclass(frozen=True)
class Part:
    """The share of one year: dated on its last day in that year."""

    on: datetime.date
    hours: Decimal
    minutes: int
    days: Decimal


def rounded(table: Table, hours: Decimal) -> Decimal:
    """Hours rounded down to a multiple of the table's step, two places."""
    steps = (hours / table.step).quantize(Decimal(1), rounding=ROUND_DOWN)
    return (steps * table.step).quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def by_lessons(table: Table, minutes: int) -> Decimal:
    """Minutes as lessons (45 minutes = 1 in Fujian), not rounded yet."""
    return Decimal(max(0, minutes)) / table.lesson_minutes


def together(table: Table, minutes: int) -> Decimal:
    """Time spent together on one occasion: by days or by minutes, not rounded yet."""
    if table.way == Way.MINUTES:
        return by_lessons(table, minutes)
    if minutes >= table.full_day_minutes:
        return table.full_day
    if minutes >= table.half_day_minutes:
        return table.half_day
    return min(table.half_day, by_lessons(table, minutes)) if table.short_counts else ZERO


def away(table: Table, days: Decimal) -> Decimal:
    """Full days and a half of an external course, without its limit."""
    whole = days.to_integral_value(rounding=ROUND_DOWN)
    return whole * table.full_day + (table.half_day if days - whole >= HALF else ZERO)


def online(table: Table, minutes: int, test_passed: bool) -> Decimal:
    """One online course: exactly 30 minutes give 1, exactly 15 give 0.25; passing the test adds 0.5 (Yunnan)."""
    if minutes <= 0:
        return ZERO
    if minutes >= table.online_long_minutes:
        base = table.online_long
    elif minutes > table.online_short_minutes:
        base = table.online_middle
    else:
        base = table.online_short
    return base + (table.online_test if test_passed else ZERO)


def convert(table: Table, activity: Activity) -> Decimal:
    """The hours of one activity under one table, rounded down to its step; never negative.

    The limit per class of the bureau's own needs what the class has given already: `within_class` applies it.
    """
    return rounded(table, _raw(table, activity))


def _raw(table: Table, activity: Activity) -> Decimal:
    if activity.form == Form.ONLINE:
        return online(table, activity.minutes, activity.test_passed)
    if activity.form == Form.SELF_STUDY:
        return by_lessons(table, activity.minutes) if table.self_study_counts else ZERO
    if activity.form == Form.SEMINAR and table.seminar is not None:
        return table.seminar
    if activity.form == Form.EXTERNAL:
        hours = away(table, activity.days) if activity.days else together(table, activity.minutes)
        return hours if table.external_most is None else min(hours, table.external_most)
    return together(table, activity.minutes)


def training_days(table: Table, activity: Activity) -> Decimal:
    """Training days, in halves, for targets stated in days. Online courses and self-study give none."""
    if activity.form in (Form.ONLINE, Form.SELF_STUDY):
        return ZERO
    if activity.days:
        return Decimal((activity.days * 2).to_integral_value(rounding=ROUND_DOWN)) / 2
    if activity.minutes >= table.full_day_minutes:
        return Decimal(1)
    return HALF if activity.minutes >= table.half_day_minutes else ZERO


def within_class(table: Table, hours: Decimal, given: Decimal) -> Decimal:
    """`hours` as far as the limit per class of one's own allows, `given` having been given already."""
    if table.in_house_most is None:
        return hours
    return max(ZERO, min(hours, table.in_house_most - given))


def parts(table: Table, activity: Activity) -> list[Part]:
    """The activity year by year: one part unless it is an external course that runs over New Year's Eve.

    The days are shared by the calendar days in each year, in halves, the rest going to the last year; the
    limit of the course holds for all years together, the earlier years first.
    """
    if activity.form != Form.EXTERNAL or activity.first.year == activity.last.year or not activity.days:
        return [
            Part(activity.last, convert(table, activity), activity.minutes, training_days(table, activity))
        ]
    made: list[Part] = []
    left = convert(table, activity)
    for on, days in split_days(activity.first, activity.last, activity.days):
        hours = min(left, convert(table, replace(activity, days=days))) if days else ZERO
        if on == activity.last:
            hours = left
        left -= hours
        made.append(Part(on, hours, activity.minutes if on == activity.last else 0, days))
    return made


def split_days(
    first: datetime.date, last: datetime.date, days: Decimal
) -> list[tuple[datetime.date, Decimal]]:
    """(last day in the year, days of training) for each year from `first` to `last`."""
    total = (last - first).days + 1
    shares: list[tuple[datetime.date, Decimal]] = []
    left = days
    for year in range(first.year, last.year + 1):
        start, end = max(first, datetime.date(year, 1, 1)), min(last, datetime.date(year, 12, 31))
        share = Decimal((days * 2 * ((end - start).days + 1) / total).to_integral_value(ROUND_DOWN)) / 2
        share = left if end == last else min(left, share)
        left -= share
        shares.append((end, share))
    return shares


class TableError(ValueError):
    """A table that cannot be used: `field` names the figure, `code` says number, range or order."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def to_json(table: Table) -> dict[str, Any]:
    """The table as JSON data: decimals as text."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(table).items()
    }


def from_json(data: Mapping[str, Any]) -> Table:
    """The table said by JSON data; figures that are missing have their preset. Raises TableError."""
    known = {field.name: field for field in fields(Table)}
    given = {name: _value(name, value) for name, value in data.items() if name in known}
    table = Table(**given)
    check(table)
    return table


def _value(name: str, value: Any) -> Any:
    default = getattr(Table(), name)
    try:
        if name == "way":
            return Way(value)
        if isinstance(default, bool):
            return bool(value)
        if isinstance(default, int):
            return int(value)
        if value in (None, ""):
            return None
        number = Decimal(str(value))
    except (ValueError, TypeError, InvalidOperation) as error:
        raise TableError(name, "number") from error
    if not number.is_finite():
        raise TableError(name, "number")
    return number


def check(table: Table) -> None:
    """Raises TableError where a figure is out of range or two contradict each other."""
    for field in fields(table):
        value = getattr(table, field.name)
        if value is None and field.name not in ("external_most", "seminar", "in_house_most"):
            raise TableError(field.name, "number")
        if isinstance(value, Decimal) and not 0 <= value <= 1000:
            raise TableError(field.name, "range")
        if field.name.endswith("_minutes") and not 0 < value <= LONGEST_DAY:
            raise TableError(field.name, "range")
    if table.step <= 0:
        raise TableError("step", "range")
    if table.half_day_minutes > table.full_day_minutes:
        raise TableError("half_day_minutes", "order")
    if table.half_day > table.full_day:
        raise TableError("half_day", "order")
    if table.online_short_minutes >= table.online_long_minutes:
        raise TableError("online_short_minutes", "order")
    if not table.online_short <= table.online_middle <= table.online_long:
        raise TableError("online_middle", "order")
