"""One place for rounding. Whatever is shown is rounded, half up, to two places; the next step starts from it.

So anybody can do the sum again by hand from the figures on the page, and gets the same result to the cent.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("99999.99")
# Wide enough that no step before the rounding loses a digit that could turn a half.
EXACT = Context(prec=50, rounding=ROUND_HALF_UP)


def rounded(value: Decimal) -> Decimal:
    """`value` to two places, half up (away from zero): 2.345 -> 2.35, -2.345 -> -2.35. Never minus zero."""
    return EXACT.quantize(value, CENT) or ZERO


def share(value: Decimal, of: Decimal, times: Decimal) -> Decimal:
    """`value / of * times`, rounded once. `of` must not be zero."""
    return EXACT.quantize(EXACT.divide(EXACT.multiply(value, times), of), CENT) or ZERO


def plain(value: Decimal) -> str:
    """The number as people write it: 14.00 -> "14", 0.50 -> "0.5"."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
