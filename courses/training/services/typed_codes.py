"""A brake on guessing: so many codes that do not count, then a minute's pause."""

from django.core.cache import cache

MOST = 5
PAUSE = 60


def _key(officer_id: int | None) -> str:
    return f"training:wrong-codes:{officer_id}"


def is_braked(officer_id: int | None) -> bool:
    """Whether this person has to wait before another code is looked at."""
    return int(cache.get(_key(officer_id), 0)) >= MOST


def count_wrong(officer_id: int | None) -> None:
    """Remember one code that did not count, for a minute after the first."""
    if not cache.add(_key(officer_id), 1, PAUSE):
        try:
            cache.incr(_key(officer_id))
        except ValueError:  # it lapsed between the two
            cache.set(_key(officer_id), 1, PAUSE)
