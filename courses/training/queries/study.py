"""Who owes what by the study rules: a few statements whatever the number of people."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Min, OuterRef, Q, Subquery

from courses.models.duties import DutyHolder
from courses.queries.audience import serving
from courses.rules.audience import Person, matches
from courses.training.queries.attended import attended
from courses.training.queries.study_rules import Applied
from courses.training.queries.study_tallies import Tally, tallies
from courses.training.rules import study
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import serving_on


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


def person_rows(
    rules: Sequence[Applied], on: datetime.date, *, scopes: Sequence[str] = (), officer: int | None = None
) -> list[Row]:
    """Everybody in these subtrees (or one officer) whom any of the rules concerns, in the order of units.

    A constant number of statements, whatever the number of people and rules (see `tallies`); one or two
    more where duties are asked for or records were merged.
    """
    duties = any(one.audience.duties for one in rules)
    people = subjects(on, scopes=scopes, officers=None if officer is None else [officer], duties=duties)
    counted = tallies(rules)
    merged = {one.officer for one in people if one.merged}
    events = _events(merged, rules, on) if merged else {}
    alike: Alike = {}
    rows = []
    for subject in people:
        findings = [
            Finding(one, _standing(one, subject, counted[one.key], events, alike))
            for one in rules
            if concerns(one, subject.person)
        ]
        if findings:
            rows.append(Row(subject, findings))
    return rows


def concerns(one: Applied, person: Person) -> bool:
    """Whether a rule concerns somebody: they serve under its unit and belong to its audience."""
    return person.unit_path.startswith(one.row.unit.path) and matches(one.audience, person)


# The standings worked out so far: most people of a rule have done the same, and six hundred wait.
Alike = dict[tuple[int, tuple[int, ...], bool, int], study.Standing]


def _standing(
    one: Applied, subject: Subject, tally: Tally, events: dict[int, list[study.Event]], alike: Alike
) -> study.Standing:
    done, excused = tally.get(subject.officer, ([0] * len(one.rule.parts), False))
    if subject.officer in events:
        mine = events[subject.officer]
        return study.evaluated(one.rule, one.period, mine, on=one.on, served=subject.served, excused=excused)
    need = study.owed(one.rule.count, one.period, subject.served)
    key = (one.key, tuple(done), excused, need)
    if key not in alike:
        alike[key] = study.standing(
            one.rule, one.period, done, on=one.on, served=subject.served, excused=excused
        )
    return alike[key]


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
