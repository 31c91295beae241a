"""Which facts count for whom in a period: one selection, for the sum and for opening a point."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from certificates.ratings.models import Fact
from certificates.ratings.rules import periods
from certificates.ratings.rules.indicators import Indicator, Value
from certificates.ratings.rules.schemes import UNIT_SOURCES
from certificates.ratings.rules.words import Source, Subject, Window

Lines = Sequence[Indicator]
# How many different numbers are remembered while facts are read: 5 MB at most.
MOST_NUMBERS = 20_000


def standing(upto: int) -> QuerySet[Fact]:
    """The facts as they stood when the row `upto` was the newest: no older rows of an origin, nothing gone."""
    newer = Fact.objects.filter(replaces=OuterRef("pk"), pk__lte=upto)
    return Fact.objects.filter(~Exists(newer), pk__lte=upto, gone=False)


def counts_between(first: datetime.date, last: datetime.date) -> Q:
    """The condition that a fact counts on some day from `first` to `last`."""
    return Q(until=None, on__gte=first, on__lte=last) | Q(until__gte=first, on__lte=last)


@dataclass
class Selection:
    """The lines of a scheme, made ready to sort the facts of many people or units."""

    indicators: Lines
    subject: str
    first: datetime.date
    last: datetime.date
    upto: int
    _routes: dict[Window, dict[tuple[str, str], list[int]]] = field(
        default_factory=lambda: {window: {} for window in Window}
    )
    _numbers: dict[float, Decimal] = field(default_factory=dict)

    def windows(self) -> Iterator[tuple[Window, datetime.date, datetime.date, list[str], bool]]:
        """Each window in use: its days, the sources that are read in it, and whether `extra` decides there."""
        for window in Window:
            used = [
                one for one in self.indicators if one.window is window and one.source is not Source.ROLL_UP
            ]
            if used:
                sources = sorted({one.source.value for one in used})
                picky = any(one.where or one.source in UNIT_SOURCES for one in used)
                yield (window, *periods.window(window, self.first, self.last), sources, picky)

    def values(self, ids: Sequence[int]) -> dict[int, list[list[Value]]]:
        """The values of each of these people or units, line by line. Two statements a window.

        Days are read as text and numbers as floating point: half a million of them are converted faster here than
        by the database layer, and to the same digits (see `_number`).
        """
        found: dict[int, list[list[Value]]] = {}
        size, owner, numbers = len(self.indicators), self._owner, self._numbers
        before, lines = 0, list[list[Value]]()
        for window, first, last, sources, picky in self.windows():
            columns = (owner, "source", "kind", "amount", "day", "pk", *(("extra",) if picky else ()))
            for days in (Q(until=None, on__gte=first, on__lte=last), Q(until__gte=first, on__lte=last)):
                rows = (
                    standing(self.upto).filter(days, source__in=sources, **{f"{owner}__in": ids}).order_by()
                )
                rows = rows.annotate(amount=Cast("value", FloatField()), day=Cast("on", CharField()))
                routes = self._routes[window]
                for subject, source, kind, amount, day, pk, *extra in rows.values_list(*columns).iterator():
                    if subject != before:
                        before = subject
                        if subject not in found:
                            found[subject] = [[] for _line in range(size)]
                        lines = found[subject]
                    places: Iterable[int] | None = routes.get((source, kind))
                    if places is None or picky:
                        places = self.route(window, source, kind, extra[0] if picky else None)
                    number = numbers.get(amount)
                    if number is None:
                        number = self._number(amount)
                    value = (number, day, pk)
                    for place in places:
                        lines[place].append(value)
        return found

    def _number(self, amount: float) -> Decimal:
        """The decimal a column of twelve digits held: the shortest text of a double gives up to fifteen back.

        Remembered, so that a score which many people have is one object, whose hash is worked out once.
        """
        if len(self._numbers) >= MOST_NUMBERS:
            self._numbers.clear()
        number = self._numbers[amount] = Decimal(repr(amount))
        return number

    @property
    def _owner(self) -> str:
        return "unit_id" if self.subject == Subject.UNIT else "officer_id"

    def route(self, window: Window, source: str, kind: str, extra: Mapping[str, Any] | None) -> Iterable[int]:
        """The places of the lines a fact counts for."""
        routes = self._routes[window]
        places = routes.get((source, kind))
        if places is None:
            places = routes[source, kind] = [
                place
                for place, one in enumerate(self.indicators)
                if one.window is window and one.source == source and (not one.kinds or kind in one.kinds)
            ]
        if extra is None or not places:
            return places
        if "span" in extra and extra["span"] != [self.first.isoformat(), self.last.isoformat()]:
            return []
        return [place for place in places if self.indicators[place].takes(source, kind, extra)]

    def facts(self, subject_id: int) -> dict[int, list[Fact]]:
        """The facts behind each line (by its place) of one person or unit, oldest first. One statement a window."""
        found: dict[int, list[Fact]] = defaultdict(list)
        for window, first, last, sources, picky in self.windows():
            rows = standing(self.upto).filter(
                counts_between(first, last), source__in=sources, **{self._owner: subject_id}
            )
            for row in rows.order_by("on", "pk"):
                for place in self.route(window, row.source, row.kind, row.extra if picky else None):
                    found[place].append(row)
        return dict(found)
