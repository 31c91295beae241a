"""Periods that can be closed: months, quarters, years; and what they are called."""

import calendar
import datetime

MONTHS_A_QUARTER = 3


def month(year: int, number: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a month."""
    return datetime.date(year, number, 1), datetime.date(year, number, calendar.monthrange(year, number)[1])


def quarter(year: int, number: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a quarter (1 to 4)."""
    last = number * MONTHS_A_QUARTER
    return month(year, last - 2)[0], month(year, last)[1]


def whole_year(year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def period_words(first: datetime.date, last: datetime.date) -> str:
    """2026, 2026-06 or 2026 Q2 where it is exactly that, else both days (all dates as digits)."""
    if (first, last) == whole_year(first.year):
        return f"{first.year}"
    if (first, last) == month(first.year, first.month):
        return f"{first:%Y-%m}"
    number = (first.month + MONTHS_A_QUARTER - 1) // MONTHS_A_QUARTER
    if (first, last) == quarter(first.year, number):
        return f"{first.year} Q{number}"
    return f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
