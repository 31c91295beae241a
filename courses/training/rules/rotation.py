"""Cycles of rotation (轮训): everybody once in some years, an equal share each year."""

import datetime


def window(first_year: int, years: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a cycle of so many calendar years."""
    return datetime.date(first_year, 1, 1), datetime.date(first_year + years - 1, 12, 31)


def cycle_year(first_year: int, years: int, on: datetime.date) -> int:
    """Which year of the cycle a day lies in, from 1; 0 before it begins, `years` once it is over."""
    return max(0, min(years, on.year - first_year + 1))


def due_by(total: int, years: int, year: int) -> int:
    """How many of `total` should have been trained by the end of year `year` (from 1) of a cycle.

    An equal share each year, rounded up, so that the last year brings everybody: 10 people in three
    years are 4, 7, 10.
    """
    return -(-total * max(0, min(year, years)) // years)
