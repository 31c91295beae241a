"""What is due by the clock in contests."""

import datetime

from exams.contests.services import timeouts
from lianbing.kit.due import job


@job("effective")
def close_turns(at: datetime.datetime) -> int:
    """Close the turns whose time is up; rooms with somebody in them do it to the second."""
    return timeouts.close_due(at=at)
