"""Evidence of ratings for tests: records, scores from outside, periods of a scheme that asks for given sources."""

import datetime
import itertools
from decimal import Decimal

from certificates.ratings.evidence import Ask, found
from certificates.ratings.models import (
    Exclusion,
    Gathering,
    ImportedScore,
    Indicator,
    IndicatorVersion,
    Period,
    PeriodEvent,
    Record,
    Result,
    Roll,
    Scheme,
    SchemeVersion,
    Statement,
)
from certificates.ratings.queries import rolls
from certificates.ratings.services.gathering import bases_of
from lianbing.people.queries import appointment_of

FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)
DAY = datetime.date(2026, 11, 2)
AT = datetime.datetime(2027, 1, 5, 1, 0, tzinfo=datetime.UTC)
_serials = itertools.count(1)


def record(officer=None, kind="honour", sort="individual", **fields):
    """A record of an officer, or of the `unit` given alone."""
    on = fields.setdefault("on", DAY)
    if officer is not None:
        fields.setdefault("unit", appointment_of(officer, on).unit)
    if kind == "measure":
        fields.setdefault("expires_on", datetime.date(2027, 5, 1))
    return Record.objects.create(
        kind=kind,
        sort=sort,
        officer=officer,
        for_unit=fields.pop("for_unit", officer is None),
        title=fields.pop("title", "年度先进"),
        digest=f"{next(_serials):064}",
        recorded_at=fields.pop("recorded_at", datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)),
        by={"name": "人事", "staff_number": "HR1"},
        **fields,
    )


def score(value, *, officer=None, unit=None, source="external", code="satisfaction", **fields):
    """A score somebody else gave."""
    on = fields.setdefault("on", DAY)
    return ImportedScore.objects.create(
        source=source,
        code=code,
        officer=officer,
        unit=unit or appointment_of(officer, on).unit,
        label=fields.pop("label", "群众满意度"),
        value=Decimal(value),
        key=fields.pop("key", f"{next(_serials):064}"),
        recorded_at=fields.pop("recorded_at", datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)),
        by={"name": "人事"},
        **fields,
    )


def excluded(officer, **fields):
    """Somebody on long leave for the whole year."""
    return Exclusion.objects.create(
        officer=officer,
        reason=fields.pop("reason", "长期病假"),
        approver=fields.pop("approver", "赵局长"),
        from_on=fields.pop("from_on", datetime.date(2026, 1, 1)),
        until_on=fields.pop("until_on", LAST),
        recorded_at=AT,
        **fields,
    )


def period(unit, *sources, subject="officer", first=FIRST, last=LAST, told=None, **spec):
    """A quarter below `unit`, by a scheme with one line for each of these sources."""
    scheme = Scheme.objects.create(title="考核", subject=subject, created_at=AT)
    lines = []
    for source in sources:
        code = f"{source}_{next(_serials)}"
        indicator = Indicator.objects.create(code=code, created_at=AT)
        about = {"title": code, "source": source} | (told or {})
        IndicatorVersion.objects.create(indicator=indicator, number=1, spec=about, created_at=AT)
        lines.append({"code": code, "version": 1, "weight": "10"})
    version = SchemeVersion.objects.create(
        scheme=scheme, number=1, spec={"lines": lines} | spec, created_at=AT, adopted_at=AT, starts_on=first
    )
    return Period.objects.create(
        scheme=scheme,
        scheme_version=version,
        kind="quarterly_assessment",
        first=first,
        last=last,
        unit=unit,
        opened_at=AT,
    )


def published(unit, scores, *, number):
    """A statement about November with these scores, published."""
    of = Period.objects.filter(kind="monthly_check").first()
    if of is None:
        of = period(unit, first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 30))
        Period.objects.filter(pk=of.pk).update(kind="monthly_check")
    gathered = Gathering.objects.create(period=of, number=number, at=AT, by={}, upto=0, digest="")
    statement = Statement.objects.create(
        period=of,
        gathering=gathered,
        scheme_version=of.scheme_version,
        number=number,
        at=AT,
        by={},
        digest="",
    )
    for officer, value in scores.items():
        about = {"unit": unit, "unit_path": unit.path, "unit_name": unit.name, "name": officer.name}
        roll = Roll.objects.create(gathering=gathered, officer=officer, **about)
        Result.objects.create(statement=statement, roll=roll, officer=officer, score=Decimal(value))
    PeriodEvent.objects.create(period=of, kind="published", at=AT, actor={}, statement=statement)


def ask(unit, *, units=False, first=FIRST, last=LAST, at=AT):
    """The question for everybody below a unit, or for the units."""
    unit.refresh_from_db()
    people = rolls.members(unit.path, last)
    if units:
        return Ask(first, last, at, units=bases_of(rolls.units_below(unit.path, last), people))
    posts = {one.officer_id: one.post_id for one in people}
    return Ask(first, last, at, people=rolls.records_of(posts), posts=posts)


def gathered(source, unit, **fields):
    """What a source has about everybody below a unit."""
    return list(found(source, ask(unit, **fields)))
