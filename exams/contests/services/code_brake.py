"""A brake on guessing codes: so many wrong ones from an address, then no code counts until the minute is over."""

import datetime

from django.core.cache import cache

from exams.contests.rules.seats import MOST_WRONG_CODES


def _key(address: str, at: datetime.datetime) -> str:
    return f"contests:wrong-codes:{address}:{int(at.timestamp()) // 60}"


def is_braked(address: str, at: datetime.datetime) -> bool:
    """Whether this address has to wait before another code is looked at."""
    return int(cache.get(_key(address, at), 0)) >= MOST_WRONG_CODES


def count_wrong(address: str, at: datetime.datetime) -> None:
    """Remember one wrong code of this address."""
    key = _key(address, at)
    cache.add(key, 0, timeout=120)
    try:
        cache.incr(key)
    except ValueError:  # it was evicted between the two
        cache.set(key, 1, timeout=120)
