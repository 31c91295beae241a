"""How well somebody masters a question, and a list of questions: predicted recall, as a number from 0 to 1."""

import datetime
from collections.abc import Iterable

from courses.drills.rules import forgetting
from courses.drills.rules.memory import LEARNT

MASTERED = 0.85  # from here on a question is shown as mastered
DAY = 86_400
FAR = 36_500  # days; beyond it no date need be told apart


def of_question(*, stability: float, state: int, last_at: datetime.datetime, now: datetime.datetime) -> float:
    """Predicted recall, a day after the last answer at the earliest.

    0 while the last answers were wrong or guessed: who has just read the right answer would recall it for
    an hour, and that is not mastery.
    """
    if state != LEARNT:
        return 0.0
    return forgetting.recall(stability, max((now - last_at).total_seconds() / DAY, 1.0))


def mastered_until(*, stability: float, state: int, last_at: datetime.datetime) -> datetime.datetime | None:
    """The moment to which a question stays mastered without practice; None when it is not mastered.

    The counterpart of `of_question`: mastered at a moment is the same as not yet past this one.
    """
    days = forgetting.days_until(stability, MASTERED) if state == LEARNT else 0.0
    if days < 1.0:
        return None
    return last_at + datetime.timedelta(days=min(days, FAR))


def of_list(masteries: Iterable[float], *, size: int) -> float:
    """Mastery of `size` questions, those never answered counting 0; 0 for an empty list."""
    return sum(masteries) / size if size else 0.0


def is_mastered(mastery: float) -> bool:
    """Whether a question is shown as mastered."""
    return mastery >= MASTERED
