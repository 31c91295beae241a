"""What is due by the clock: attempts whose time is over are handed in, browser open or not."""

import datetime

from exams.services import submission
from lianbing.kit.due import job


@job("submitted")
def close_overdue(at: datetime.datetime) -> int:
    """Hand in every attempt past its deadline and grace."""
    return submission.close_overdue(at=at)
