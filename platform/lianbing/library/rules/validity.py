"""Which edition of a law holds on a day, and how every edition stands then (docs/decisions/0013).

An edition begins on the day it states, else on the day of its publication. From the day a later
published one begins it is amended; from its own last day on it is repealed. An older one never comes back.
"""

import datetime
import itertools
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Validity(StrEnum):
    """How an edition stands on a day. Unknown: it states no date, so that nobody can tell."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


class Moment(StrEnum):
    """How a law stands on a day."""

    HELD = "held"
    NOT_YET = "not_yet"
    GAP = "gap"
    REPEALED = "repealed"
    EMPTY = "empty"


class Conflict(StrEnum):
    """What contradicts itself in the dates of a law."""

    SAME_DAY = "same_day"
    OVERLAP = "overlap"
    NEVER_HELD = "never_held"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    START_IGNORED = "start_ignored"


@dataclass(frozen=True)
class Span:
    """The dates of one edition. `end` is the first day it holds no more by a repeal of its own.

    `key` names the edition; `order` decides between editions published on one day, the higher wins.
    """

    key: Hashable
    start: datetime.date | None = None
    end: datetime.date | None = None
    published: datetime.date | None = None
    order: int = 0

    @property
    def begins(self) -> datetime.date | None:
        """The first day it may hold; None where it states no date at all."""
        return begins(self.start, self.published)

    @property
    def rank(self) -> tuple[datetime.date, datetime.date, int]:
        """Later editions have the higher rank: published last, then begun last. One without a date is the oldest."""
        day = self.begins or datetime.date.min
        return self.published or day, day, self.order


@dataclass(frozen=True)
class Period:
    """The days an edition holds: from `start` (None: nobody knows) to the day before `end` (None: open).

    `repealed`: it ends by its own repeal, not because a later edition begins.
    """

    span: Span
    start: datetime.date | None
    end: datetime.date | None
    repealed: bool = False

    @property
    def empty(self) -> bool:
        """Whether it never holds."""
        return self.end is not None and self.end <= (self.start or datetime.date.min)

    def covers(self, on: datetime.date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True)
class Gap:
    """Days inside a law's life on which no edition holds: from `start` to the day before `end`."""

    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Clash:
    """A contradiction: the editions it is about, the older first, and the day or days in question."""

    kind: Conflict
    keys: tuple[Hashable, ...]
    start: datetime.date | None = None
    end: datetime.date | None = None


@dataclass(frozen=True)
class Timeline:
    """All editions of a law, oldest first, with the gaps between them and what contradicts itself."""

    periods: tuple[Period, ...]
    gaps: tuple[Gap, ...]
    clashes: tuple[Clash, ...]

    def holder(self, on: datetime.date) -> Hashable | None:
        """The key of the edition that holds on a day, or None."""
        return next((p.span.key for p in self.periods if not p.empty and p.covers(on)), None)

    def moment(self, on: datetime.date) -> Moment:
        """Why no edition holds on a day, or that one does."""
        if self.holder(on) is not None:
            return Moment.HELD
        if not self.periods:
            return Moment.EMPTY
        if any(gap.start <= on < gap.end for gap in self.gaps):
            return Moment.GAP
        over = any(p.end is not None and p.end <= on for p in self.periods)
        return Moment.REPEALED if over else Moment.NOT_YET

    def validity(self, on: datetime.date) -> dict[Hashable, Validity]:
        """How every edition stands on a day, by its key."""
        return {period.span.key: _validity(period, on) for period in self.periods}

    def before(self, on: datetime.date) -> Hashable | None:
        """The last edition that had begun to hold by a day."""
        begun = [p for p in self.periods if not p.empty and (p.start is None or p.start <= on)]
        return begun[-1].span.key if begun else None

    def after(self, on: datetime.date) -> Hashable | None:
        """The first edition that begins to hold after a day."""
        coming = [p for p in self.periods if not p.empty and p.start is not None and p.start > on]
        return coming[0].span.key if coming else None


def begins(start: datetime.date | None, published: datetime.date | None) -> datetime.date | None:
    """The first day an edition may hold: as stated, else the day of publication, else unknown (None).

    An amended law repeats its first closing article, so that a day before the publication says nothing
    about this edition and counts as not stated (docs/decisions/0009).
    """
    if start is not None and (published is None or start >= published):
        return start
    return published or start


def timeline(spans: Iterable[Span]) -> Timeline:
    """Put the editions of a law in order and find out when each holds."""
    ranked = sorted(spans, key=lambda span: span.rank)
    periods = tuple(_period(span, ranked[place + 1 :]) for place, span in enumerate(ranked))
    return Timeline(periods, _gaps(periods), _clashes(periods))


def _period(span: Span, later: list[Span]) -> Period:
    """From its first day to its own repeal or to the first day of any edition published later."""
    coming = [day for other in later if (day := other.begins) is not None]
    amended = min(coming, default=None)
    if any(other.begins is None for other in later):
        amended = datetime.date.min  # of several without a date the one that came in last counts
    repealed = span.end is not None and (amended is None or span.end <= amended)
    return Period(span, span.begins, span.end if repealed else amended, repealed)


def _validity(period: Period, on: datetime.date) -> Validity:
    if period.start is None and period.empty:
        return Validity.UNKNOWN
    if period.end is not None and on >= period.end:
        begun = period.start is None or period.start <= on
        if begun or period.repealed:
            return Validity.REPEALED if period.repealed else Validity.AMENDED
    if period.start is not None and on < period.start:
        return Validity.PENDING
    return Validity.UNKNOWN if period.start is None else Validity.IN_FORCE


def _gaps(periods: tuple[Period, ...]) -> tuple[Gap, ...]:
    holding = [period for period in periods if not period.empty]
    return tuple(
        Gap(first.end, second.start)
        for first, second in itertools.pairwise(holding)
        if first.end is not None and second.start is not None and first.end < second.start
    )


def _clashes(periods: tuple[Period, ...]) -> tuple[Clash, ...]:
    found: list[Clash] = []
    for place, period in enumerate(periods):
        found += _own_clashes(period)
        for later in periods[place + 1 :]:
            found += _clashes_of(period, later)
    return tuple(found)


def _own_clashes(period: Period) -> list[Clash]:
    """What contradicts itself within one edition."""
    span, found = period.span, []
    if span.start is not None and span.begins != span.start:
        found.append(Clash(Conflict.START_IGNORED, (span.key,), span.start, span.published))
    if span.end is not None and span.begins is not None and span.end <= span.begins:
        found.append(Clash(Conflict.ENDS_BEFORE_IT_BEGINS, (span.key,), span.begins, span.end))
    return found


def _clashes_of(older: Period, later: Period) -> list[Clash]:
    """What contradicts itself between two editions; `later` was published later or on the same day."""
    one, other = older.span, later.span
    keys = (one.key, other.key)
    if one.begins is None and other.begins is None:
        return [Clash(Conflict.SAME_DAY, keys)]
    if one.begins is None or other.begins is None:
        return []
    if one.begins == other.begins:
        return [Clash(Conflict.SAME_DAY, keys, other.begins)]
    if one.begins > other.begins:
        return [Clash(Conflict.NEVER_HELD, keys, one.begins)]
    if one.end is not None and one.end > other.begins:
        return [Clash(Conflict.OVERLAP, keys, other.begins, one.end)]
    return []
