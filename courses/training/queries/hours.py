"""Reading the ledger of training hours: sums for people, entries, and who lacks what.

Hours belong to the person: records merged into another are read as that person's. Everything can be read
as of a day: then only what was recorded by the end of that day counts.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import ContentCategory
from courses.queries.audience import among
from courses.rules.categories import descendants
from courses.training.models import HourEntry
from lianbing.people.models import Officer

ZERO = Decimal(0)


@dataclass
class Totals:
    """The hours of one person in one year: in all, by kind, by category (id; None = none), and days.

    Counter-entries are taken off the kind and category of what they counter.
    """

    hours: Decimal = ZERO
    days: Decimal = ZERO
    minutes: int = 0
    by_kind: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    by_category: dict[int | None, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def carried(self) -> Decimal:
        """Hours brought over from the year before."""
        return self.by_kind.get(HourEntry.Kind.CARRIED, ZERO)

    @property
    def earned(self) -> Decimal:
        """Hours of the year itself, without what was carried over into it."""
        return self.hours - self.carried

    @property
    def online(self) -> Decimal:
        """Hours of online courses."""
        return self.by_kind.get(HourEntry.Kind.ONLINE, ZERO)


def recorded_by(as_of: datetime.date | None) -> QuerySet[HourEntry]:
    """The entries recorded by the end of a day of the bureau (None = all)."""
    if as_of is None:
        return HourEntry.objects.all()
    next_day = datetime.datetime.combine(as_of + datetime.timedelta(days=1), datetime.time.min)
    return HourEntry.objects.filter(recorded_at__lt=timezone.make_aware(next_day))


def owners(officer_pks: Iterable[int]) -> dict[int, int]:
    """Record id -> id of the person, for these people and the records merged into them. One statement."""
    people = {pk: pk for pk in officer_pks}
    merged = Officer.objects.filter(among("merged_into", people), merged_into__isnull=False).order_by()
    return people | {pk: into for pk, into in merged.values_list("pk", "merged_into_id") if into in people}


def totals(officer_pks: Collection[int], year: int, as_of: datetime.date | None = None) -> dict[int, Totals]:
    """The hours of each of these people in a year, with an empty sum for who has none. Two statements."""
    whose = owners(officer_pks)
    found = {pk: Totals() for pk in officer_pks}
    rows = (
        recorded_by(as_of)
        .filter(officer__in=whose, year=year)
        .order_by()
        .values_list("officer_id", "counted_as", "category_id")
        .annotate(hours=Sum("hours"), days=Sum("days"), minutes=Sum("minutes"))
    )
    for officer, kind, category, hours, days, minutes in rows:
        mine = found[whose[officer]]
        mine.hours += hours
        mine.days += days
        mine.minutes += minutes
        mine.by_kind[kind] += hours
        mine.by_category[category] += hours
    return found


def sums(
    officer_pks: Collection[int],
    year: int,
    as_of: datetime.date | None = None,
    laws: Sequence[frozenset[int]] = (),
) -> dict[int, tuple[Totals, list[Decimal]]]:
    """The sums lists need: hours, days, minutes, online and carried hours (no categories), and the hours in
    each set of categories of `laws`. One row a record is read, where `totals` reads one a kind and category.
    """
    whose = owners(officer_pks)
    found = {pk: (Totals(), [ZERO] * len(laws)) for pk in officer_pks}
    parts = {
        "online": Sum("hours", filter=Q(counted_as=HourEntry.Kind.ONLINE)),
        "carried": Sum("hours", filter=Q(counted_as=HourEntry.Kind.CARRIED)),
    } | {f"law{place}": Sum("hours", filter=Q(category__in=law)) for place, law in enumerate(laws)}
    rows = recorded_by(as_of).filter(among("officer", whose), year=year).order_by().values_list("officer_id")
    for row in rows.annotate(h=Sum("hours"), d=Sum("days"), m=Sum("minutes"), **parts):
        if row[0] in whose:
            _take(row, *found[whose[row[0]]])
    return found


def _take(row: Sequence[Any], mine: Totals, law: list[Decimal]) -> None:
    """Add one row of sums (record, hours, days, minutes, online, carried, law ...) to a person's."""
    mine.hours += row[1]
    mine.days += row[2]
    mine.minutes += row[3]
    mine.by_kind[HourEntry.Kind.ONLINE.value] += row[4] or ZERO
    mine.by_kind[HourEntry.Kind.CARRIED.value] += row[5] or ZERO
    for place, hours in enumerate(row[6:]):
        law[place] += hours or ZERO


def law_categories(codes: Collection[str]) -> frozenset[int]:
    """The ids of these categories and everything below them. One statement."""
    rows = list(ContentCategory.objects.values_list("pk", "code", "parent__code"))
    inside = descendants({code: parent or "" for _pk, code, parent in rows}, frozenset(codes))
    return frozenset(pk for pk, code, _parent in rows if code in inside)


def entries_of(
    officer_pk: int, year: int | None = None, as_of: datetime.date | None = None
) -> QuerySet[HourEntry]:
    """The entries of a person (merged records with them), the latest day first. Two statements."""
    found = recorded_by(as_of).filter(officer__in=owners([officer_pk]))
    if year is not None:
        found = found.filter(year=year)
    return found.select_related("category", "counters", "countered_by", "replaces", "unit", "table").order_by(
        "-earned_on", "-pk"
    )


def by_unit_then(year: int, unit_path: str, as_of: datetime.date | None = None) -> Decimal:
    """The hours earned in a year by people while they served in this subtree, carried hours left out."""
    found = recorded_by(as_of).filter(year=year, unit__path__startswith=unit_path)
    found = found.exclude(counted_as=HourEntry.Kind.CARRIED).order_by()
    return found.aggregate(sum=Coalesce(Sum("hours"), ZERO))["sum"]


def years() -> list[int]:
    """The years that have entries, the latest first. One statement."""
    return list(HourEntry.objects.order_by("-year").values_list("year", flat=True).distinct())
