"""A panel of judges: from their points to a team's."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def panel_score(given: Iterable[Decimal], trim_from: int) -> Decimal:
    """The mean of the judges' points, to 0.01, half up; 0 where nobody scored.

    From `trim_from` judges on (at least 3; 0 = never) one highest and one lowest are left out.
    """
    points = sorted(given)
    if trim_from and len(points) >= max(3, trim_from):
        points = points[1:-1]
    if not points:
        return Decimal(0)
    return (sum(points, Decimal(0)) / len(points)).quantize(CENT, ROUND_HALF_UP)
