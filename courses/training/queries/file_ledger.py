"""A person's hours by what earned them, with every correction on the way."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from courses.training.models import HourEntry
from courses.training.queries.hours import recorded_by

Key = tuple[str, str]


@dataclass
class Ledger:
    """The ledger of one person: what is left of each source's hours, the first entry of each, counter-entries."""

    net: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    first: dict[Key, HourEntry] = field(default_factory=dict)
    corrections: list[tuple[HourEntry, HourEntry | None]] = field(default_factory=list)

    def take(self, key: Key) -> Decimal | None:
        """The hours of a source, taken out so that nothing else tells them again; None where there are none."""
        self.first.pop(key, None)
        return self.net.pop(key, None)

    def rest(self) -> list[tuple[HourEntry, Decimal]]:
        """What nobody has taken, by day."""
        left = [(self.first[key], hours) for key, hours in self.net.items() if key in self.first]
        return sorted(left, key=lambda pair: (pair[0].earned_on, pair[0].pk))


def key_of(source: str) -> Key:
    """What a source speaks of: ("session", uid), ("course", uid), ("external", uid); else the source itself.

    A session closed again and a course over New Year's Eve have more sources, of one thing.
    """
    base = source.partition("@")[0]
    kind, _colon, rest = base.partition(":")
    return (kind, rest.partition(":")[0]) if kind in {"session", "course", "external"} else ("", base)


def ledger_of(officer_pks: Sequence[int], as_of: datetime.date | None) -> Ledger:
    """The ledger of a person known under these records. One statement."""
    rows = list(recorded_by(as_of).filter(officer__in=officer_pks).order_by("pk"))
    by_pk = {row.pk: row for row in rows}
    found = Ledger()
    instead = {row.replaces_id: row for row in rows if row.replaces_id}
    for row in rows:
        root = row
        while (before := root.counters_id or root.replaces_id) and before in by_pk:
            root = by_pk[before]
        key = key_of(root.source)
        found.net[key] += row.hours
        found.first.setdefault(key, root)
        if row.counters_id in by_pk:
            found.corrections.append((row, instead.get(row.counters_id)))
    return found
