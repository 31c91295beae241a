"""What drills do by themselves when it is due."""

import datetime

from django.utils import timezone

from courses.drills.queries.sets import waiting_for_a_set
from courses.drills.services.sets import prepare_daily
from lianbing.kit.due import job

DAWN = 4  # the hour of the day at which nobody waits for the server
LATELY_DAYS = 14


@job("notices")
def prepare_sets(at: datetime.datetime) -> int:
    """Before the day begins, make today's sets of whoever practised lately; others get theirs when they open it."""
    now = timezone.localtime(at)
    if now.hour != DAWN:
        return 0
    officers = waiting_for_a_set(now.date(), days=LATELY_DAYS)
    return prepare_daily(officers=officers, at=at) if officers else 0
