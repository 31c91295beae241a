"""Whether two texts of a law have the same words: the same articles but for the width of punctuation."""

import hashlib
import unicodedata
from collections.abc import Iterable

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


def folded(text: str) -> str:
    """The words of a text without blanks, in one width: for comparing, never for showing."""
    return unicodedata.normalize("NFKC", text).translate(ONE_WAY)


def fingerprint(articles: Iterable[tuple[int, int, str]]) -> str:
    """The same for two texts whose articles (number, suffix, text) have the same words, and for no others."""
    digest = hashlib.sha256()
    for number, suffix, text in articles:
        digest.update(f"{number}.{suffix}:{folded(text)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
