"""The sets that come by themselves: which day they stand for, how many questions they hold."""

import datetime

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
SIZES = {DAILY: 10, WEEKLY: 20, MONTHLY: 50}  # ten questions are ten minutes with their explanations


def day_of_period(kind: str, on: datetime.date) -> datetime.date:
    """The day a set stands for: the day itself, the Monday of its week, the first of its month."""
    if kind == WEEKLY:
        return on - datetime.timedelta(days=on.weekday())
    return on.replace(day=1) if kind == MONTHLY else on
