"""From when until when a certificate is good."""

import calendar
import datetime

WARN_DAYS = 90
LONGEST_MONTHS = 120


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month `months` later, or that month's last day where it has none (31 Jan -> 28 Feb)."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def last_day(valid_from: datetime.date, months: int) -> datetime.date:
    """The last day on which a certificate is good: the eve of the day `months` later.

    1 Nov 2022 for 60 months -> 31 Oct 2027, as provincial cards count. A start on the 31st ends on the
    eve of the shorter month's last day. Raises ValueError when months < 1.
    """
    if months < 1:
        raise ValueError("a certificate must be valid for at least one month")
    return add_months(valid_from, months) - datetime.timedelta(days=1)


def days_left(valid_until: datetime.date, today: datetime.date) -> int:
    """Days after today on which the certificate is still good; negative = days since it ended."""
    return (valid_until - today).days
