"""The 款 and 项 of an article's text, and the words that a citation points at."""

import re

from lianbing.library.rules.citations.references import Reference
from lianbing.library.rules.numerals import NUMERAL_CHARACTERS, NumeralError, to_int

ITEM = re.compile(rf"\s*[（(]\s*(?P<item>[{NUMERAL_CHARACTERS}]{{1,6}})\s*[）)]")


def paragraphs_of(text: str) -> list[list[int]]:
    """The paragraphs (款) of an article's text, each as the numbers of its items (项)."""
    paragraphs: list[list[int]] = []
    for line in text.split("\n"):
        match = ITEM.match(line)
        if match and paragraphs:
            try:
                paragraphs[-1].append(to_int(match.group("item")))
            except NumeralError:
                continue
        else:
            paragraphs.append([])
    return paragraphs


def quoted(text: str, reference: Reference) -> str:
    """The words a reference points at: the paragraphs with their items, else the whole article's text."""
    if not reference.paragraph:
        return text
    pieces: list[list[str]] = []
    for line in text.split("\n"):
        if ITEM.match(line) and pieces:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    if reference.paragraph > len(pieces):
        return text
    last = reference.paragraph
    if reference.to is not None and reference.to.article == (reference.number, reference.suffix):
        last = max(last, reference.to.paragraph)
    return "\n".join(line for piece in pieces[reference.paragraph - 1 : last] for line in piece)
