"""The 款 and 项 of an article's text, and the words that a citation points at."""

from lianbing.library.rules import places
from lianbing.library.rules.citations.references import Reference


def paragraphs_of(text: str) -> list[list[int]]:
    """The paragraphs (款) of an article's text, each as the numbers of its items (项)."""
    made = places.pieces(text)
    paragraphs: list[list[int]] = [[] for _number in range(max((p.paragraph for p in made), default=0))]
    for piece in made:
        if piece.item and not piece.subitem:
            paragraphs[piece.paragraph - 1].append(piece.item)
    return paragraphs


def quoted(text: str, reference: Reference) -> str:
    """The words a reference points at: its paragraphs with their items, else the whole article's text."""
    if not reference.paragraph:
        return text
    last = reference.paragraph
    if reference.to is not None and reference.to.article == (reference.number, reference.suffix):
        last = max(last, reference.to.paragraph)
    made = places.pieces(text)
    lines = [piece.text for piece in made if reference.paragraph <= piece.paragraph <= last]
    return "\n".join(lines) or text
