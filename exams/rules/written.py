"""Marking a written answer by its scoring points, and knowing two answers that say the same. Pure."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from question_bank.rules.shares import split

CENT = Decimal("0.01")
ZERO = Decimal(0)
FULL, HALF, NONE = "full", "half", ""
LEVELS = (NONE, HALF, FULL)
SHORT = 6


class BadMark(ValueError):
    """A mark no honest form sends. `code`: points_unknown, marks_missing, marks_range."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def point_values(points: Sequence[Mapping[str, str]], full: Decimal) -> list[Decimal]:
    """What each scoring point is worth here: their shares of `full`, in hundredths that add up to it."""
    return split(full, [Decimal(one["marks"]) for one in points]) if points else []


def met(points: Sequence[Mapping[str, str]], ticked: Mapping[str, Any], full: Decimal) -> Decimal:
    """The marks for the points ticked ({id: "full" or "half"}), never above `full`. Raises BadMark.

    Half of a point is rounded half up to hundredths.
    """
    if not set(ticked) <= {one["id"] for one in points} or not set(ticked.values()) <= set(LEVELS):
        raise BadMark("points_unknown")
    earned = ZERO
    for one, worth in zip(points, point_values(points, full), strict=True):
        level = ticked.get(one["id"], NONE)
        if level == FULL:
            earned += worth
        elif level == HALF:
            earned += (worth / 2).quantize(CENT, ROUND_HALF_UP)
    return min(full, earned)


def given(marks: Decimal | None, full: Decimal) -> Decimal:
    """The marks a marker wrote where there are no scoring points: hundredths from 0 to `full`. Raises BadMark."""
    if marks is None:
        raise BadMark("marks_missing")
    if not marks.is_finite() or not ZERO <= marks <= full or marks != marks.quantize(CENT):
        raise BadMark("marks_range")
    return marks


def _said(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


def fingerprint(text: str) -> str:
    """Equal for texts that differ only in spaces, punctuation, width and case."""
    return hashlib.sha256(_said(text).encode()).hexdigest()


def is_short(text: str) -> bool:
    """Whether a text says so little (不会, 略, 。) that equal ones may be marked together."""
    return len(_said(text)) <= SHORT
