"""What stands in the annual data book: its figures, and those that follow from others.

S0 L17 asks for a year told in figures (用具体数据反映). Every figure is counted by unit and year; a share is
worked out from counted figures alone, so that anybody can do it again from the table.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

# Section -> its figures, in the order of the book.
SECTIONS: dict[str, tuple[str, ...]] = {
    "people": ("officers", "auxiliaries", "civilians"),
    "register": ("holders", "on_duty", "duty_share"),
    "training": ("classes", "trainees", "completed", "sessions", "presences"),
    "hours": ("hours", "hours_per_head", "trained", "coverage"),
    "exams": ("sittings", "invited", "sat", "passed", "sit_rate", "pass_rate", "mean"),
    "certificates": ("issued", "revoked"),
    "contests": ("matches", "players"),
    "stars": ("star_5", "star_4", "star_3", "star_2", "star_1"),
}
# Share -> what is divided by what, and the factor: 100 = per cent.
SHARES: dict[str, tuple[str, str, int]] = {
    "duty_share": ("on_duty", "officers", 100),
    "hours_per_head": ("hours", "staff", 1),
    "coverage": ("trained", "staff", 100),
    "sit_rate": ("sat", "invited", 100),
    "pass_rate": ("passed", "sat", 100),
    "mean": ("percent_sum", "sat", 1),
}
TREND = ("hours_per_head", "coverage", "pass_rate", "mean")
_PLACES = Decimal("0.1")

Counted = Mapping[str, Decimal]


def shares(counted: Counted) -> dict[str, Decimal | None]:
    """The shares of one row, to one place, halves up; None where nothing is there to divide by.

    `counted` holds the counted figures of the row, with `percent_sum`, the sum of the results in per cent.
    """
    staff = counted["officers"] + counted["auxiliaries"] + counted["civilians"]
    known = {**counted, "staff": staff}
    return {name: _share(known[part], known[whole], factor) for name, (part, whole, factor) in SHARES.items()}


def _share(part: Decimal, whole: Decimal, factor: int) -> Decimal | None:
    if not whole:
        return None
    return (part * factor / whole).quantize(_PLACES, ROUND_HALF_UP)
