"""What the people app does by the clock."""

import datetime

from lianbing.kit.due import job
from lianbing.people.services.officers import close_departed


@job("effective")
def departures(at: datetime.datetime) -> int:
    """Close the accounts of people whose day of leaving has come."""
    return close_departed(at)
