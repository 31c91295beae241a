"""Which article of one edition goes on as which article of another, by wording and order, never by number alone.

The rule, in this order:

1. Likeness of two articles is the share of two-character sequences they have in common (Dice), a sequence counting
   the more the fewer articles of both editions hold it. Equal wording (punctuation width aside) is 1.
2. The backbone: of all pairs at least 0.24 alike, the chain that keeps the order and is most alike in sum. A pair
   that is much less alike (under 0.55 of it) than another pair of one of its articles is not considered, so that
   an article which moved away is not mistaken for its old neighbour's.
3. What is left over and at least 0.40 alike is paired too, the most alike first: it moved.
4. The rest was removed or added.

Only pairs that share rare sequences of four characters, or that stand in the same gap of the backbone or under the
same number, are compared in full: a code of a thousand articles takes about a second.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from lianbing.library.rules.diff_words import folded
from lianbing.library.rules.law_text import bare

IN_ORDER = 0.24
MOVED = 0.40
DOMINATED = 0.55
SHINGLE = 4
# A shingle in more articles than this tells nothing.
COMMON = 8
CANDIDATES = 6
WIDEST_GAP = 12

Pair = tuple[int, int]


def wording(text: str) -> str:
    """What counts when two articles are compared: no blanks, one width of punctuation."""
    return bare(folded(text))


@dataclass(frozen=True)
class Pairing:
    """`found`: old place -> new place of the articles that go on. `in_order`: the old places of those that keep
    the order of the others; the rest jumped."""

    found: dict[int, int]
    in_order: frozenset[int]


def pairs(old: Sequence[str], new: Sequence[str], labels: tuple[Sequence[str], Sequence[str]]) -> Pairing:
    """Which articles go on. `old` and `new` are wordings, `labels` the articles' numbers as written.

    `pairs(new, old)` is the same turned round.
    """
    if (tuple(old), tuple(labels[0])) > (tuple(new), tuple(labels[1])):
        turned = pairs(new, old, (labels[1], labels[0]))
        back = {i: j for j, i in turned.found.items()}
        return Pairing(back, frozenset(turned.found[j] for j in turned.in_order))
    likeness = _Likeness(old, new)
    likeness.add(_equal(old, new))
    likeness.add(_by_shingle(old, new))
    likeness.add(_by_label(labels))
    likeness.add(_in_gaps(_backbone(likeness.eligible()), len(old), len(new)))
    found = _backbone(likeness.eligible())
    _add_moved(found, likeness.scores)
    return Pairing(found, frozenset(_backbone([(pair, 1.0) for pair in found.items()])))


class _Likeness:
    """The likeness of the pairs that were worth comparing."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.scores: dict[Pair, float] = {}
        self._grams = [_grams(text) for text in old], [_grams(text) for text in new]
        held = Counter(gram for side in self._grams for grams in side for gram in grams)
        every = len(old) + len(new)
        self._weight = {gram: math.log(1 + every / count) for gram, count in held.items()}
        self._sums = [[self._sum(grams) for grams in side] for side in self._grams]

    def _sum(self, grams: Counter[str]) -> float:
        return sum(self._weight[gram] * count for gram, count in grams.items())

    def add(self, candidates: Iterable[Pair]) -> None:
        """Compare these pairs."""
        for pair in candidates:
            if pair not in self.scores:
                self.scores[pair] = self._score(*pair)

    def _score(self, i: int, j: int) -> float:
        if self.old[i] == self.new[j]:
            return 1.0
        whole = self._sums[0][i] + self._sums[1][j]
        if not whole:
            return 0.0
        shared = self._sum(self._grams[0][i] & self._grams[1][j])
        return min(2 * shared / whole, 0.999)

    def eligible(self) -> list[tuple[Pair, float]]:
        """Pairs for the backbone: alike enough, and not dwarfed by another pair of the same article."""
        best_old: dict[int, float] = defaultdict(float)
        best_new: dict[int, float] = defaultdict(float)
        for (i, j), score in self.scores.items():
            best_old[i] = max(best_old[i], score)
            best_new[j] = max(best_new[j], score)
        return [
            ((i, j), self._weighed(i, j, score))
            for (i, j), score in self.scores.items()
            if score >= IN_ORDER and score >= DOMINATED * max(best_old[i], best_new[j])
        ]

    def _weighed(self, i: int, j: int, score: float) -> float:
        """The likeness, with ties broken by the wording itself, so that the answer does not hang on chance."""
        return score + crc32((self.old[i] + self.new[j]).encode()) / 2**32 * 1e-6


def _grams(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1)) or Counter([text] if text else [])


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Equal wordings, the first with the first, the second with the second."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(new):
        places[text].append(j)
    seen: Counter[str] = Counter()
    for i, text in enumerate(old):
        if seen[text] < len(places.get(text, ())):
            yield i, places[text][seen[text]]
            seen[text] += 1


def _by_shingle(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """For every old article the new ones that share most rare shingles with it."""
    index: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(new):
        for shingle in _shingles(text):
            index[shingle].append(j)
    for i, text in enumerate(old):
        shared: Counter[int] = Counter()
        for shingle in _shingles(text):
            holders = index.get(shingle, ())
            if len(holders) <= COMMON:
                shared.update(holders)
        for j, _count in shared.most_common(CANDIDATES):
            yield i, j


def _shingles(text: str) -> set[str]:
    return {text[n : n + SHINGLE] for n in range(len(text) - SHINGLE + 1)} or {text}


def _by_label(labels: tuple[Sequence[str], Sequence[str]]) -> Iterator[Pair]:
    places = {label: j for j, label in reversed(list(enumerate(labels[1])))}
    return ((i, places[label]) for i, label in enumerate(labels[0]) if label in places)


def _backbone(weighed: Sequence[tuple[Pair, float]]) -> dict[int, int]:
    """The chain of pairs, rising on both sides, with the greatest sum of weights.

    By rising old place; `best[k]` is the heaviest chain that ends at new place `ends[k]`, both rising.
    """
    ends: list[int] = []
    best: list[float] = []
    last: list[int] = []
    before: dict[int, int] = {}
    ordered = sorted(weighed, key=lambda item: (item[0][0], -item[0][1]))
    for number, ((_i, j), weight) in enumerate(ordered):
        place = bisect_left(ends, j)
        total = weight + (best[place - 1] if place else 0.0)
        before[number] = last[place - 1] if place else -1
        if place < len(ends) and ends[place] == j and best[place] >= total:
            continue
        if place and best[place - 1] >= total:
            continue
        stop = place
        while stop < len(ends) and best[stop] <= total:
            stop += 1
        ends[place:stop], best[place:stop], last[place:stop] = [j], [total], [number]
    chain: dict[int, int] = {}
    number = last[-1] if last else -1
    while number >= 0:
        (i, j), _weight = ordered[number]
        chain[i] = j
        number = before[number]
    return chain


def _in_gaps(found: Mapping[int, int], old_count: int, new_count: int) -> Iterator[Pair]:
    """All pairs between two neighbours of the backbone, where the gap is not too wide."""
    i = j = 0
    for stop, other in [*sorted(found.items()), (old_count, new_count)]:
        if stop - i <= WIDEST_GAP and other - j <= WIDEST_GAP:
            yield from ((a, b) for a in range(i, stop) for b in range(j, other))
        i, j = stop + 1, other + 1


def _add_moved(found: dict[int, int], scores: Mapping[Pair, float]) -> None:
    """Pair what the backbone left over, the most alike first."""
    taken = set(found.values())
    ordered = sorted(scores.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]), item[0]))
    for (i, j), score in ordered:
        if score < MOVED:
            return
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
