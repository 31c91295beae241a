"""What changed between two wordings, as runs of kept, deleted and inserted text.

First the clauses are laid against each other, then the characters of those that differ. A kept scrap between two
changes that is no longer than the changes around it is dissolved into them: a reader wants one replaced phrase,
not confetti. Full-width and half-width forms of a character count as the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# One character for one character, so that places in the folded text are places in the text.
WIDTHS = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {
        "\u3000": " ",
        "\u00a0": " ",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "〔": "[",
        "〕": "]",
        "｡": "。",
        "､": "、",
    }
)
CLAUSE = re.compile(r"[^,.;:!?，。；：！？、\n]*[,.;:!?，。；：！？、\n]|[^,.;:!?，。；：！？、\n]+")
LONGEST_BLOCK = 1500
# A block less alike than this is shown as replaced whole.
ALIKE = 0.25
PAUSES = ",.;:!?，。；：！？、\n"
SHORTEST_KEPT = 2
LONGEST_SCRAP = 6
# Place in the old text, place in the new one, length.
Match = tuple[int, int, int]


class Kind(StrEnum):
    """What became of a run of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Run:
    """A stretch of text. A kept one may be written in another width on the two sides."""

    kind: Kind
    old: str = ""
    new: str = ""


def folded(text: str) -> str:
    """The text with every character in its half-width form; as long as before."""
    return text.translate(WIDTHS)


def compare(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from `old` to `new`: the old sides joined are `old`, the new sides `new`.

    `compare(new, old)` is the same with deleted and inserted swapped.
    """
    if old > new:
        swapped = [(a, b, size) for b, a, size in _kept(new, old)]
        return tuple(_runs(old, new, swapped))
    return tuple(_runs(old, new, _kept(old, new)))


def applied(old: str, runs: Sequence[Run]) -> str:
    """The new text. Raises ValueError when the runs were not made from `old`."""
    if "".join(run.old for run in runs) != old:
        raise ValueError("these runs belong to another text")
    return "".join(run.new for run in runs)


def _runs(old: str, new: str, kept: Sequence[Match]) -> Iterator[Run]:
    """Runs in the order of the text; a change is a deletion, an insertion, or both in this order."""
    i = j = 0
    for start, other, size in [*kept, (len(old), len(new), 0)]:
        if start > i:
            yield Run(Kind.DELETED, old[i:start], "")
        if other > j:
            yield Run(Kind.INSERTED, "", new[j:other])
        if size:
            yield Run(Kind.KEPT, old[start : start + size], new[other : other + size])
        i, j = start + size, other + size


def _kept(old: str, new: str) -> list[Match]:
    end = (len(old), len(new), 0)
    smooth = [(0, 0, 0), *_smoothed(_matches(old, new), end), end]
    left, right = folded(old), folded(new)
    for place in range(len(smooth) - 1):
        _slide(smooth, place, left, right)
    return [match for match in smooth if match[2]]


def _matches(old: str, new: str) -> list[Match]:
    """Kept stretches, by clause first and by character where clauses differ, in order."""
    left, right = folded(old), folded(new)
    clauses_left, clauses_right = CLAUSE.findall(left), CLAUSE.findall(right)
    starts_left, starts_right = _starts(clauses_left), _starts(clauses_right)
    found: list[Match] = []
    matcher = SequenceMatcher(None, clauses_left, clauses_right, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        a, b = starts_left[i1], starts_right[j1]
        if tag == "equal":
            found.append((a, b, starts_left[i2] - a))
        elif tag == "replace":
            found += _inside(left[a : starts_left[i2]], right[b : starts_right[j2]], a, b)
    return _joined(found)


def _starts(clauses: Sequence[str]) -> list[int]:
    starts = [0]
    for clause in clauses:
        starts.append(starts[-1] + len(clause))
    return starts


def _inside(left: str, right: str, a: int, b: int) -> list[Match]:
    if len(left) > LONGEST_BLOCK or len(right) > LONGEST_BLOCK:
        return []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    blocks = [(a + m.a, b + m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    alike = 2 * sum(size for _a, _b, size in blocks) / (len(left) + len(right))
    return blocks if alike >= ALIKE else []


def _joined(matches: Sequence[Match]) -> list[Match]:
    """Stretches that touch on both sides become one."""
    joined: list[Match] = []
    for a, b, size in matches:
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((a, b, size))
    return joined


def _smoothed(matches: Sequence[Match], end: Match) -> list[Match]:
    """Without scraps: kept stretches that are tiny, or short and no longer than the changes around them."""
    kept = [(0, 0, 0), *matches, end]
    place = 1
    while place < len(kept) - 1:
        size = kept[place][2]
        around = min(_gap(kept[place - 1], kept[place]), _gap(kept[place], kept[place + 1]))
        if around and (size < SHORTEST_KEPT or size <= min(around, LONGEST_SCRAP)):
            del kept[place]
            place = max(place - 1, 1)
        else:
            place += 1
    return kept[1:-1]


def _slide(kept: list[Match], place: int, left: str, right: str) -> None:
    """Move an insertion or deletion to where it reads best: 申请{人、第三}人 becomes 申请人{、第三人}."""
    (a1, b1, size1), (a2, b2, size2) = kept[place], kept[place + 1]
    gone, came = a2 - a1 - size1, b2 - b1 - size1
    if (gone > 0) == (came > 0):
        return
    text, start, length = (left, a1 + size1, gone) if gone else (right, b1 + size1, came)
    back = 0
    while back < size1 and text[start - back - 1] == text[start + length - back - 1]:
        back += 1
    ahead = 0
    while ahead < size2 and text[start + ahead] == text[start + length + ahead]:
        ahead += 1
    shifts = sorted(range(-back, ahead + 1), key=lambda shift: (shift != 0, abs(shift)))
    best = max(shifts, key=lambda shift: _readable(text, start + shift, length))
    kept[place] = (a1, b1, size1 + best)
    kept[place + 1] = (a2 + best, b2 + best, size2 - best)


def _readable(text: str, start: int, length: int) -> int:
    """How well a stretch stands alone: whole clauses first, then one that begins at a pause."""
    opens = start == 0 or text[start - 1] in PAUSES
    closes = text[start + length - 1] in PAUSES
    return 3 * (opens and closes) + 2 * (text[start] in PAUSES) + (opens or closes)


def _gap(before: Match, after: Match) -> int:
    """How much changed between two kept stretches, on the side where it is more."""
    return max(after[0] - before[0] - before[2], after[1] - before[1] - before[2])
