"""What is due by the clock: what editions change is worked out, and told of when its day has come."""

import datetime

from lianbing.kit.due import job
from lianbing.library.services import drafting, effective


@job("effective")
def publish_drafts(at: datetime.datetime) -> int:
    """Publish approved law texts whose day to go live has come."""
    return drafting.publish_due(at=at)


@job("effective")
def work_out_changes(at: datetime.datetime) -> int:
    """Work out what changed in laws whose editions changed. Nothing came into effect by that: counts as 0."""
    effective.settle_waiting(at=at)
    return 0


@job("effective")
def announce_changes(at: datetime.datetime) -> int:
    """Tell of every amendment and repeal whose day has come."""
    return effective.announce(at=at)
