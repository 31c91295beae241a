"""Who is due for review, and what is on record of their year. Set-based, however many people."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from certificates.models import EnforcementCertificate
from certificates.ports import Conduct, conduct
from certificates.queries.duty import with_state
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


def _in_state(
    paths: Collection[str],
    day: datetime.date,
    rules: ProvinceRules,
    states: Collection[State],
    uids: Collection[Any] | None = None,
) -> QuerySet[Any]:
    """Appointments of officers whose entry stands in one of these states. The entry of a record merged into
    another counts for the one that was kept, unless that has one of its own.
    """
    held = with_state(day, rules).filter(standing__in=[state.value for state in states])
    held = held.exclude(officer__merged_into__enforcement_certificate__isnull=False)
    if uids is not None:
        held = held.filter(uid__in=list(uids))
    kept = held.annotate(kept=Coalesce("officer__merged_into", "officer")).values("kept")
    return appointments_in(list(paths), day).filter(
        officer__in=kept,
        officer__user__is_rehearsal=False,
        officer__category=Officer.Category.OFFICER.value,
    )


def due(
    paths: Collection[str], day: datetime.date, rules: ProvinceRules, uids: Collection[Any] | None = None
) -> QuerySet[Any]:
    """The appointments of whoever in these subtrees is due for review on a day, by unit and staff number.

    With `uids` only those whose entries are named.
    """
    return _in_state(paths, day, rules, {State.DUE_FOR_REVIEW}, uids)


def holders(paths: Collection[str], day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    """The appointments of whoever in these subtrees holds a certificate in force, due for review or not."""
    return _in_state(paths, day, rules, ON_DUTY)


def lines(appointments: Sequence[Any], year: int, day: datetime.date, rules: ProvinceRules) -> list[Line]:
    """The evidence of these people's year. Four statements and those of the sources of conduct."""
    ids = [row.officer_id for row in appointments]
    holdings = entries_of(ids)
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
        found.append(Line(row, holdings[row.officer_id], evidence, things, lacks(evidence, rules)))
    return found


def entries_of(ids: Collection[int]) -> dict[int, EnforcementCertificate]:
    """The entry of each of these people: their own, else that of a record merged into theirs. One statement."""
    rows = EnforcementCertificate.objects.filter(Q(officer__in=ids) | Q(officer__merged_into__in=ids))
    found: dict[int, EnforcementCertificate] = {}
    for row in rows.select_related("officer").order_by("pk"):
        kept = row.officer.merged_into_id or row.officer_id
        if kept not in found or row.officer_id == kept:
            found[kept] = row
    return found


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
