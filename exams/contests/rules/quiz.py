"""The public prize quiz, decided in plain Python: when it is open, what is asked, what an answer is worth.

Rules of the model (a city's campaign quiz, domain.md 2.1): three attempts, the best is kept, ranked by accuracy and
then time, a certificate from 90 on, a target share of the people.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from lianbing.kit.draws import Draw

KINDS = ("single_choice", "multiple_choice", "indefinite_choice", "true_false")
"""What a thumb can answer and a machine can mark."""
MOST_QUESTIONS = 50
NICKNAME = 12
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
# Seven digits in a row are a telephone or identity number, which has no place on a public list.
_NUMBER = re.compile(r"\d{7,}")
_SEPARATORS = re.compile(r"[\s\-_.·]")


class Stage(StrEnum):
    """Where a quiz stands at a moment."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    STOPPED = "stopped"


def stage(
    *,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    published: bool,
    stopped: bool,
    at: datetime.datetime,
) -> Stage:
    """Where a quiz stands: open from the first moment of its window, closed at the very end of it."""
    if stopped:
        return Stage.STOPPED
    if not published:
        return Stage.DRAFT
    if at < opens_at:
        return Stage.COMING
    return Stage.OPEN if at < closes_at else Stage.CLOSED


def ends_at(started_at: datetime.datetime, minutes: int, closes_at: datetime.datetime) -> datetime.datetime:
    """When an attempt ends: after its minutes, at the latest when the quiz closes."""
    return min(started_at + datetime.timedelta(minutes=minutes), closes_at)


def seconds_used(started_at: datetime.datetime, submitted_at: datetime.datetime) -> int:
    """Whole seconds an attempt took, a begun second counted: finer than that is the phone's network."""
    span = submitted_at - started_at
    return span.days * 86_400 + span.seconds + (1 if span.microseconds else 0)


def score(right: int, asked: int) -> Decimal:
    """Percent right with two places, halves up; 0 of nothing."""
    return (HUNDRED * right / asked).quantize(CENT, ROUND_HALF_UP) if asked else Decimal(0)


def is_better(found: tuple[Decimal, int], kept: tuple[Decimal | None, int | None]) -> bool:
    """Whether (score, seconds) beats the best so far: more right, or as much in less time."""
    best, seconds = kept
    return best is None or seconds is None or (found[0], -found[1]) > (best, -seconds)


def nickname(typed: str) -> str:
    """A nickname as it is kept: one line, no invisible characters, spaces folded."""
    seen = "".join(
        c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFC", typed)
    )
    return " ".join(seen.split())


def nickname_fault(name: str) -> str:
    """What is wrong with a nickname: "", "empty", "long" or "number" (a telephone or identity number)."""
    if not name:
        return "empty"
    if len(name) > NICKNAME:
        return "long"
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", name))
    return "number" if _NUMBER.search(bare) else ""


def masked(name: str) -> str:
    """A nickname on a public list: its first character and two stars, whatever its length."""
    return f"{name[:1]}**"


@dataclass(frozen=True)
class Line:
    """So many questions on a knowledge point and below it (None = on anything)."""

    point: int | None
    count: int


class Item(NamedTuple):
    """A question in reach: its version and its knowledge point."""

    version: int
    point: int | None


class Short(Exception):
    """There are not enough questions. `lines` says of which: (line, how many there are for it)."""

    def __init__(self, lines: list[tuple[Line, int]]) -> None:
        super().__init__(str(lines))
        self.lines = lines


def pick(
    lines: Sequence[Line], items: Sequence[Item], below: Mapping[int, Iterable[int]], draw: Draw
) -> list[Item]:
    """The questions of an attempt in the order asked, each once. Raises Short.

    The narrowest line takes first: points are a tree, so what it leaves is as good as any for those above.
    """
    left, taken, short = draw.shuffled(items), [], []
    for line in sorted(lines, key=lambda line: (_width(line.point, below), line.point or 0)):
        within = {line.point, *below.get(line.point or 0, ())}
        found = [one for one in left if line.point is None or one.point in within]
        if len(found) < line.count:
            short.append((line, len(found)))
        taken += found[: line.count]
        gone = set(found[: line.count])
        left = [one for one in left if one not in gone]
    if short:
        raise Short(short)
    return draw.shuffled(taken)


def _width(point: int | None, below: Mapping[int, Iterable[int]]) -> float:
    return float("inf") if point is None else len(list(below.get(point, ())))


def merged(kept: Mapping[str, Any], sent: Iterable[tuple[int, int, list[str]]]) -> dict[str, Any]:
    """Answers with what a phone sent of them: (item, count, response), only what is newer than what is kept."""
    found = dict(kept)
    for item, count, response in sent:
        known = found.get(str(item))
        if known is None or count > known[0]:
            found[str(item)] = [count, response]
    return found


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one place; None where the whole is not known."""
    return (HUNDRED * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
