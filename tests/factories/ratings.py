"""Ratings for tests: indicators, schemes in force, periods, facts, gatherings."""

import datetime
import itertools
from decimal import Decimal

from certificates.ratings.models import Fact, Indicator, IndicatorVersion, Roll, Scheme, SchemeVersion
from certificates.ratings.rules import indicators as rules
from certificates.ratings.rules import reading
from certificates.ratings.rules import schemes as scheme_rules
from certificates.ratings.rules.presets import BANDS, STARS
from certificates.ratings.rules.words import PeriodKind, Source
from certificates.ratings.services import facts as services
from certificates.ratings.services import periods
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import serving_on
from lianbing.people.rules import Actor

AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
LONG_AGO = datetime.date(2020, 1, 1)
HR = Actor(user_id=9001, staff_number="HR1", name="组织人事")
LEADER = Actor(user_id=9002, staff_number="L1", name="分管领导")
_origins = itertools.count(1)


def indicator(code="score", **fields):
    """A frozen version of an indicator; by default a score out of 100 taken over from files."""
    made = rules.Indicator(code, **{"title": code, "combine": "mean", **fields})
    spec = reading.indicator_spec(reading.indicator(code, 1, _plain(made)))
    row, _new = Indicator.objects.get_or_create(code=code, defaults={"created_at": AT})
    number = row.versions.count() + 1
    return IndicatorVersion.objects.create(
        indicator=row, number=number, spec=spec, created_at=AT, frozen_at=AT
    )


def _plain(made):
    """The specification of an indicator whose words may be given as plain text."""
    fields = {name: getattr(made, name) for name in ("source", "kind", "combine", "missing", "window")}
    words = rules.Indicator(made.code)
    typed = {name: type(getattr(words, name))(value) for name, value in fields.items()}
    return reading.indicator_spec(rules.Indicator(**{**made.__dict__, **typed}))


def version(*lines, scheme=None, starts_on=LONG_AGO, subject="officer", adopted_at=AT, **fields):
    """An adopted version of a scheme; lines are (code, weight) or (code, version, weight)."""
    rules_lines = tuple(
        scheme_rules.Line(one[0], one[1] if len(one) == 3 else 1, Decimal(one[-1])) for one in lines
    )
    spec = scheme_rules.Scheme(
        subject=subject,
        lines=rules_lines,
        bands=fields.pop("bands", BANDS["90_80_60"]),
        stars=fields.pop("stars", STARS),
        star_kinds=fields.pop("star_kinds", tuple(PeriodKind)),
        **fields,
    )
    scheme = scheme or Scheme.objects.create(title="星级考核", subject=subject, created_at=AT)
    return SchemeVersion.objects.create(
        scheme=scheme,
        number=scheme.versions.count() + 1,
        spec=reading.scheme_spec(spec),
        created_at=AT,
        adopted_at=adopted_at,
        adopted_by={},
        starts_on=starts_on,
    )


def scheme(*lines, **fields):
    """A scheme in force; without lines one indicator "score" that is the whole score."""
    if not lines:
        if not Indicator.objects.filter(code="score").exists():
            indicator("score")
        lines = (("score", 100),)
    return version(*lines, **fields).scheme


def period(unit, of=None, kind=PeriodKind.MONTHLY, first=datetime.date(2026, 10, 1), at=AT, by=HR):
    """An open period."""
    return periods.open_period(scheme=of or scheme(), kind=kind, first=first, unit=unit, by=by, at=at)


def fact(subject, value=1, on=datetime.date(2026, 10, 15), source=Source.IMPORTED, **fields):
    """Append a fact about an officer or a unit; `origin` names a record that is already known."""
    whose = {"unit": subject} if isinstance(subject, Unit) else {"officer": subject}
    fields.setdefault("origin", f"test:{next(_origins)}")
    fields.setdefault("recorded_at", AT)
    services.append([Fact(source=source, value=Decimal(value), on=on, **whose, **fields)])
    return Fact.objects.order_by("-pk").first()


def rolls(period, excluded=()):
    """The rolls of everybody who serves in a period's unit on its last day, and of its units."""
    units = Unit.objects.filter(path__startswith=period.unit.path).order_by("path")
    made = [Roll(unit=unit, unit_path=unit.path, unit_name=unit.name, name=unit.name) for unit in units]
    serving = Appointment.objects.filter(serving_on(period.last), unit__in=units)
    for one in serving.select_related("officer", "unit").order_by("pk"):
        made.append(
            Roll(
                officer=one.officer,
                unit=one.unit,
                unit_path=one.unit.path,
                unit_name=one.unit.name,
                name=one.officer.name,
                post_id=one.post_id,
                category=one.officer.category,
                excluded="长期病假" if one.officer in excluded else "",
                approver="局长" if one.officer in excluded else "",
            )
        )
    return made


def gather(period, excluded=(), at=AT, by=HR):
    """Close a gathering over the facts there are."""
    return services.close(period=period, rolls=rolls(period, excluded), by=by, at=at)


def computed(period, at=AT, by=HR, **fields):
    """Gather and compute."""
    gather(period, at=at, **fields)
    return periods.compute(period=period, by=by, at=at)


def published(period, at=AT, **fields):
    """The whole road up to publication. Returns the statement."""
    statement = computed(period, at=at, **fields)
    publish(period, at=at)
    return statement


def publish(period, at=AT):
    """Review, confirm and publish what was computed."""
    periods.review(period=period, by=HR, at=at)
    periods.confirm(period=period, by=LEADER, at=at)
    periods.publish(period=period, by=HR, at=at)
