"""Change-training as plain rules: whom a change concerns, when its test is passed, how a task stands."""

import datetime
from collections.abc import Iterable

DAYS = 14  # from the day a change is told until its test is due
ASKED = 5  # questions of the short test, at most
PASS = 80  # percent right and not guessed
PASSED, FAILED, OVERDUE, OPEN, WITHDRAWN = "passed", "failed", "overdue", "open", "withdrawn"


def concerned(hits: Iterable[int | None]) -> list[int] | None:
    """The posts a change concerns: [] = every post (None among the hits), None = nobody."""
    found = set(hits)
    if not found:
        return None
    return [] if None in found else sorted(post for post in found if post is not None)


def passes(*, right: int, asked: int) -> bool:
    """Whether so many right answers, guesses not counted, pass the short test. Nothing asked passes nothing."""
    return asked > 0 and right * 100 >= asked * PASS


def state(
    *,
    passed: bool,
    failed: bool,
    withdrawn: bool,
    due_on: datetime.date,
    today: datetime.date,
) -> str:
    """How a task stands: passed for good; else withdrawn; else failed; else overdue from the day after; else open."""
    if passed:
        return PASSED
    if withdrawn:
        return WITHDRAWN
    if failed:
        return FAILED
    return OVERDUE if today > due_on else OPEN
