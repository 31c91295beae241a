"""The only caller of the system clock.

Rules never ask for the time: the moment is an argument. Views and commands read it here once and
pass it down, so that everything decided in one request is decided at one moment.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_pinned: ContextVar[datetime.datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime.datetime:
    """The present moment, aware, in UTC."""
    return _pinned.get() or timezone.now()


def today() -> datetime.date:
    """The present date in the bureau's own time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def pinned(moment: datetime.datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` in this context. For tests and demo data only."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
