"""Scores and figures somebody else gave, taken over from files. The newest number of each counts."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from certificates.ratings.evidence.base import Ask, Found, source
from certificates.ratings.models import ImportedScore
from certificates.ratings.rules.words import Source

SOURCES = (Source.EXTERNAL, Source.IMPORTED, Source.CASE_QUALITY, Source.CASE_COUNT)


def _rows(name: Source, ask: Ask) -> QuerySet[ImportedScore]:
    """What stood by `ask.at` and was not withdrawn by then."""
    later = ImportedScore.objects.filter(
        key=OuterRef("key"), number__gt=OuterRef("number"), recorded_at__lte=ask.at
    )
    return ImportedScore.objects.filter(
        ~Exists(later),
        source=name.value,
        on__range=(ask.first, ask.last),
        recorded_at__lte=ask.at,
        gone=False,
    ).order_by()


def _fact(name: Source, row: ImportedScore, **whom: Any) -> Found:
    return Found(
        name,
        f"score:{row.key}",
        row.on,
        row.value,
        kind=row.code,
        label=row.label[:200],
        url=row.get_absolute_url(),
        extra={"number": row.number},
        **whom,
    )


def _people(name: Source, ask: Ask) -> Iterator[Found]:
    """Of people. One statement."""
    for row in _rows(name, ask).filter(officer__in=ask.people).iterator(2000):
        yield _fact(name, row, officer_id=ask.people[row.officer_id or 0])


def _units(name: Source, ask: Ask) -> Iterator[Found]:
    """Of units as a whole; a unit's figure is not passed up to the one above it. One statement."""
    for row in _rows(name, ask).filter(officer=None, unit__in=ask.units):
        yield _fact(name, row, unit_id=row.unit_id)


for _name in SOURCES:
    source(_name)(lambda ask, name=_name: _people(name, ask))  # type: ignore[misc]  # bound as a default
    source(_name, units=True)(lambda ask, name=_name: _units(name, ask))  # type: ignore[misc]  # as above
