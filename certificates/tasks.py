"""What falls due by the clock in the register: missing signatures, warnings of certificates that end."""

import datetime

from django.core.cache import cache

from certificates.services.credentials import sign_missing
from certificates.services.warnings import warn_of_ends
from lianbing.kit.due import job

HOUR = 60 * 60


@job("effective")
def sign_certificates(at: datetime.datetime) -> int:
    """Sign certificates older than the keys, and those whose key was given up."""
    return sign_missing(at=at)


@job("notices")
def warn_holders(at: datetime.datetime) -> int:
    """Every hour warn of enforcement and training certificates that end, each step once."""
    return warn_of_ends(at=at) if cache.add("certificates:warnings", 1, HOUR) else 0
