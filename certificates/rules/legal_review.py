"""Whether somebody who reviews decisions must hold the national legal profession qualification.

行政处罚法 (2021) art. 58 (before: art. 38 as amended with effect from 1 January 2018): whoever reviews
decisions on penalties for the first time must have obtained the qualification. Who did so before that day is
not bound by it.
"""

import datetime
from enum import StrEnum

LAW = "《中华人民共和国行政处罚法》第五十八条"
SINCE = datetime.date(2018, 1, 1)


class Standing(StrEnum):
    """How a legal reviewer stands to art. 58."""

    QUALIFIED = "qualified"
    EARLIER = "earlier"  # reviewed before the rule came into force
    LACKING = "lacking"


def standing(*, reviews_since: datetime.date, qualified: bool) -> Standing:
    """How somebody stands who has reviewed decisions since a day and has, or has not, the qualification."""
    if qualified:
        return Standing.QUALIFIED
    return Standing.EARLIER if reviews_since < SINCE else Standing.LACKING
