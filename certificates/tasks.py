"""What falls due by the clock in the register: signatures that are still missing."""

import datetime

from certificates.services.credentials import sign_missing
from lianbing.kit.due import job


@job("effective")
def sign_certificates(at: datetime.datetime) -> int:
    """Sign certificates older than the keys, and those whose key was given up."""
    return sign_missing(at=at)
