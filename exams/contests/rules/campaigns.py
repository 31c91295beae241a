"""The calendar of legal education: yearly days and months, and where a campaign stands by its days.

12.4 is the national Constitution Day (National People's Congress, 2014-11-01); its week is 12.1-12.7. The months are
usual practice, offered as presets and nothing more.
"""

import calendar
import datetime
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """Where a campaign stands on a day."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    OVER = "over"


class Preset(NamedTuple):
    """A day, week or month that comes every year: (month, day) of its first and last day."""

    code: str
    first: tuple[int, int]
    last: tuple[int, int]


PRESETS = (
    Preset("consumer_day", (3, 15), (3, 15)),
    Preset("civil_code_month", (5, 1), (5, 31)),
    Preset("environment_day", (6, 5), (6, 5)),
    Preset("safety_month", (6, 1), (6, 30)),
    Preset("city_month", (9, 1), (9, 30)),
    Preset("fire_day", (11, 9), (11, 9)),
    Preset("constitution_week", (12, 1), (12, 7)),
    Preset("constitution_day", (12, 4), (12, 4)),
)
BY_CODE = {one.code: one for one in PRESETS}


class Span(NamedTuple):
    """A preset in one year."""

    preset: Preset
    first: datetime.date
    last: datetime.date


def span_of(preset: Preset, year: int) -> Span:
    """A preset's days in a year; the last day of a month where the month is shorter."""
    return Span(preset, _day(year, *preset.first), _day(year, *preset.last))


def _day(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def coming(today: datetime.date) -> list[Span]:
    """Every preset's next time, over when its last day is, in order of days."""
    found = []
    for preset in PRESETS:
        here = span_of(preset, today.year)
        found.append(here if here.last >= today else span_of(preset, today.year + 1))
    return sorted(found, key=lambda span: (span.first, span.last))


def stage(*, first: datetime.date, last: datetime.date, published: bool, today: datetime.date) -> Stage:
    """Where a campaign stands: open on its first and its last day and all between."""
    if not published:
        return Stage.DRAFT
    if today < first:
        return Stage.COMING
    return Stage.OPEN if today <= last else Stage.OVER
