"""Two editions against each other, article by article: same, changed, moved, added, removed.

Which article goes on as which is decided in `diff_pairs`, the words inside one in `diff_words`. A pair whose number
differs, or that left the order of the others, is moved, whether or not its words changed too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from lianbing.library.rules import diff_words
from lianbing.library.rules.diff_pairs import pairs, wording
from lianbing.library.rules.diff_words import Run


class Fate(StrEnum):
    """What became of an article."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class Piece(Protocol):
    """An article, stored or just parsed."""

    @property
    def label(self) -> str: ...

    @property
    def anchor(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Side:
    """One article on one side of the comparison."""

    label: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Row:
    """One article through both editions. `words` are the runs of a pair whose wording changed, else empty.

    `jumped`: it left the order of the others; a moved row without it only got another number.
    """

    fate: Fate
    old: Side | None
    new: Side | None
    words: tuple[Run, ...] = ()
    jumped: bool = False

    @property
    def reworded(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True)
class Comparison:
    """All articles of both editions in reading order, each exactly once."""

    rows: tuple[Row, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many articles met which fate, with "reworded" for the moved ones that changed words as well."""
        found = {str(fate): 0 for fate in Fate}
        for row in self.rows:
            found[row.fate] += 1
        found["reworded"] = sum(row.fate is Fate.MOVED and row.reworded for row in self.rows)
        return found

    @property
    def differs(self) -> bool:
        return any(row.fate is not Fate.SAME for row in self.rows)

    @property
    def touched(self) -> list[str]:
        """The anchors, in the old edition, of the articles whose words changed or that were removed."""
        return [r.old.anchor for r in self.rows if r.old and (r.reworded or r.fate is Fate.REMOVED)]


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> Comparison:
    """Compare the articles of two editions, given in their order."""
    left = [Side(a.label, a.anchor, a.text) for a in old]
    right = [Side(a.label, a.anchor, a.text) for a in new]
    pairing = pairs(
        [wording(a.text) for a in left],
        [wording(a.text) for a in right],
        ([a.label for a in left], [a.label for a in right]),
    )
    found, in_order = pairing.found, pairing.in_order
    back = {j: i for i, j in found.items()}
    rows: list[Row] = []
    place = 0
    for j, side in enumerate(right):
        origin = back.get(j)
        if origin is not None and origin in in_order:
            rows += _removed(left, found, place, origin)
            place = origin + 1
        if origin is None:
            rows.append(Row(Fate.ADDED, None, side))
        else:
            rows.append(_pair(left[origin], side, jumped=origin not in in_order))
    rows += _removed(left, found, place, len(left))
    return Comparison(tuple(rows))


def _removed(left: Sequence[Side], found: dict[int, int], start: int, stop: int) -> list[Row]:
    """What was removed between two articles that stayed."""
    return [Row(Fate.REMOVED, left[i], None) for i in range(start, stop) if i not in found]


def _pair(old: Side, new: Side, *, jumped: bool) -> Row:
    same = wording(old.text) == wording(new.text)
    words = () if same else diff_words.compare(old.text, new.text)
    if jumped or old.label != new.label:
        return Row(Fate.MOVED, old, new, words, jumped)
    return Row(Fate.SAME if same else Fate.CHANGED, old, new, words)
