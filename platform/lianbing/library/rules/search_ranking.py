"""How well a text answers some words: the same on every database, and small enough to say in a sentence.

A word counts more the oftener it stands there and when the text begins with it, a short text more than a
long one, words close together more than far apart, a synonym a little less than the word itself.
"""

import math
from collections.abc import Sequence

from lianbing.kit import bigrams

BEGINNING, CLOSE, MOST = 24, 40, 4
SYNONYM = 0.8
Word = tuple[str, ...]


def places(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where any variant of any word stands in a text: (from, to), in order, overlapping ones joined."""
    folded = bigrams.fold(text)
    found: list[tuple[int, int]] = []
    for variant in {variant for word in words for variant in word}:
        start = _find(folded, variant, 0)
        while start >= 0:
            found.append((start, start + len(variant)))
            start = _find(folded, variant, start + len(variant))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _find(folded: str, word: str, start: int) -> int:
    """Where a word stands from `start` on, -1 for nowhere. 42 does not stand in 142, nor pm in rpm."""
    while (place := folded.find(word, start)) >= 0:
        before, after = folded[place - 1 : place], folded[place + len(word) : place + len(word) + 1]
        if not _same_run(before, word[0]) and not _same_run(word[-1], after):
            return place
        start = place + 1
    return -1


def _same_run(one: str, other: str) -> bool:
    return all(char and char.isalnum() and not bigrams.is_han(char) for char in (one, other))


def holds(text: str, word: Word) -> bool:
    """Whether any variant of a word stands in a text."""
    folded = bigrams.fold(text)
    return any(_find(folded, variant, 0) >= 0 for variant in word)


def score(text: str, words: Sequence[Word]) -> float:
    """How well the text of an article answers the words; 0 where none stands in it."""
    folded = bigrams.fold(text)
    total, first_places = 0.0, []
    for word in words:
        best = max(
            (_one(folded, variant) * (SYNONYM if n else 1.0) for n, variant in enumerate(word)), default=0
        )
        total += best
        first_places += [place for variant in word if (place := _find(folded, variant, 0)) >= 0][:1]
    if len(first_places) > 1 and max(first_places) - min(first_places) <= CLOSE:
        total += 1.0
    return total * (150 / (100 + len(folded))) ** 0.2


def _one(folded: str, variant: str) -> float:
    place = _find(folded, variant, 0)
    if place < 0:
        return 0.0
    early = 0.8 if place < BEGINNING else 0.0
    return 1.0 + math.log2(min(folded.count(variant), MOST) or 1) * 0.5 + early
