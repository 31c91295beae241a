"""What units are measured by: exams, coverage and hours of their people, over the base without the excluded.

Each figure says who counted (`base`), how many of them did (`hit`) and who is out of the base, by name, reason,
approver and expiry. It is computed for exactly the days asked about, so its origin and its `span` name them.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.queries import duty
from certificates.queries.outcomes import ABSENT, PASSED, released_candidates
from certificates.ratings.evidence.base import Ask, Found, percent, source
from certificates.ratings.models import PeriodEvent, Result
from certificates.ratings.rules.words import Source, Subject
from certificates.ratings.state import Act
from courses.training.models import HourEntry
from courses.training.queries import standing as training
from lianbing.people.models import Officer
from lianbing.people.queries import day_of

HUNDREDTH = Decimal("0.01")
EXAM_FIELDS = (
    "sitting__uid",
    "sitting__title",
    "sitting__opens_at",
    "officer_id",
    "officer__merged_into",
    "outcome",
    "score",
    "full_marks",
)


class Sat(NamedTuple):
    """One exam as one unit sees it: its title, its day, and what came of each of the unit's people."""

    title: str
    on: datetime.date
    outcomes: list[tuple[str, Decimal]]


def _of_whom(ask: Ask) -> dict[int, list[int]]:
    """Person -> the units in whose base they count."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit, base in ask.units.items():
        for person in base.people:
            found[person].append(unit)
    return found


def _figure(ask: Ask, name: Source, unit: int, key: str, value: Decimal, **said: Any) -> Found:
    """One figure of one unit for the days asked about."""
    base = ask.units[unit]
    out = [
        {
            "name": one.name,
            "reason": one.reason,
            "approver": one.approver,
            "until": one.until.isoformat() if one.until else None,
        }
        for one in base.excluded
    ]
    extra = {
        "span": [ask.first.isoformat(), ask.last.isoformat()],
        "excluded": out,
        "staff": said.pop("staff", ""),
        **said.pop("extra"),
    }
    return Found(name, f"{name}:{unit}:{key}{ask.span}", value=value, unit_id=unit, extra=extra, **said)


@source(Source.UNIT_EXAM, units=True)
def exams(ask: Ask) -> Iterator[Found]:
    """For each exam and unit: part that sat, part that passed, mean of those who sat. Kinds: participation, passed, mean.

    Who was invited and counts in the base is the base of that exam. One statement.
    """
    rows = released_candidates().filter(
        sitting__released_at__lte=ask.at, sitting__opens_at__gte=ask.begins, sitting__opens_at__lt=ask.ends
    )
    whose, seen = _of_whom(ask), dict[tuple[int, str], Sat]()
    for uid, title, opens_at, officer, kept, outcome, score, full in (
        rows.order_by().values_list(*EXAM_FIELDS).iterator(2000)
    ):
        marks = Decimal(0) if outcome == ABSENT else percent(score, full)
        for unit in whose.get(kept or officer, ()):
            sat = seen.setdefault((unit, str(uid)), Sat(title, day_of(opens_at), []))
            sat.outcomes.append((outcome, marks))
    for (unit, uid), sat in seen.items():
        yield from _of_exam(ask, unit, uid, sat)


def _of_exam(ask: Ask, unit: int, uid: str, sat: Sat) -> Iterator[Found]:
    invited = len(sat.outcomes)
    came = [marks for outcome, marks in sat.outcomes if outcome != ABSENT]
    passed = sum(outcome == PASSED for outcome, _marks in sat.outcomes)
    mean = sum(came, Decimal(0)) / len(came) if came else Decimal(0)
    figures = (
        ("participation", percent(len(came), invited), len(came)),
        ("passed", percent(passed, invited), passed),
        ("mean", mean.quantize(HUNDREDTH), len(came)),
    )
    for kind, value, hit in figures:
        yield _figure(
            ask,
            Source.UNIT_EXAM,
            unit,
            f"{kind}:{uid}",
            value,
            on=sat.on,
            kind=kind,
            label=_("%(title)s: %(hit)d of %(base)d") % {"title": sat.title, "hit": hit, "base": invited},
            url=reverse("certificates:overview"),
            extra={"sitting": uid, "base": invited, "hit": hit},
        )


@source(Source.UNIT_COVERAGE, units=True)
def coverage(ask: Ask) -> Iterator[Found]:
    """Who of the base was trained: see the kinds below. A constant number of statements.

    trained: part with any hours in these days. hours: hours a head. target: part of those with a yearly target
    of hours who reached it by the last day. on_duty: part of the enforcement officers who are on duty; who by
    law holds no certificate is not asked for one.
    """
    hours = _hours(ask)
    trained = {person for person, sum_ in hours.items() if sum_ > 0}
    asked, met = _targets(ask)
    officers, on_duty = _certified(ask)
    for unit, base in ask.units.items():
        if not base.people:
            continue
        yield _share(ask, unit, "trained", base.people, trained)
        total = sum((hours.get(person, Decimal(0)) for person in base.people), Decimal(0))
        size, hit = len(base.people), len(base.people & trained)
        yield _coverage(ask, unit, "hours", (total / size).quantize(HUNDREDTH), size, hit)
        if base.people & asked:
            yield _share(ask, unit, "target", base.people & asked, met)
        if base.people & officers:
            yield _share(ask, unit, "on_duty", base.people & officers, on_duty)


def _everybody(ask: Ask) -> list[int]:
    return sorted(frozenset().union(*(base.people for base in ask.units.values())))


def _targets(ask: Ask) -> tuple[set[int], set[int]]:
    """Whose year has a target of hours, and who of them reached it by the last day."""
    day = min(ask.last, day_of(ask.at))
    found = training.standings(_everybody(ask), ask.last.year, ask.last, as_of=day)
    asked = {person for person, one in found.items() if one.standing is not None}
    return asked, {person for person in asked if not found[person].lacking}


def _certified(ask: Ask) -> tuple[set[int], set[int]]:
    """Who is an enforcement officer, and who of them is on duty."""
    rows = Officer.objects.filter(pk__in=_everybody(ask), category=Officer.Category.OFFICER)
    officers = set(rows.values_list("pk", flat=True))
    found = duty.standings(sorted(officers), ask.ends)
    return officers, {person for person, one in found.items() if one.on_duty}


def _share(ask: Ask, unit: int, kind: str, whole: Collection[int], part: Collection[int]) -> Found:
    hit = len(set(whole) & set(part))
    return _coverage(ask, unit, kind, percent(hit, len(whole)), len(whole), hit)


def _coverage(ask: Ask, unit: int, kind: str, value: Decimal, size: int, hit: int) -> Found:
    words = {
        "trained": _("Trained"),
        "hours": _("Hours a head"),
        "target": _("Reached the yearly target"),
        "on_duty": _("On duty"),
    }
    return _figure(
        ask,
        Source.UNIT_COVERAGE,
        unit,
        kind,
        value,
        on=ask.last,
        kind=kind,
        label=_("%(what)s: %(hit)d of %(base)d") % {"what": words[kind], "hit": hit, "base": size},
        url=reverse("certificates:overview") if kind == "on_duty" else reverse("training:hours_manage"),
        extra={"base": size, "hit": hit},
    )


def _hours(ask: Ask) -> dict[int, Decimal]:
    """The hours of everybody in these days, carried hours left out, by person. One statement."""
    rows = (
        HourEntry.objects.filter(earned_on__range=(ask.first, ask.last), recorded_at__lte=ask.at)
        .exclude(counted_as=HourEntry.Kind.CARRIED)
        .order_by()
        .values_list("officer_id", "officer__merged_into")
        .annotate(sum=Sum("hours"))
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for officer, kept, hours in rows.iterator(2000):
        found[kept or officer] += hours
    return found


@source(Source.UNIT_MEAN, units=True)
def mean(ask: Ask) -> Iterator[Found]:
    """Mean score of the unit's people in each assessment of people published for days within these. Two statements."""
    published = PeriodEvent.objects.filter(
        kind=Act.PUBLISHED.value,
        at__lte=ask.at,
        period__scheme__subject=Subject.OFFICER.value,
        period__first__gte=ask.first,
        period__last__lte=ask.last,
    )
    newest = {
        event.period_id: (event.period, event.statement)
        for event in published.order_by("pk").select_related("period__scheme", "statement")
        if event.statement is not None
    }
    period_of = {statement.pk: period for period, (_period, statement) in newest.items()}
    whose, scores = _of_whom(ask), defaultdict[tuple[int, int], list[Decimal]](list)
    rows = Result.objects.filter(statement__in=period_of, officer__isnull=False).order_by()
    for statement, officer, score in rows.values_list("statement_id", "officer_id", "score").iterator(2000):
        for unit in whose.get(officer, ()):
            scores[unit, period_of[statement]].append(score)
    for (unit, key), mine in scores.items():
        period, told = newest[key]
        yield _figure(
            ask,
            Source.UNIT_MEAN,
            unit,
            str(period.uid),
            (sum(mine, Decimal(0)) / len(mine)).quantize(HUNDREDTH),
            on=period.last,
            kind=period.kind,
            label=_("%(title)s: mean of %(base)d people") % {"title": period.scheme.title, "base": len(mine)},
            url=reverse("ratings:statement", args=[told.uid]),
            extra={"base": len(ask.units[unit].people), "hit": len(mine)},
        )
