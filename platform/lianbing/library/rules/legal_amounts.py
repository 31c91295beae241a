"""The fines that the words of an article threaten, to hold what a card says against them.

Only what is written plainly is read: 五十元以上五百元以下, 五千元以下, 一倍以上三倍以下, 一百元的标准. What is
not found says nothing about the law; it is worth a second look and no more.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from lianbing.library.rules.numerals import NumeralError, to_int
from lianbing.library.rules.penalties import Bound, amount_words

_N = r"([零〇一二两三四五六七八九十百千万\d]{1,12})"
_SPAN = re.compile(rf"{_N}(元|倍)以上(?:不满)?{_N}(?:元|倍)(?:以下)?")
_UP_TO = re.compile(rf"{_N}(元|倍)以下")
_FLAT = re.compile(rf"{_N}(元|倍)(?:的标准|的罚款|罚款)")
Amounts = tuple[Decimal, Decimal, str]


def _amount(text: str) -> Decimal:
    """二十万 = 200000. Raises NumeralError."""
    high, ten_thousand, low = text.rpartition("万")
    whole = Decimal(to_int(high)) * 10_000 if ten_thousand else Decimal(0)
    return whole + (to_int(low) if low else 0)


def fines_in(text: str) -> list[Amounts]:
    """(least, most, 元 or 倍) of each fine an article names, in order; 500元以下 begins at 0."""
    found: dict[Amounts, None] = {}
    rest = text
    for pattern in (_SPAN, _UP_TO, _FLAT):
        for match in pattern.finditer(rest):
            try:
                amounts = [_amount(part) for part in match.groups() if part not in {"元", "倍"}]
            except NumeralError:
                continue
            low = Decimal(0) if pattern is _UP_TO else amounts[0]
            found[low, amounts[-1], match.group(2)] = None
        rest = pattern.sub(lambda match: "　" * len(match.group()), rest)
    return list(found)


def not_in_law(bounds: Sequence[Bound], articles: Iterable[str]) -> list[Bound]:
    """The bounds whose amounts none of these articles names; none where no article names any."""
    named = {fine for text in articles for fine in fines_in(text)}
    if not named:
        return []
    return [
        bound
        for bound in bounds
        if bound.fine and (bound.fine.low, bound.fine.high, bound.fine.unit.partition("/")[0]) not in named
    ]


def amounts_words(fine: Amounts) -> str:
    """50-500元."""
    low, high, unit = fine
    if low == high:
        return f"{amount_words(low)}{unit}"
    return f"{amount_words(low)}-{amount_words(high)}{unit}" if low else f"{amount_words(high)}{unit}以下"
