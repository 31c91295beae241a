"""Working days and the deadlines of a procedure.

行政处罚法 art. 85: two, three, five and seven days in that law are working days, public holidays left out. The
day on which a period begins is not counted. A period of plain days that would end on a day off ends on the
next working day.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from lianbing.library.rules.holidays import EVERY_YEAR, OFF, WORKED
from lianbing.library.rules.numerals import NumeralError, to_int
from lianbing.library.rules.penalties import fields_of, lines_of

DAY = datetime.timedelta(days=1)
MOST_DAYS = 3660
MOST_STEPS = 30
ART_85 = frozenset({2, 3, 5, 7})
_LIMIT = re.compile(
    r"(\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})(?:个)?(工作日|自然日|日|天|小时)(?:内|以内|之内)?"
)
AT_ONCE = ("当场", "立即", "即时")


class Kind(StrEnum):
    """How a deadline counts. HOURS and AT_ONCE name no later day."""

    WORKING = "working"
    CALENDAR = "calendar"
    HOURS = "hours"
    AT_ONCE = "at_once"
    NONE = "none"


class StepError(ValueError):
    """A line of steps that cannot be read. `code`: fields, name, limit, since, twice, lines."""

    def __init__(self, code: str, text: str, line: int = 0) -> None:
        super().__init__(code, text)
        self.code, self.text, self.line = code, text, line


@dataclass(frozen=True)
class Deadline:
    """The last day. `nominal`: where it would fall without moving off a day off.

    `known`: false where the holidays of a year in it are not known yet: there weekends and `EVERY_YEAR` count.
    """

    last: datetime.date
    nominal: datetime.date
    known: bool = True

    @property
    def moved(self) -> bool:
        return self.last != self.nominal


@dataclass(frozen=True)
class Step:
    """One step. Its period runs from the step called `since`, from the first where none is named."""

    name: str
    what: str = ""
    limit: str = ""
    since: str = ""

    @property
    def kind(self) -> Kind:
        return parse_limit(self.limit)[0]

    @property
    def length(self) -> int:
        return parse_limit(self.limit)[1]


@lru_cache(maxsize=32)
def _days_off(year: int) -> frozenset[datetime.date]:
    return frozenset(
        datetime.date(year, month, day) for month, first, last in OFF[year] for day in range(first, last + 1)
    )


def is_known(year: int) -> bool:
    """Whether the holidays of a year were announced when this was written."""
    return year in OFF


def is_working(day: datetime.date) -> bool:
    """Whether offices work on a day; of a year that is not known, by the weekday and the days off of every year."""
    if is_known(day.year):
        if day in _days_off(day.year):
            return False
        if (day.month, day.day) in WORKED[day.year]:
            return True
    return day.weekday() < 5 and (is_known(day.year) or (day.month, day.day) not in EVERY_YEAR)


def deadline(start: datetime.date, length: int, kind: Kind) -> Deadline | None:
    """The last day of a period that begins on `start`; None for what names no later day.

    Raises ValueError for lengths outside 1 to 3660.
    """
    if kind not in {Kind.WORKING, Kind.CALENDAR}:
        return None
    if not 0 < length <= MOST_DAYS:
        raise ValueError(length)
    nominal = start + length * DAY if kind is Kind.CALENDAR else _counted(start, length)
    last = nominal
    while not is_working(last):
        last += DAY
    known = all(is_known(year) for year in range(start.year, last.year + 1))
    return Deadline(last, nominal, known)


def _counted(start: datetime.date, length: int) -> datetime.date:
    day = start
    while length:
        day += DAY
        length -= is_working(day)
    return day


def parse_limit(text: str) -> tuple[Kind, int]:
    """七个工作日, 90日, 24小时, 当场; "" is no limit. Raises StepError."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return Kind.NONE, 0
    if plain in AT_ONCE:
        return Kind.AT_ONCE, 0
    match = _LIMIT.fullmatch(plain)
    if match is None:
        raise StepError("limit", text)
    try:
        length = to_int(match.group(1).replace("两", "二"))
    except NumeralError:
        raise StepError("limit", text) from None
    if length > MOST_DAYS:
        raise StepError("limit", text)
    kinds = {"工作日": Kind.WORKING, "小时": Kind.HOURS}
    return kinds.get(match.group(2), Kind.CALENDAR), length


def parse_steps(text: str) -> list[Step]:
    """Lines 步骤 | 做什么 | 期限 | 起算步骤, all but the first optional. Raises StepError with the line."""
    steps: list[Step] = []
    for number, line in lines_of(text):
        fields = fields_of(line)
        if len(fields) > 4:
            raise StepError("fields", line, number)
        if len(steps) >= MOST_STEPS:
            raise StepError("lines", str(MOST_STEPS), number)
        name, what, limit, since = [*fields, "", "", ""][:4]
        names = {step.name for step in steps}
        if not name or name in names:
            raise StepError("twice" if name else "name", name or line, number)
        if since and since not in names:
            raise StepError("since", since, number)
        try:
            parse_limit(limit)
        except StepError as error:
            raise StepError(error.code, error.text, number) from None
        steps.append(Step(name, what, limit, since))
    return steps


def doubtful(steps: Sequence[Step]) -> list[Step]:
    """Steps of two, three, five or seven plain days: in 行政处罚法 these would be working days (art. 85)."""
    return [step for step in steps if step.kind is Kind.CALENDAR and step.length in ART_85]


def latest(
    steps: Sequence[Step], happened: str, on: datetime.date
) -> list[tuple[Step, datetime.date | None, Deadline | None]]:
    """The latest day of each step when the one called `happened` was on a day: (step, counted from, deadline).

    A period that runs from a later step is counted from that step's own latest day. What cannot be known from
    this step alone has no day.
    """
    days: dict[str, datetime.date] = {happened: on}
    first = steps[0].name if steps else ""
    found: list[tuple[Step, datetime.date | None, Deadline | None]] = []
    for step in steps:
        start = days.get(step.since or first)
        due = None
        if start is not None and step.name != happened:
            due = deadline(start, step.length, step.kind)
            if due is not None:
                days[step.name] = due.last
            elif step.kind is Kind.AT_ONCE:
                days[step.name] = start
        found.append((step, start if due else None, due))
    return found
