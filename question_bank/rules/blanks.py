"""Filled-in answers: which two texts say the same, and which blanks of a stem are right.

Two texts say the same when their normal forms are equal. In this order:
1. full and half width, letter case and compatibility characters alike (NFKC, casefold);
2. spaces go; between two figures they become a comma, so that 5 10 is not 510;
3. numbers in digits: 二十 = 20 = ２０, 百分之五 = 5%, 五点五 = 5.5, 5万 = 50,000 = 50000, 5.0 = 5;
   a unit is part of the text: 五日 = 5日, but not 5;
4. punctuation and quotation marks go (《》“”（）、。); between two figures only . : - / stay what they
   are and any other becomes a comma.
Nothing else is alike: 一千 is not 一百, 以上 is not 以下, 天 is not 日. Synonyms are the author's to list.
"""

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence

from question_bank.rules import numbers

ANSWER_LIMIT = 200
ACCEPTED_LIMIT = 20
BLANKS_LIMIT = 20
MARKER = re.compile(r"\{\{([0-9]{1,3})\}\}")
_DRAWN = re.compile(r"[_＿]{2,}|[（(][ \u3000]*[)）]|\[ *\]")
_FIGURE = f"[{numbers.NUMERALS}]"
_GAP = re.compile(rf"(?<={_FIGURE})\s+(?={_FIGURE})")
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"[~～\u2010-\u2015\u2212]+")
_DROPPED = "、,;。!?\"'`´·…《》〈〉「」『』【】〔〕()[]{}“”‘’_<>"
_INNER = re.compile(rf"(?<=\d)[{re.escape(_DROPPED)}]+(?=\d)")
_LOOSE = re.compile(r"(?<!\d)[.:]|[.:](?!\d)")
_MARKS = re.compile(rf"[{re.escape(_DROPPED)}]+")
_HELD = "\x1f"


def normal(text: str) -> str:
    """The text as it is compared. Punctuation alone (an answer like 、) is kept as it is."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().replace("\u2044", "/")
    spaced = _SPACE.sub("", _GAP.sub(",", plain))
    counted = numbers.in_digits(_LOOSE.sub("", _DASH.sub("-", spaced)))
    held = _INNER.sub(_HELD, counted)
    bare = _LOOSE.sub("", _MARKS.sub("", held)).replace(_HELD, ",")
    return bare or spaced


def numbered(stem: str) -> str:
    """The stem with its drawn blanks (____ or empty brackets) as {{1}}, {{2}} ... in their order.

    A stem that holds such numbers already stays as it is.
    """
    if MARKER.search(stem):
        return stem
    numbers = itertools.count(1)
    return _DRAWN.sub(lambda _found: f"{{{{{next(numbers)}}}}}", stem)


def pieces(stem: str) -> list[str | int]:
    """The stem cut at its markers: texts, and the numbers of blanks (from 1)."""
    cut = MARKER.split(stem)
    return [int(one) if place % 2 else one for place, one in enumerate(cut) if place % 2 or one]


def right_ones(
    accepted: Mapping[str, Sequence[str]], sets: Sequence[Sequence[str]], given: Mapping[str, str]
) -> set[str]:
    """The ids of the blanks filled rightly. In a set the answers may come in any order, each only once."""
    alike = {one: {normal(text) for text in texts} for one, texts in accepted.items()}
    said = {one: normal(text) for one, text in given.items()}
    grouped = {one for group in sets for one in group}
    right = {one for one, text in said.items() if one not in grouped and text in alike.get(one, ())}
    for group in sets:
        right |= _matched(group, alike, said)
    return right


def _matched(group: Sequence[str], alike: Mapping[str, set[str]], said: Mapping[str, str]) -> set[str]:
    """The filled blanks of a set that get an expected answer each: a greatest matching, by augmenting paths."""
    taken: dict[str, str] = {}

    def place(blank: str, tried: set[str]) -> bool:
        for target in group:
            if target in tried or said[blank] not in alike.get(target, ()):
                continue
            tried.add(target)
            if target not in taken or place(taken[target], tried):
                taken[target] = blank
                return True
        return False

    return {blank for blank in group if blank in said and place(blank, set())} & set(taken.values())
