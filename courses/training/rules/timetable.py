"""Who and what cannot be in two places at once: people, rooms and instructors in a timetable.

Times are half-open: what ends at 10:30 does not meet what begins at 10:30. Moments are absolute, so a
night session that ends after midnight needs no rule of its own.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A stretch of time that somebody or something is taken up by.

    `key` tells two slots apart: slots with the same key never clash (a session that is being changed,
    or a class's own days and its sessions). `label` is for people.
    """

    key: str
    label: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    people: frozenset[int] = field(default=frozenset())
    rooms: frozenset[int] = field(default=frozenset())
    instructors: frozenset[int] = field(default=frozenset())

    def meets(self, other: "Slot") -> bool:
        """Whether the two share a moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Clash:
    """Two slots that want the same one at the same time. `kind` is person, room or instructor; `who` its id."""

    kind: str
    who: int
    one: Slot
    other: Slot


def clashes(wanted: Sequence[Slot], taken: Iterable[Slot]) -> list[Clash]:
    """Every clash of the wanted slots with those taken and with each other, in the order of time.

    Each pair of slots names each person, room and instructor once.
    """
    found: list[Clash] = []
    others = sorted(taken, key=lambda slot: (slot.starts_at, slot.key))
    ordered = sorted(wanted, key=lambda slot: (slot.starts_at, slot.key))
    for place, one in enumerate(ordered):
        for other in [*others, *ordered[place + 1 :]]:
            if one.key != other.key and one.meets(other):
                found += _shared(one, other)
    return found


def _shared(one: Slot, other: Slot) -> Iterator[Clash]:
    for kind, both in (
        ("room", one.rooms & other.rooms),
        ("instructor", one.instructors & other.instructors),
        ("person", one.people & other.people),
    ):
        for who in sorted(both):
            yield Clash(kind, who, one, other)


def whole_days(
    first: datetime.date, last: datetime.date, zone: datetime.tzinfo
) -> tuple[datetime.datetime, datetime.datetime]:
    """The moments from the start of `first` until the end of `last` in the bureau's zone."""
    midnight = datetime.time(0, tzinfo=zone)
    return datetime.datetime.combine(first, midnight), datetime.datetime.combine(last + DAY, midnight)


def shifted(moment: datetime.datetime, days: int, zone: datetime.tzinfo) -> datetime.datetime:
    """The same time of day so many days later (or earlier) in the bureau's zone."""
    local = moment.astimezone(zone)
    return datetime.datetime.combine(local.date() + days * DAY, local.time(), tzinfo=zone)
