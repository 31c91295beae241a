"""What falls due by the clock in training."""

import datetime

from courses.training.services import classes
from lianbing.kit.due import job


@job("effective")
def run_classes(at: datetime.datetime) -> int:
    """Let announced classes run from their first day on."""
    return classes.start_due(at=at)
