"""Honours, sanctions, measures, findings of supervision: of the person, of who answers for it, of the unit."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from certificates.ratings.evidence.base import Ask, Found, source
from certificates.ratings.models import Record
from certificates.ratings.queries.records import holding
from certificates.ratings.rules.records import Kind
from certificates.ratings.rules.words import Source
from lianbing.people.models import Unit

SOURCES = {
    Source.HONOUR: Kind.HONOUR,
    Source.SANCTION: Kind.SANCTION,
    Source.MEASURE: Kind.MEASURE,
    Source.SUPERVISION: Kind.FINDING,
}


def _people(name: Source, ask: Ask) -> Iterator[Found]:
    """What is on record of these people, and what they answer for (`linked`). One statement."""
    rows = _rows(name, ask).filter(Q(officer__in=ask.people) | Q(leader__in=ask.people))
    for row in rows:
        person = ask.people.get(row.officer_id or 0)
        if person is not None:
            yield _fact(name, row, f"record:{row.uid}", officer_id=person, linked=False)
        leader = ask.people.get(row.leader_id or 0)
        if leader is not None and leader != person:
            yield _fact(name, row, f"record:{row.uid}:leader", officer_id=leader, linked=True)


def _units(name: Source, ask: Ask) -> Iterator[Found]:
    """What counts for each unit: recorded of itself, or of somebody who served in it or below. One statement."""
    paths = {base.path: unit for unit, base in ask.units.items()}
    for row in _rows(name, ask).filter(for_unit=True).select_related("unit"):
        path = row.unit.path
        for end in range(len(path), 0, -Unit.steplen):
            unit = paths.get(path[:end])
            if unit is not None:
                yield _fact(name, row, f"record:{row.uid}:unit:{unit}", unit_id=unit, linked=False)


def _rows(name: Source, ask: Ask) -> QuerySet[Record]:
    rows = holding(ask.last, first=ask.first).filter(kind=SOURCES[name].value, recorded_at__lte=ask.at)
    return rows.order_by("pk")


def _fact(
    name: Source,
    row: Record,
    origin: str,
    *,
    linked: bool,
    officer_id: int | None = None,
    unit_id: int | None = None,
) -> Found:
    # a result outlives a measure: whoever reads one learns that there was a yellow card, not what it was for
    label = row.sort_label if row.kind == Kind.MEASURE else f"{row.sort_label} · {row.title}"
    return Found(
        name,
        origin,
        row.on,
        Decimal(1) if row.points is None else row.points,
        kind=row.sort,
        officer_id=officer_id,
        unit_id=unit_id,
        until=row.expires_on,
        label=(_("Answers for: %(what)s") % {"what": label} if linked else label)[:200],
        url=row.get_absolute_url(),
        extra={"level": row.level, "linked": linked, "document": row.document_no},
    )


for _name in SOURCES:
    source(_name)(lambda ask, name=_name: _people(name, ask))  # type: ignore[misc]  # bound as a default
    source(_name, units=True)(lambda ask, name=_name: _units(name, ask))  # type: ignore[misc]  # as above
