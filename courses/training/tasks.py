"""What falls due by the clock in training."""

import datetime

from courses.training.services import classes, departures
from lianbing.kit.due import job


@job("effective")
def run_classes(at: datetime.datetime) -> int:
    """Let announced classes run from their first day on."""
    return classes.start_due(at=at)


@job("effective")
def departed_trainees(at: datetime.datetime) -> int:
    """Take those who leave the service out of classes that begin after that, also who was enrolled since."""
    return departures.take_out(officers=None, at=at)
