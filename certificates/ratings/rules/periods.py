"""The four cycles in days."""

import calendar
import datetime

from certificates.ratings.rules.words import PeriodKind, Window

MONTHS = {PeriodKind.MONTHLY: 1, PeriodKind.QUARTERLY: 3, PeriodKind.MIDYEAR: 6, PeriodKind.ANNUAL: 12}


def span(kind: PeriodKind, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the period of this kind in which `day` lies. The mid-year review is January to June.

    Raises ValueError for a mid-year review with a day in the second half of the year.
    """
    months = MONTHS[kind]
    month = (day.month - 1) // months * months + 1
    if kind is PeriodKind.MIDYEAR and month != 1:
        raise ValueError("the mid-year review ends with June")
    end = month + months - 1
    return (
        datetime.date(day.year, month, 1),
        datetime.date(day.year, end, calendar.monthrange(day.year, end)[1]),
    )


def begins(kind: PeriodKind, first: datetime.date) -> bool:
    """Whether a period of this kind begins on `first`."""
    try:
        return span(kind, first)[0] == first
    except ValueError:
        return False


def window(which: Window, first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The days whose facts count in a period from `first` to `last`."""
    match which:
        case Window.PERIOD:
            return first, last
        case Window.YEAR:
            return datetime.date(last.year, 1, 1), last
        case Window.TWELVE_MONTHS:
            end = last + datetime.timedelta(days=1)
            day = min(end.day, calendar.monthrange(end.year - 1, end.month)[1])
            return datetime.date(end.year - 1, end.month, day), last
