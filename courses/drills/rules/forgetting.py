"""How a memory fades and grows: the formulas of FSRS 6, as plain numbers.

Source: the `fsrs` package (its default parameters and its `Scheduler`). The package moves one card at a
time through datetimes; a plan weighs hundreds of questions for thousands of officers, so the same
formulas stand here without the objects. A test holds the two equal.

Stability is in days (after so many days recall has fallen to 90 %), difficulty runs from 1 to 10, recall
from 0 to 1.
"""

import math

from fsrs.scheduler import DEFAULT_PARAMETERS as W

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
LEAST_STABILITY = 0.001


def recall(stability: float, days: float) -> float:
    """The chance, 0 to 1, that a question last seen `days` ago is still known."""
    return float((1 + FACTOR * max(days, 0.0) / stability) ** DECAY)


def days_until(stability: float, wanted: float) -> float:
    """After how many days recall falls to `wanted` (0 < wanted < 1)."""
    return float(stability / FACTOR * (wanted ** (1 / DECAY) - 1))


def first_stability(rating: int) -> float:
    """Stability, in days, after the very first answer."""
    return float(max(W[rating - 1], LEAST_STABILITY))


def first_difficulty(rating: int) -> float:
    """Difficulty, 1 to 10, after the very first answer."""
    return float(min(max(W[4] - math.exp(W[5] * (rating - 1)) + 1, 1.0), 10.0))


def next_difficulty(difficulty: float, rating: int) -> float:
    """Difficulty, 1 to 10, after one more answer."""
    easy = W[4] - math.exp(W[5] * (EASY - 1)) + 1
    moved = difficulty + (10.0 - difficulty) * -W[6] * (rating - 3) / 9.0
    return float(min(max(W[7] * easy + (1 - W[7]) * moved, 1.0), 10.0))


def stability_if_known(stability: float, difficulty: float, known: float, rating: int = GOOD) -> float:
    """Stability after a right answer given when recall was `known`."""
    change = W[15] if rating == HARD else W[16] if rating == EASY else 1.0
    grown = math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * math.expm1((1 - known) * W[10])
    return float(max(stability * (1 + grown * change), LEAST_STABILITY))


def stability_if_forgotten(stability: float, difficulty: float, known: float) -> float:
    """Stability after a wrong answer given when recall was `known`."""
    left = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * math.exp((1 - known) * W[14])
    return float(max(min(left, stability / math.exp(W[17] * W[18])), LEAST_STABILITY))
