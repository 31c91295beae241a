"""Who is due for review, and what is on record of their year. Set-based, however many people."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from certificates.models import EnforcementCertificate
from certificates.ports import Conduct, conduct
from certificates.queries.duty import with_duty
from certificates.queries.outcomes import released_candidates
from certificates.queries.qualifications import PERSON
from certificates.rules.enforcement import ProvinceRules
from certificates.rules.reviewing import BEST, Evidence, Exam, Lack, lacks
from certificates.state.enforcement import ON_DUTY, State
from courses.training.models import RollEntry, Session
from courses.training.queries.hours import sums
from courses.training.rules.attendance import HERE, SessionState
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointments_in


@dataclass(frozen=True)
class Line:
    """One person whose review is due: where they serve, their entry, the year's evidence and what it lacks."""

    appointment: Any
    holding: EnforcementCertificate
    evidence: Evidence
    conduct: Sequence[Conduct]
    lacks: Sequence[Lack]


def _people(paths: Collection[str], day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    found = appointments_in(list(paths), day).filter(officer__user__is_rehearsal=False)
    return with_duty(found, day, rules).filter(officer__category=Officer.Category.OFFICER.value)


def due(paths: Collection[str], day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    """The appointments of whoever in these subtrees is due for review on a day, by unit and staff number."""
    return _people(paths, day, rules).filter(standing=State.DUE_FOR_REVIEW.value)


def holders(paths: Collection[str], day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    """The appointments of whoever in these subtrees holds a certificate in force, due for review or not."""
    return _people(paths, day, rules).filter(standing__in=[state.value for state in ON_DUTY])


def lines(appointments: Sequence[Any], year: int, day: datetime.date, rules: ProvinceRules) -> list[Line]:
    """The evidence of these people's year. Four statements and those of the sources of conduct."""
    ids = [row.officer_id for row in appointments]
    holdings = _holdings([row.certificate_uid for row in appointments])
    hours, exams = sums(ids, year), _exams(ids, year)
    last = min(datetime.date(year, 12, 31), day)
    behaved = conduct(ids, datetime.date(year, 1, 1), last) if ids else {}
    found = []
    for row in appointments:
        things = behaved.get(row.officer_id, [])
        evidence = Evidence(
            hours=hours[row.officer_id][0].hours,
            exam=exams.get(row.officer_id, Exam.NONE),
            grave=sum(one.grave for one in things),
        )
        holding = holdings[row.certificate_uid]
        found.append(Line(row, holding, evidence, things, lacks(evidence, rules)))
    return found


def _holdings(uids: Collection[Any]) -> dict[Any, EnforcementCertificate]:
    rows = EnforcementCertificate.objects.filter(uid__in=list(uids)).select_related("officer")
    return {row.uid: row for row in rows}


def _exams(ids: Collection[int], year: int) -> dict[int, Exam]:
    """The best outcome of each person among the exams whose results came out in a year."""
    rows = (
        released_candidates()
        .annotate(person=PERSON)
        .filter(person__in=list(ids), sitting__released_at__year=year)
        .order_by()
        .values_list("person", "outcome")
    )
    best: dict[int, Exam] = {}
    for person, outcome in rows:
        best[person] = min(best.get(person, Exam.NONE), Exam(outcome), key=BEST.index)
    return best


@dataclass(frozen=True)
class Untrained:
    """A unit that ran no training in a year although people with certificates serve in it, and how many."""

    unit: Unit
    holders: int


def untrained_units(
    paths: Collection[str], year: int, day: datetime.date, rules: ProvinceRules
) -> list[Untrained]:
    """Units with holders in which no closed session of the year was run or attended. Two statements.

    A session counts for the unit that ran it, for every unit below that, and for those whose people were there.
    """
    counted: dict[int, int] = defaultdict(int)
    units: dict[int, Unit] = {}
    for row in holders(paths, day, rules):
        counted[row.unit_id] += 1
        units[row.unit_id] = row.unit
    ran, been = _trained(year, units)
    return [
        Untrained(unit, counted[pk])
        for pk, unit in sorted(units.items(), key=lambda item: item[1].path)
        if pk not in been
        and not any(unit.path.startswith(path) or path.startswith(unit.path) for path in ran)
    ]


def _trained(year: int, units: Collection[int]) -> tuple[set[str], set[str]]:
    """The paths of the units that ran a session in a year, and of those whose people attended one."""
    ran = Session.objects.filter(state=SessionState.CLOSED.value, held_from__year=year)
    been = RollEntry.objects.filter(
        session__state=SessionState.CLOSED.value,
        session__held_from__year=year,
        state__in=[state.value for state in HERE],
        unit__in=units,
    )
    rows = (
        ran.order_by()
        .values_list("unit__path", Value("ran"))
        .union(been.order_by().values_list("unit__path", Value("been")))
    )
    found: dict[str, set[str]] = {"ran": set(), "been": set()}
    for path, what in rows:
        found[what].add(path)
    return found["ran"], found["been"]


def named(
    uids: Collection[Any], paths: Collection[str], day: datetime.date, rules: ProvinceRules
) -> list[Any]:
    """Of those due for review in these subtrees the ones whose entries are named, by unit and staff number."""
    return list(due(paths, day, rules).filter(certificate_uid__in=list(uids)))
