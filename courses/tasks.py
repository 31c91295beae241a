"""What falls due by the clock in courses."""

import datetime

from courses.services import tasks
from lianbing.kit.due import job


@job("effective")
def learning_tasks(at: datetime.datetime) -> int:
    """Work out everybody's learning tasks on a new day and when a path or list was published or withdrawn."""
    return tasks.settle_due(at=at)
