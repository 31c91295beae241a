"""The weeks, months, quarters and years in which study is counted. Weeks are ISO weeks."""

import datetime
import re
from dataclasses import dataclass

WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
KINDS = (WEEK, MONTH, QUARTER, YEAR)
_SHAPES = {
    WEEK: re.compile(r"(\d{4})-W(\d{2})"),
    MONTH: re.compile(r"(\d{4})-(\d{2})"),
    QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
    YEAR: re.compile(r"(\d{4})"),
}


@dataclass(frozen=True, order=True)
class Period:
    """One period, both days included. `key` names it: 2026-W53, 2026-11, 2026-Q4, 2026."""

    first: datetime.date
    last: datetime.date
    kind: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def key(self) -> str:
        if self.kind == WEEK:
            year, week, _day = self.first.isocalendar()
            return f"{year}-W{week:02}"
        if self.kind == MONTH:
            return f"{self.first:%Y-%m}"
        if self.kind == QUARTER:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return str(self.first.year)


def _months(first: datetime.date, count: int) -> datetime.date:
    """The first day of the month that comes `count` months after that of `first`."""
    month = first.year * 12 + first.month - 1 + count
    return datetime.date(month // 12, month % 12 + 1, 1)


def period_of(kind: str, day: datetime.date) -> Period:
    """The period of this kind that holds the day. The days around New Year may lie in the other year's week."""
    if kind == WEEK:
        first = day - datetime.timedelta(days=day.isoweekday() - 1)
        return Period(first, first + datetime.timedelta(days=6), kind)
    length = {MONTH: 1, QUARTER: 3, YEAR: 12}[kind]
    first = datetime.date(day.year, (day.month - 1) // length * length + 1, 1)
    return Period(first, _months(first, length) - datetime.timedelta(days=1), kind)


def following(period: Period) -> Period:
    """The period after this one."""
    return period_of(period.kind, period.last + datetime.timedelta(days=1))


def preceding(period: Period) -> Period:
    """The period before this one."""
    return period_of(period.kind, period.first - datetime.timedelta(days=1))


def parsed(key: str) -> Period | None:
    """The period a key names, or None where there is no such period (2026-13, 2025-W53)."""
    for kind, shape in _SHAPES.items():
        found = shape.fullmatch(key)
        if found:
            return _named(kind, [int(part) for part in found.groups()])
    return None


def _named(kind: str, parts: list[int]) -> Period | None:
    if not 2000 <= parts[0] <= 2099:
        return None
    try:
        if kind == WEEK:
            return period_of(kind, datetime.date.fromisocalendar(parts[0], parts[1], 1))
        month = {MONTH: lambda n: n, QUARTER: lambda n: n * 3 - 2}.get(kind, lambda _n: 1)(parts[-1])
        return period_of(kind, datetime.date(parts[0], month, 1))
    except ValueError:
        return None
