"""What decides about external training as it is entered. Plain Python."""

import datetime
from decimal import Decimal

LONGEST_DAYS = 366
MINUTES_A_DAY = 600
HALF = Decimal("0.5")


def faults(
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    days: Decimal | None,
    minutes: int | None,
    today: datetime.date,
) -> list[tuple[str, str]]:
    """(field, code) of everything that cannot be: order, future, long, neither, halves, days, minutes.

    Training that is not over is not entered yet. Days are whole or half, at most the days of the course;
    minutes at most ten hours a day.
    """
    found: list[tuple[str, str]] = []
    if ends_on < starts_on:
        return [("ends_on", "order")]
    span = (ends_on - starts_on).days + 1
    if ends_on > today:
        found.append(("ends_on", "future"))
    if span > LONGEST_DAYS:
        found.append(("ends_on", "long"))
    if days is None and minutes is None:
        found.append(("days", "neither"))
    if days is not None and days % HALF:
        found.append(("days", "halves"))
    if days is not None and not 0 < days <= span:
        found.append(("days", "days"))
    if minutes is not None and not 0 < minutes <= span * MINUTES_A_DAY:
        found.append(("minutes", "minutes"))
    return found
