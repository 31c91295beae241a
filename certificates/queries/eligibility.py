"""The rules of eligibility in force, the evidence on record, and how people stand: set-based, however many.

Evidence belongs to the person: records merged into another are read as that person's. Rehearsals count nowhere.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import CharField, Q, QuerySet, Sum, Value
from django.urls import reverse

from certificates.models import Attestation, EnforcementCertificate, QualifyingRules
from certificates.ports import conduct
from certificates.queries.outcomes import ABSENT, PASSED, released_candidates
from certificates.queries.qualifications import counting
from certificates.rules.qualifying import (
    Attested,
    Evidence,
    Mark,
    Result,
    Verdict,
    conduct_from,
    hours_from,
    judge,
)
from certificates.rules.qualifying_parts import EXAMS, EligibilityRule, Part, PartRule
from courses.queries.audience import among
from courses.training.models import HourEntry
from courses.training.queries.hours import owners
from lianbing.people.models import Officer
from lianbing.people.queries import day_of

BARRED = "barred"


def in_force(on: datetime.date) -> QualifyingRules | None:
    """The version that holds on a day, or None where the bureau has none yet. One statement."""
    return QualifyingRules.objects.filter(holds_from__lte=on).order_by("-holds_from", "-number").first()


def versions() -> QuerySet[QualifyingRules]:
    """Every version, the one that holds last first."""
    return QualifyingRules.objects.order_by("-holds_from", "-number")


def stated(whose: Mapping[int, int]) -> QuerySet[Attestation]:
    """What HR states of these records (id -> person) and has not taken back, the latest first."""
    rows = Attestation.objects.filter(among("officer", whose), withdraws=None, withdrawn_by=None)
    return rows.order_by("-at", "-pk")


def statements_of(officer_id: int) -> QuerySet[Attestation]:
    """Everything HR ever stated of a person, taken back or not, the latest first."""
    rows = Attestation.objects.filter(
        Q(officer=officer_id) | Q(officer__merged_into=officer_id), withdraws=None
    )
    return rows.select_related("withdrawn_by").order_by("-at", "-pk")


def verdicts(officers: Collection[Officer], rule: EligibilityRule, on: datetime.date) -> dict[int, Verdict]:
    """How each of these people stands to a rule on a day. At most six statements (see `evidence`)."""
    found = evidence(officers, rule, on)
    return {officer.pk: judge(rule, found[officer.pk], on) for officer in officers}


def evidence(officers: Collection[Officer], rule: EligibilityRule, on: datetime.date) -> dict[int, Evidence]:
    """All that is on record of these people that a rule asks about, by officer id.

    Six statements at most (and those of the sources of conduct); what is not asked is not read.
    """
    whose = owners([officer.pk for officer in officers])
    results = _results(whose, rule)
    statements: dict[int, list[Attested]] = defaultdict(list)
    for row in stated(whose):
        if row.officer_id in whose:
            said = Attested(Part(row.part), row.met, row.on, row.until, row.document_no)
            statements[whose[row.officer_id]].append(said)
    hours, marks = _hours(whose, rule, on), _marks(whose, rule, on)
    held, blocks = _qualified_and_barred(whose, rule, on)
    return {
        officer.pk: Evidence(
            category=officer.category,
            joined_on=officer.joined_on,
            results=tuple(results[officer.pk]),
            attested=tuple(statements[officer.pk]),
            hours=hours[officer.pk],
            marks=tuple(marks[officer.pk]),
            qualifications=frozenset(held[officer.pk]),
            blocked_until=blocks.get(officer.pk),
        )
        for officer in officers
    }


def papers_of(rule: EligibilityRule) -> set[str]:
    """The blueprints whose exams a rule asks for."""
    return {key for one in rule.parts if one.part in EXAMS for key in one.get("papers")}


def _results(whose: Mapping[int, int], rule: EligibilityRule) -> dict[int, list[Result]]:
    found: dict[int, list[Result]] = defaultdict(list)
    papers = papers_of(rule)
    if not papers:
        return found
    rows = (
        released_candidates()
        .filter(among("officer", whose), sitting__blueprint__uid__in=papers)
        .exclude(outcome=ABSENT)
        .order_by("sitting__released_at", "pk")
        .values_list(
            "officer_id",
            "sitting__blueprint__uid",
            "attempt__submitted_at",
            "outcome",
            "sitting__title",
            "score",
            "full_marks",
            "attempt__uid",
        )
    )
    for officer, paper, submitted, outcome, title, score, full, attempt in rows:
        if officer in whose:
            url = reverse("exams:result", args=[attempt])
            result = Result(str(paper), day_of(submitted), outcome == PASSED, title, score, full, url)
            found[whose[officer]].append(result)
    return found


def _hours(whose: Mapping[int, int], rule: EligibilityRule, on: datetime.date) -> dict[int, Decimal]:
    asked = rule.part(Part.HOURS)
    if asked is None:
        return defaultdict(Decimal)
    if asked.get("months"):
        return hours_between(whose, hours_from(asked, on), on)
    # what was carried over into the year counts in it, as it does towards the yearly target
    return _summed(whose, HourEntry.objects.filter(year=on.year, earned_on__lte=on))


def hours_between(whose: Mapping[int, int], first: datetime.date, last: datetime.date) -> dict[int, Decimal]:
    """The hours earned from one day to another by these records (id -> person), without what was carried over."""
    rows = HourEntry.objects.filter(earned_on__gte=first, earned_on__lte=last)
    return _summed(whose, rows.exclude(counted_as=HourEntry.Kind.CARRIED))


def _summed(whose: Mapping[int, int], rows: QuerySet[HourEntry]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    sums = (
        rows.filter(among("officer", whose)).order_by().values_list("officer_id").annotate(sum=Sum("hours"))
    )
    for officer, hours in sums:
        if officer in whose:
            found[whose[officer]] += hours
    return found


def _marks(whose: Mapping[int, int], rule: EligibilityRule, on: datetime.date) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    asked = rule.part(Part.CONDUCT)
    if asked is not None:
        for officer, things in conduct(list(whose), conduct_from(asked, on), on).items():
            found[whose[officer]] += [Mark(one.on, one.words, one.url) for one in things if one.grave]
    return found


def _qualified_and_barred(
    whose: Mapping[int, int], rule: EligibilityRule, on: datetime.date
) -> tuple[dict[int, set[str]], dict[int, datetime.date]]:
    """What qualifications these people hold, and until when a revocation bars them. One statement for both."""
    held: dict[int, set[str]] = defaultdict(set)
    barred: dict[int, datetime.date] = {}
    blocks = EnforcementCertificate.objects.filter(among("officer", whose), blocked_until__isnull=False)
    rows = blocks.order_by().values_list("officer_id", Value(BARRED, CharField()), "blocked_until")
    if rule.part(Part.QUALIFICATION) or any(one.get("exempt") for one in _exams(rule)):
        counted = counting(on).filter(among("officer", whose)).order_by()
        rows = rows.union(counted.values_list("officer_id", "kind", "obtained_on"), all=True)
    for officer, what, day in rows:
        person = whose.get(officer)
        if person is None:
            continue
        if what == BARRED:
            barred[person] = max(day, barred.get(person, day))
        else:
            held[person].add(what)
    return held, barred


def _exams(rule: EligibilityRule) -> list[PartRule]:
    return [one for one in rule.parts if one.part in EXAMS]
