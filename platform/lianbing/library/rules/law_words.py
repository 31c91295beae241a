"""Whether two texts of a law have the same words: the same articles but for the width of punctuation."""

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from lianbing.library.rules import law_text

# What publishers set in different ways without meaning anything by it. Widths are folded before.
ONE_WAY = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "「": '"',
        "」": '"',
        "〈": "《",
        "〉": "》",
        "<": "《",
        ">": "》",
    }
    | {"—": "-", "–": "-", "―": "-", "‐": "-", "−": "-", "·": ".", "•": ".", "・": ".", "〔": "(", "〕": ")"}
    | {"[": "(", "]": ")", "〇": "零", "○": "零", "*": ""}
    | dict.fromkeys(law_text.BLANK, "")
)


# How much of two texts is shown where they part: before that place and in all.
BEFORE, EXCERPT = 8, 24
Worded = tuple[int, int, str]


class Difference(NamedTuple):
    """The first article that has other words, and the words around the place; "" where one has no such article."""

    number: int
    suffix: int
    old: str
    new: str


def folded(text: str) -> str:
    """The words of a text without blanks, in one width: for comparing, never for showing."""
    return unicodedata.normalize("NFKC", text).translate(ONE_WAY)


def fingerprint(articles: Iterable[tuple[int, int, str]]) -> str:
    """The same for two texts whose articles (number, suffix, text) have the same words, and for no others."""
    digest = hashlib.sha256()
    for number, suffix, text in articles:
        digest.update(f"{number}.{suffix}:{folded(text)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def first_difference(old: Iterable[Worded], new: Iterable[Worded]) -> Difference | None:
    """Where two texts (articles as number, suffix, text) first have other words; None where nowhere.

    An article that only one of them has counts. For a text that has a number twice, both are compared.
    """
    before, after = _by_number(old), _by_number(new)
    for key in [*before, *(key for key in after if key not in before)]:
        there, here = before.get(key, ""), after.get(key, "")
        if folded(there) != folded(here):
            return Difference(*key, *_excerpts(there, here))
    return None


def _by_number(articles: Iterable[Worded]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for number, suffix, text in articles:
        found[number, suffix] = f"{found.get((number, suffix), '')} {text}".strip()
    return found


def _excerpts(there: str, here: str) -> tuple[str, str]:
    same = next(
        (n for n, (a, b) in enumerate(zip(there, here, strict=False)) if a != b), min(len(there), len(here))
    )
    place = max(0, same - BEFORE)
    return there[place : place + EXCERPT], here[place : place + EXCERPT]
