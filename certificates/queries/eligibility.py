"""The rules of eligibility in force, the evidence on record, and how people stand: set-based, however many.

Evidence belongs to the person: records merged into another are read as that person's. Rehearsals count nowhere.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum, Value
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
from certificates.rules.qualifying_parts import EXAMS, QUALIFICATIONS, EligibilityRule, Part
from courses.queries.audience import among
from courses.training.models import HourEntry
from courses.training.queries.hours import owners
from lianbing.people.models import Officer
from lianbing.people.queries import day_of


def in_force(on: datetime.date) -> QualifyingRules | None:
    """The version that holds on a day, or None where the bureau has none yet. One statement."""
    return QualifyingRules.objects.filter(holds_from__lte=on).order_by("-holds_from", "-number").first()


def versions() -> QuerySet[QualifyingRules]:
    """Every version, the one that holds last first."""
    return QualifyingRules.objects.order_by("-holds_from", "-number")


def statements_of(officer_id: int) -> QuerySet[Attestation]:
    """Everything HR ever stated of a person, taken back or not, the latest first."""
    rows = Attestation.objects.filter(
        Q(officer=officer_id) | Q(officer__merged_into=officer_id), withdraws=None
    )
    return rows.select_related("withdrawn_by").order_by("-at", "-pk")


def verdicts(
    officers: Collection[Officer],
    rule: EligibilityRule,
    on: datetime.date,
    barred: Mapping[int, datetime.date] | None = None,
) -> dict[int, Verdict]:
    """How each of these people stands to a rule on a day. At most six statements (see `evidence`)."""
    found = evidence(officers, rule, on, barred)
    return {officer.pk: judge(rule, found[officer.pk], on) for officer in officers}


def evidence(
    officers: Collection[Officer],
    rule: EligibilityRule,
    on: datetime.date,
    barred: Mapping[int, datetime.date] | None = None,
) -> dict[int, Evidence]:
    """All that is on record of these people that a rule asks about, by officer id.

    `barred`: until when a revocation bars whom, where the caller knows it already. Six statements at most
    (and those of the sources of conduct); what is not asked is not read.
    """
    whose = owners([officer.pk for officer in officers])
    results = _results(whose, rule)
    statements, held = _stated(whose, on)
    hours, marks = _hours(whose, rule, on), _marks(whose, rule, on)
    blocks = _blocks(whose) if barred is None and rule.part(Part.NO_BLOCK) else barred or {}
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


def _stated(
    whose: Mapping[int, int], on: datetime.date
) -> tuple[dict[int, list[Attested]], dict[int, set[str]]]:
    """What HR states of these records (id -> person) and has not taken back, and the qualifications on record.

    One statement for both.
    """
    statements: dict[int, list[Attested]] = defaultdict(list)
    held: dict[int, set[str]] = defaultdict(set)
    said = Attestation.objects.filter(among("officer", whose), withdraws=None, withdrawn_by=None)
    fields = ("officer_id", "part", "met", "on", "until", "document_no")
    qualified = counting(on).filter(among("officer", whose)).order_by()
    rows = said.order_by().values_list(*fields)
    rows = rows.union(
        qualified.values_list("officer_id", "kind", Value(True), "obtained_on", "valid_until", "number"),
        all=True,
    )
    for officer, what, met, first, until, number in rows:
        person = whose.get(officer)
        if person is None:
            continue
        if what in QUALIFICATIONS:
            held[person].add(what)
        else:
            statements[person].append(Attested(Part(what), met, first, until, number))
    return statements, held


def _blocks(whose: Mapping[int, int]) -> dict[int, datetime.date]:
    """Until when a revocation bars these people from a new application. One statement."""
    rows = EnforcementCertificate.objects.filter(among("officer", whose), blocked_until__isnull=False)
    found: dict[int, datetime.date] = {}
    for officer, until in rows.order_by().values_list("officer_id", "blocked_until"):
        if officer in whose and until is not None:
            found[whose[officer]] = max(until, found.get(whose[officer], until))
    return found
