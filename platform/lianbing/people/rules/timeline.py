"""Where somebody serves over time: spans that follow one another without overlapping."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Span:
    """A place (unit id, post id) and a rank from a day until the day before `ends_on` (None = still)."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    place: tuple[int, int]
    reason: str = ""
    rank: str = ""

    def holds(self, day: datetime.date) -> bool:
        """Whether this span is in force on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def on_day(spans: Sequence[Span], day: datetime.date) -> Span | None:
    """The span in force on a day."""
    return next((span for span in spans if span.holds(day)), None)


def rank_on(spans: Sequence[Span], day: datetime.date) -> str:
    """The rank held on a day, "" when none or nowhere."""
    current = on_day(spans, day)
    return current.rank if current else ""


def placed(
    spans: Sequence[Span],
    *,
    starts_on: datetime.date,
    place: tuple[int, int],
    reason: str,
    rank: str | None = None,
) -> list[Span]:
    """The spans after a move to `place` from `starts_on` on, until the next change already recorded.

    Without a `rank` the one held on that day is kept.

    What was in force is cut off at that day; a span that began on that very day is replaced; a recorded end
    stays the end. Neighbours at the same place become one, so that the order in which
    backdated moves are entered does not matter.
    """
    later = [span.starts_on for span in spans if span.starts_on > starts_on]
    current = on_day(spans, starts_on)
    ends_on = current.ends_on if current is not None else min(later, default=None)
    kept = [span for span in spans if span.starts_on != starts_on]
    cut = [replace(span, ends_on=starts_on) if span.holds(starts_on) else span for span in kept]
    held = rank_on(spans, starts_on) if rank is None else rank
    return _joined([*cut, Span(starts_on, ends_on, place, reason, held)])


def ended(spans: Sequence[Span], *, on: datetime.date) -> list[Span]:
    """The spans when somebody leaves: nothing is in force from `on` on."""
    return [replace(span, ends_on=on) if span.holds(on) else span for span in spans if span.starts_on < on]


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.starts_on):
        last = joined[-1] if joined else None
        same = last is not None and (last.place, last.rank) == (span.place, span.rank)
        if last is not None and same and last.ends_on == span.starts_on:
            joined[-1] = replace(last, ends_on=span.ends_on)
        else:
            joined.append(span)
    return joined
