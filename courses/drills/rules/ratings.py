"""From an answer to what the scheduler is told. One stated rule for every kind of question.

Wrong, or only partly right: *again* (1). Right, but said to be guessed: *hard* (2). Right: *good* (3).
*Easy* (4) is never given: being right says that it was known, not that it was no effort. A guess that was
wrong is wrong. Source: the four ratings of FSRS; a half-known rule of law is not known in the street.
"""

from decimal import Decimal

AGAIN, HARD, GOOD = 1, 2, 3
WHOLE = Decimal(1)


def rating(*, share: Decimal, guessed: bool) -> int:
    """The rating, 1 to 3, of an answer of which `share` (0 to 1) was right."""
    if share < WHOLE:
        return AGAIN
    return HARD if guessed else GOOD
