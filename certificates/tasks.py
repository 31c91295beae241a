"""What falls due by the clock in the register: missing signatures, warnings of ends, proposals after change exams."""

import datetime

from django.core.cache import cache

from certificates.services import proposals
from certificates.services.credentials import sign_missing
from certificates.services.warnings import warn_of_ends
from lianbing.kit.due import job

HOUR = 60 * 60
MINUTE = 60


@job("effective")
def sign_certificates(at: datetime.datetime) -> int:
    """Every minute look for certificates older than the keys, or whose key was given up; at every turn while there are any."""
    if not cache.add("certificates:signing", 1, MINUTE):
        return 0
    signed = sign_missing(at=at)
    if signed:
        cache.delete("certificates:signing")
    return signed


@job("notices")
def warn_holders(at: datetime.datetime) -> int:
    """Every hour warn of enforcement and training certificates that end, each step once."""
    return warn_of_ends(at=at) if cache.add("certificates:warnings", 1, HOUR) else 0


@job("notices")
def propose_after_change_exams(at: datetime.datetime) -> int:
    """What no news announces: a day that passed, hours of remedial training, a corrected mark."""
    return proposals.review(at=at) if cache.add("certificates:proposals", 1, MINUTE) else 0
