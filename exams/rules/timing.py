"""Time in an exam: the server's clock alone, passed in as `at`."""

import datetime


def effective_deadline(
    *,
    started_at: datetime.datetime,
    duration_minutes: int,
    closes_at: datetime.datetime,
    extra_seconds: int = 0,
) -> datetime.datetime:
    """When an attempt ends: min(start + duration, closing) + extra time granted."""
    end = min(started_at + datetime.timedelta(minutes=duration_minutes), closes_at)
    return end + datetime.timedelta(seconds=extra_seconds)


def accepts_until(deadline: datetime.datetime, grace_seconds: int) -> datetime.datetime:
    """The last moment at which an answer on its way is still taken."""
    return deadline + datetime.timedelta(seconds=grace_seconds)


def is_over(deadline: datetime.datetime, grace_seconds: int, at: datetime.datetime) -> bool:
    """Whether the attempt has ended for good at `at` (the grace itself is still inside)."""
    return at > accepts_until(deadline, grace_seconds)


def remaining_ms(deadline: datetime.datetime, at: datetime.datetime) -> int:
    """Milliseconds until the deadline, never below 0. The grace is not shown as time to work."""
    return max(0, int((deadline - at).total_seconds() * 1000))
