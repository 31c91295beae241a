"""What falls due by the clock in courses."""

import datetime

from courses.services import duties, tasks
from lianbing.kit.due import job


@job("effective")
def learning_tasks(at: datetime.datetime) -> int:
    """Work out everybody's learning tasks on a new day and when a path or list was published or withdrawn."""
    return tasks.settle_due(at=at)


@job("effective")
def duties_of_the_departed(at: datetime.datetime) -> int:
    """End the duties of people whose last day has come: the news of it came when it was put down."""
    return duties.end_departed(None, at)
