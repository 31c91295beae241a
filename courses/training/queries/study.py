"""Study rules as they hold on a day, and who owes what by them: a few statements whatever the number of people.

`courses.training.rules.study` decides; this counts in the database what the rule counts over events, because
a year of a bureau is some sixty thousand rows. A test holds the two together.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from courses.models.duties import DutyHolder
from courses.queries.audience import serving
from courses.queries.categories import Known
from courses.rules.audience import Audience, Person, from_json, matches
from courses.training.models import RollEntry, Session, StudyRule
from courses.training.queries.attended import attended
from courses.training.rules import study
from courses.training.rules.study_periods import Period, period_of
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import serving_on


@dataclass(frozen=True)
class Applied:
    """A version of a rule with the period it judges, ready to be applied on the day `on`."""

    row: StudyRule
    rule: study.Rule
    period: Period
    audience: Audience
    on: datetime.date

    @property
    def key(self) -> int:
        return self.row.pk or 0


def prepared(row: StudyRule, known: Known) -> study.Rule:
    """A stored version as the pure rule takes it: categories with what is below them, states that count."""
    if row.demand == StudyRule.Demand.CATEGORY and row.categories:
        parts = tuple(study.Part(known.name(code), known.below([code])) for code in row.categories)
    else:
        name = "、".join(known.name(code) for code in row.categories)
        parts = (study.Part(name, known.below(row.categories)),)
    states = {study.PRESENT, study.MADE_UP}
    states |= {study.LATE} if row.late_counts else set()
    states |= {study.LEFT_EARLY} if row.early_counts else set()
    return study.Rule(
        count=row.count,
        parts=parts,
        minimum_minutes=row.minimum_minutes,
        kinds=frozenset(row.kinds),
        topical=row.topical,
        self_study=row.self_study,
        states=frozenset(states),
        per_topic=row.demand == StudyRule.Demand.TOPIC,
        red_days=row.red_days,
    )


def applied(row: StudyRule, known: Known, on: datetime.date) -> Applied:
    """A version for the period that holds the day."""
    return Applied(row, prepared(row, known), period_of(row.period, on), from_json(row.audience), on)


def holding(
    known: Known, on: datetime.date, *, scopes: Sequence[str], subjects: Collection[str], period: str = ""
) -> list[Applied]:
    """The rules that judge the periods holding `on` and touch these subtrees, by title. One statement.

    A period is judged by the version that held on its first day. `period` narrows to one kind of period.
    """
    rows = StudyRule.objects.filter(subject__in=subjects, holds_from__lte=on).select_related("unit")
    if period:
        rows = rows.filter(period=period)
    found = [applied(row, known, on) for row in rows.order_by("title", "pk")]
    return [
        one
        for one in found
        if one.row.holds_from <= one.period.first
        and (one.row.holds_to is None or one.period.first <= one.row.holds_to)
        and any(one.row.unit.path.startswith(path) or path.startswith(one.row.unit.path) for path in scopes)
    ]


@dataclass(frozen=True)
class Subject:
    """Somebody who serves on the day: as the audience asks of them, and since when they are here."""

    officer: int
    name: str
    staff_number: str
    person: Person
    since: datetime.date
    left_on: datetime.date | None
    merged: bool

    @property
    def served(self) -> tuple[datetime.date, datetime.date]:
        last = self.left_on - datetime.timedelta(days=1) if self.left_on else datetime.date.max
        return self.since, last


@dataclass(frozen=True)
class Finding:
    """Where somebody stands by one rule."""

    applied: Applied
    standing: study.Standing


@dataclass(frozen=True)
class Row:
    """One person with everything they owe."""

    subject: Subject
    findings: list[Finding] = field(default_factory=list)

    @property
    def lacking(self) -> list[Finding]:
        return [one for one in self.findings if one.standing.lacking]

    @property
    def tone(self) -> str:
        tones = {one.standing.tone for one in self.findings}
        return next((tone for tone in ("bad", "warn", "ok") if tone in tones), "muted")


def subjects(
    on: datetime.date,
    *,
    scopes: Sequence[str] = (),
    officers: Collection[int] | None = None,
    duties: bool = False,
) -> list[Subject]:
    """Who serves on the day in these subtrees, or who of `officers` does. One statement, two with `duties`."""
    first = Appointment.objects.filter(officer=OuterRef("officer")).order_by().values("officer")
    inside = Q(pk__in=[])
    for path in scopes:
        inside |= Q(unit__path__startswith=path)
    rows = serving(on).filter(inside if officers is None else Q(officer__in=officers))
    rows = rows.annotate(
        first=Subquery(first.annotate(first=Min("starts_on")).values("first")),
        merged=Exists(Officer.objects.filter(merged_into=OuterRef("officer"))),
    )
    held = _duties(on) if duties else {}
    fields = ("officer", "officer__name", "officer__staff_number", "unit__path", "post", "rank")
    more = ("officer__category", "officer__joined_on", "first", "officer__left_on", "merged")
    return [
        Subject(
            officer=pk,
            name=name,
            staff_number=number,
            person=Person(path, post, rank, category, held.get(pk, frozenset()), joined),
            since=min(joined or since, since),
            left_on=left,
            merged=merged,
        )
        for pk, name, number, path, post, rank, category, joined, since, left, merged in rows.values_list(
            *fields, *more
        )
    ]


def _duties(on: datetime.date) -> dict[int, frozenset[str]]:
    held: dict[int, set[str]] = {}
    for officer, code in DutyHolder.objects.filter(serving_on(on)).values_list("officer", "duty__code"):
        held.setdefault(officer, set()).add(code)
    return {officer: frozenset(codes) for officer, codes in held.items()}


def midnight(day: datetime.date) -> datetime.datetime:
    """The first moment of a day in the bureau's own time."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _within(first: datetime.date, last: datetime.date) -> Q:
    """The condition on a roll entry that what it tells was on these days; a make-up on its own day."""
    since, until = midnight(first), midnight(last + datetime.timedelta(days=1))
    held = Q(made_up_on=None, session__starts_at__gte=since, session__starts_at__lt=until)
    return held | Q(made_up_on__gte=first, made_up_on__lte=last)


def _counting(rule: study.Rule, part: study.Part) -> Q:
    """`study.counts` and the part's categories, as a condition on a roll entry."""
    fit = Q(state__in=rule.states, minutes__gte=max(rule.minimum_minutes, 1))
    if rule.kinds:
        fit &= Q(session__kind__in=rule.kinds)
    topical = Q(session__batch__training_class__kind="topical")
    if rule.topical == study.YES:
        fit &= topical
    if rule.topical == study.NO:
        fit &= Q(session__batch=None) | ~topical
    if rule.self_study == study.UNCOUNTED:
        fit &= ~Q(session__kind=study.SELF_STUDY)
    if rule.self_study == study.ONLY:
        fit &= Q(session__kind=study.SELF_STUDY)
    return fit & Q(session__category__code__in=part.codes) if part.codes else fit


Tally = dict[int, tuple[list[int], bool]]


def _tallies(rules: Sequence[Applied], officers: Collection[int] | None) -> dict[int, Tally]:
    """For each rule and officer: how many of each part, and whether they are excused. One statement for a
    period; the people asked for may be limited."""
    periods: dict[Period, list[Applied]] = {}
    for one in rules:
        periods.setdefault(one.period, []).append(one)
    found: dict[int, Tally] = {}
    for period, group in periods.items():
        found |= _tally(period, group, officers)
    return found


def _tally(period: Period, group: list[Applied], officers: Collection[int] | None) -> dict[int, Tally]:
    rows: QuerySet[RollEntry] = RollEntry.objects.filter(
        _within(period.first, min(period.last, group[0].on)), session__state=Session.State.CLOSED
    )
    if officers is not None:
        rows = rows.filter(officer__in=officers)
    names = [(one, [f"n{one.key}_{at}" for at in range(len(one.rule.parts))]) for one in group]
    asked = {
        name: Count("pk", filter=_counting(one.rule, part))
        for one, part_names in names
        for name, part in zip(part_names, one.rule.parts, strict=True)
    }
    asked |= {
        "expected_": Count("pk", filter=Q(expected=True)),
        "leave_": Count("pk", filter=Q(expected=True, state="leave")),
    }
    found: dict[int, Tally] = {one.key: {} for one in group}
    for row in rows.order_by().values("officer").annotate(**asked):
        excused = study.is_excused(row["expected_"], row["leave_"])
        for one, part_names in names:
            found[one.key][row["officer"]] = ([row[name] for name in part_names], excused)
    return found


def person_rows(
    rules: Sequence[Applied], on: datetime.date, *, scopes: Sequence[str] = (), officer: int | None = None
) -> list[Row]:
    """Everybody in these subtrees (or one officer) whom any of the rules concerns, in the order of units.

    Three statements and one for every kind of period, whatever the number of people and rules; one or two
    more where duties are asked for or records were merged.
    """
    duties = any(one.audience.duties for one in rules)
    only = None if officer is None else [officer]
    people = subjects(on, scopes=scopes, officers=only, duties=duties)
    tallies = _tallies(rules, only)
    merged = {one.officer for one in people if one.merged}
    events = _events(merged, rules, on) if merged else {}
    rows = []
    for subject in people:
        findings = [
            Finding(one, _standing(one, subject, tallies[one.key], events, on))
            for one in rules
            if concerns(one, subject.person)
        ]
        if findings:
            rows.append(Row(subject, findings))
    return rows


def concerns(one: Applied, person: Person) -> bool:
    """Whether a rule concerns somebody: they serve under its unit and belong to its audience."""
    return person.unit_path.startswith(one.row.unit.path) and matches(one.audience, person)


def _standing(
    one: Applied,
    subject: Subject,
    tally: Tally,
    events: dict[int, list[study.Event]],
    on: datetime.date,
) -> study.Standing:
    done, excused = tally.get(subject.officer, ([0] * len(one.rule.parts), False))
    if subject.officer in events:
        return study.evaluated(one.rule, one.period, events[subject.officer], on=on, served=subject.served)
    return study.standing(one.rule, one.period, done, on=on, served=subject.served, excused=excused)


def _events(
    officers: Collection[int], rules: Iterable[Applied], on: datetime.date
) -> dict[int, list[study.Event]]:
    """What these people attended as events of the rules: for those known under several records."""
    first = min(one.period.first for one in rules)
    found: dict[int, list[study.Event]] = {pk: [] for pk in officers}
    for row in attended(officers, first, on):
        event = study.Event(
            f"session:{row.session}", row.on, row.kind, row.category, row.minutes, row.topical, row.state
        )
        found.setdefault(row.officer, []).append(event)
    return found


def pressing_first(rows: Iterable[Row]) -> list[Row]:
    """Those who lack something, the pressing ones first, then by how much is lacking."""
    place = {"bad": 0, "warn": 1}
    lacking = [row for row in rows if row.lacking]
    return sorted(
        lacking,
        key=lambda r: (
            place.get(r.tone, 2),
            -sum(lack.times for one in r.lacking for lack in one.standing.lacking),
            r.subject.person.unit_path,
            r.subject.staff_number,
        ),
    )
