"""The sets that come by themselves: which day they stand for, how many questions they hold."""

import datetime

QUESTION, DAILY, WEEKLY, MONTHLY = "question", "daily", "weekly", "monthly"
# Ten questions are ten minutes with their explanations.
SIZES = {QUESTION: 1, DAILY: 10, WEEKLY: 20, MONTHLY: 50}


def day_of_period(kind: str, on: datetime.date) -> datetime.date:
    """The day a set stands for: the day itself, the Monday of its week, the first of its month."""
    if kind == WEEKLY:
        return on - datetime.timedelta(days=on.weekday())
    return on.replace(day=1) if kind == MONTHLY else on
