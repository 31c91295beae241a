"""Dividing the marks of a question among its parts, to the last hundredth."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

_CENT = Decimal("0.01")
_WEIGHT = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?")


def weight(raw: object) -> Decimal | None:
    """A share as stored ("1", "0.5"), or None when it is no decimal text above 0 and below 10,000."""
    if not isinstance(raw, str) or not _WEIGHT.fullmatch(raw):
        return None
    return Decimal(raw) or None


def split(marks: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`marks` divided in the ratio of `weights`, in hundredths, so that the sum is exactly `marks`.

    The running sums are rounded, not the parts: 10 in three equal parts is 3.33, 3.34, 3.33.
    """
    whole = sum(weights, Decimal(0))
    ends = [Decimal(0)]
    run = Decimal(0)
    for one in weights:
        run += one
        ends.append((marks * run / whole).quantize(_CENT, ROUND_HALF_UP))
    ends[-1] = marks
    return [end - start for start, end in pairwise(ends)]
