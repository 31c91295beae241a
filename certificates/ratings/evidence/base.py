"""What a source of evidence is asked and what it gives. One file per source; to add one, copy a sibling.

A source looks at the records of its own and tells what is there, as facts would state it; it writes nothing.
However many people it is asked about, the number of its statements stays the same.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from certificates.ratings.rules.words import Source

AS_OF = "@"


@dataclass(frozen=True)
class Excluded:
    """Who does not count in the base, as units show it."""

    name: str
    reason: str
    approver: str
    until: datetime.date | None


@dataclass(frozen=True)
class Base:
    """A unit with everything below it: who counts in its base, and who is out of it."""

    path: str
    people: frozenset[int]
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True)
class Ask:
    """What is asked: the days from `first` to `last`, as recorded by `at`.

    `people`: record id -> id of the person, for everybody asked about and the records merged into them;
    `posts`: where each person works; `units`: the units asked about with their bases.
    """

    first: datetime.date
    last: datetime.date
    at: datetime.datetime
    people: Mapping[int, int] = field(default_factory=dict)
    posts: Mapping[int, int | None] = field(default_factory=dict)
    units: Mapping[int, Base] = field(default_factory=dict)

    @property
    def begins(self) -> datetime.datetime:
        """The first moment asked about."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime.datetime:
        """The first moment that is too late: after the last day, or after the moment of asking."""
        return min(_midnight(self.last + datetime.timedelta(days=1)), self.at)

    @property
    def span(self) -> str:
        """The days as they stand in the origin of a figure computed for exactly them."""
        return f"{AS_OF}{self.first}/{self.last}"


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


@dataclass(frozen=True)
class Found:
    """One value about one person or one unit, with the record behind it.

    `origin` is the key of that record in the world, at most 100 characters. One with an "@" speaks of a moment
    or a span of days of its own and does not vanish; any other one vanishes with its record. `extra["staff"]`
    is where those who look after the person open the record, when it is not `url`.
    """

    source: Source
    origin: str
    on: datetime.date
    value: Decimal
    kind: str = ""
    officer_id: int | None = None
    unit_id: int | None = None
    until: datetime.date | None = None
    label: str = ""
    url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


Finder = Callable[[Ask], Iterator[Found]]
_finders: dict[Source, list[tuple[bool, Finder]]] = {}


def source(name: Source, *, units: bool = False) -> Callable[[Finder], Finder]:
    """Decorator: `fn(ask)` tells what this source has about people, or (`units`) about units."""

    def register(fn: Finder) -> Finder:
        _finders.setdefault(name, []).append((units, fn))
        return fn

    return register


def found(name: Source, ask: Ask) -> Iterator[Found]:
    """Everything a source has about the people and units asked about; nothing is written."""
    for about_units, fn in _finders.get(name, ()):
        if ask.units if about_units else ask.people:
            yield from fn(ask)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """`part` of `whole` in percent, two places; 0 where there is nothing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")) if whole else Decimal(0)
