"""How alike two questions are, and finding the likes of one among ten thousand without comparing all.

A question is the set of its character trigrams (Broder 1997, "On the resemblance and containment of
documents"); likeness is the Jaccard coefficient of two sets. Candidates are found by min-hashing in one
pass (Li, Owen, Zhang 2012, one permutation hashing) cut into bands: two questions that are 0.7 alike share
a band with probability 1 - (1 - 0.7^3)^12 = 0.99, two that have nothing in common hardly ever. Candidates
are then compared exactly.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable

SIZE = 3
BANDS = 12
ROWS = 3
BINS = BANDS * ROWS
ALIKE = 0.7
_EMPTY = -1
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_SIGN = 1 << 63
_NOISE = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The characters that count: widths alike, small letters, no punctuation, spaces or blanks to fill."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """The hashed trigrams of these texts, none across two of them; a shorter text is one shingle."""
    found: set[int] = set()
    for text in texts:
        bare = plain(text)
        if bare:
            pieces = {bare[i : i + SIZE] for i in range(max(1, len(bare) - SIZE + 1))}
            found.update(_hash(piece) for piece in pieces)
    return frozenset(found)


def _hash(piece: str) -> int:
    """The same 64 bits on every machine and version."""
    mixed = (zlib.crc32(piece.encode()) * _MIX) & _MASK
    return mixed ^ (mixed >> 29)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """From 0 (nothing in common) to 1 (the same shingles). Two empty sets are not alike."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def band_keys(found: frozenset[int]) -> list[int]:
    """One signed 64-bit key for each band; questions that share a key are candidates. [] for an empty set."""
    if not found:
        return []
    smallest = [_EMPTY] * BINS
    for one in found:
        place, value = one % BINS, one // BINS
        if smallest[place] == _EMPTY or value < smallest[place]:
            smallest[place] = value
    full = []
    for place in range(BINS):
        step = 0
        while smallest[(place + step) % BINS] == _EMPTY:
            step += 1
        # An empty bin borrows from the next full one, told apart by the distance.
        full.append(smallest[(place + step) % BINS] + step)
    return [_band(band, full[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _band(number: int, values: list[int]) -> int:
    key = number + 1
    for value in values:
        key = ((key ^ value) * _MIX) & _MASK
        key ^= key >> 31
    return key - (1 << 64) if key & _SIGN else key


def asked_texts(content: object) -> list[str]:
    """The texts of a question's stored content that ask something: stems, options, parts. Ids are left out."""
    if isinstance(content, dict):
        own = [content[name] for name in ("stem", "text") if isinstance(content.get(name), str)]
        return own + [text for value in content.values() for text in asked_texts(value)]
    if isinstance(content, list):
        return [text for value in content for text in asked_texts(value)]
    return []
