"""Gathering the evidence of a period: who is on its roll, what the sources found, what of it is new.

Facts are appended, never changed: what reads otherwise than before gets a further number, what vanished a row
that says so, and what was found again as it was is left alone. So gathering twice appends nothing. People are
taken a thousand at a time, so that a bureau of ten thousand is never held in memory at once.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from certificates.ratings.evidence import Ask, Base, Excluded, Found, found
from certificates.ratings.evidence.base import AS_OF
from certificates.ratings.models import Fact, Gathering, Period
from certificates.ratings.queries import rolls
from certificates.ratings.queries.rolls import Member
from certificates.ratings.queries.schemes import indicators_of, scheme_of
from certificates.ratings.rules.periods import window
from certificates.ratings.rules.schemes import Scheme
from certificates.ratings.rules.words import Source, Subject
from certificates.ratings.services import facts
from certificates.ratings.services.refusals import Refused
from certificates.ratings.state import Phase
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

PEOPLE_AT_ONCE = 1000
ROWS_AT_ONCE = 1000
OF_UNITS = (Source.UNIT_EXAM, Source.UNIT_COVERAGE, Source.UNIT_MEAN)
FIELDS = ("origin", "gone", "kind", "officer_id", "unit_id", "on", "until", "value", "extra")
Newest = dict[str, tuple[bytes, bool]]
Days = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Step:
    """How far a gathering is: steps done of all, what was looked at, how many facts are new or changed."""

    done: int
    total: int
    source: Source
    appended: int


@dataclass(frozen=True)
class Job:
    """One thing to ask: a source, about people or about units, and what exactly."""

    source: Source
    ask: Ask


def gather(*, period: Period, by: Actor, at: datetime.datetime) -> Gathering:
    """Gather everything the period's scheme asks for. Raises Refused."""
    steps = gathering(period=period, by=by, at=at)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            made: Gathering = done.value
            return made


def gathering(*, period: Period, by: Actor, at: datetime.datetime) -> Generator[Step, None, Gathering]:
    """The same step by step, for whoever shows how far it is; the Gathering is the generator's result.

    Left in the middle, what was found stays appended and nothing is closed: the next gathering goes on.
    """
    scheme = scheme_of(period.scheme_version)
    people = rolls.members(period.unit.path, period.last, scheme.categories)
    about_units = period.scheme.subject == Subject.UNIT.value
    units = rolls.units_below(period.unit.path, period.last) if about_units else []
    asked, appended = windows(period, scheme), 0
    batches = 1 if about_units else -(-len(people) // PEOPLE_AT_ONCE) or 1
    total = len(asked) * batches
    for done, job in enumerate(jobs(period, people, units, asked, at), start=1):
        appended += keep(job, at)
        yield Step(done, total, job.source, appended)
    rows = [rolls.roll_of(one) for one in people] + rolls.rolls_of_units(units)
    same = None if appended else _same(period, facts.digest_of(rows))
    return same or facts.close(period=period, rolls=rows, by=by, at=at)


def _same(period: Period, digest: str) -> Gathering | None:
    """The newest gathering where it already says all this, so that gathering twice leaves one."""
    newest = Gathering.objects.filter(period=period, digest=digest).order_by("-number").first()
    if newest is None or period.phase != Phase.GATHERED or period.gatherings.count() != newest.number:
        return None
    return newest if not Fact.objects.filter(pk__gt=newest.upto).exists() else None


def windows(period: Period, scheme: Scheme) -> dict[Source, Days]:
    """The sources the scheme's indicators draw on, and the days asked of each: the widest window of them.

    A unit's figures are computed for the days of the period and no others: they carry these as their span.
    """
    found: dict[Source, Days] = {}
    for one in indicators_of(scheme).values():
        if one.source is not Source.ROLL_UP:
            days = window(one.window, period.first, period.last)
            found[one.source] = min(days, found.get(one.source, days))
    whole = (period.first, period.last)
    return {name: whole if name in OF_UNITS else days for name, days in sorted(found.items())}


def jobs(
    period: Period,
    people: Sequence[Member],
    units: Sequence[Unit],
    asked: dict[Source, Days],
    at: datetime.datetime,
) -> Iterator[Job]:
    """Everything there is to ask, people a batch at a time."""
    if period.scheme.subject == Subject.UNIT.value:
        bases = bases_of(units, people)
        for name, (first, last) in asked.items():
            yield Job(name, Ask(first, last, at, units=bases))
        return
    for batch in rolls.in_batches(people, PEOPLE_AT_ONCE):
        posts = {one.officer_id: one.post_id for one in batch}
        records = rolls.records_of(posts)
        for name, (first, last) in asked.items():
            yield Job(name, Ask(first, last, at, people=records, posts=posts))


def bases_of(units: Iterable[Unit], people: Iterable[Member]) -> dict[int, Base]:
    """Each unit with everybody below it: who counts, and who is out of the base by name and reason."""
    by_path: dict[str, list[Member]] = defaultdict(list)
    for one in people:
        for end in range(Unit.steplen, len(one.unit_path) + 1, Unit.steplen):
            by_path[one.unit_path[:end]].append(one)
    return {unit.pk: _base(unit.path, by_path.get(unit.path, [])) for unit in units}


def _base(path: str, people: Sequence[Member]) -> Base:
    out = [(one.name, one.exclusion) for one in people if one.exclusion]
    return Base(
        path,
        frozenset(one.officer_id for one in people if one.exclusion is None),
        tuple(Excluded(name, why.reason, why.approver, why.until_on) for name, why in out),
    )


def keep(job: Job, at: datetime.datetime) -> int:
    """Append what is new, changed or gone of one thing asked. Returns how many rows that was."""
    known, seen, count = _newest(job), set[str](), 0
    waiting: list[Found] = []
    for one in found(job.source, job.ask):
        seen.add(one.origin)
        if known.get(one.origin) != (_mark_of_found(one), False):
            waiting.append(one)
        if len(waiting) >= ROWS_AT_ONCE:
            count += _append(job.source, waiting, known, at)
            waiting = []
    count += _append(job.source, waiting, known, at)
    return count + _append_gone(job.source, [one for one in known if one not in seen], known, at)


def _newest(job: Job) -> Newest:
    """What the newest facts say of these people or units in these days: a mark of the content, whether gone."""
    ask = job.ask
    about = Q(unit__in=ask.units) if ask.units else Q(officer__in=ask.posts)
    rows = _latest(job.source).annotate(ends=Coalesce("until", "on"))
    return _marked(rows.filter(about, on__lte=ask.last, ends__gte=ask.first))


def _latest(name: Source) -> QuerySet[Fact]:
    """The facts of a source that nothing replaces."""
    later = Fact.objects.filter(replaces=OuterRef("pk"))
    return Fact.objects.filter(~Exists(later), source=name.value).order_by()


def _marked(rows: QuerySet[Fact]) -> Newest:
    found = rows.values_list(*FIELDS).iterator(2000)
    return {origin: (_mark(*content), gone) for origin, gone, *content in found}


def _mark_of_found(one: Found) -> bytes:
    return _mark(one.kind, one.officer_id, one.unit_id, one.on, one.until, one.value, one.extra)


def _mark(
    kind: str,
    officer: int | None,
    unit: int | None,
    on: datetime.date,
    until: datetime.date | None,
    value: Decimal,
    extra: dict[str, Any],
) -> bytes:
    """What tells one content from another: everything but the words and the address."""
    told = {key: value for key, value in extra.items() if key != "staff"}
    text = json.dumps([kind, officer, unit, str(on), str(until), f"{value:.4f}", told], sort_keys=True)
    return blake2b(text.encode(), digest_size=12).digest()


def _append(name: Source, rows: Sequence[Found], known: Newest, at: datetime.datetime) -> int:
    """Append these, but for what reads as its newest row did, outside these days."""
    if not rows:
        return 0
    strangers = [one.origin for one in rows if one.origin not in known]
    elsewhere = _marked(_latest(name).filter(origin__in=strangers)) if strangers else {}
    fresh = [one for one in rows if elsewhere.get(one.origin) != (_mark_of_found(one), False)]
    _write([_row(one, at) for one in fresh])
    return len(fresh)


def _row(one: Found, at: datetime.datetime) -> Fact:
    return Fact(
        source=one.source.value,
        origin=one.origin,
        kind=one.kind[:40],
        officer_id=one.officer_id,
        unit_id=one.unit_id,
        on=one.on,
        until=one.until,
        value=one.value,
        label=one.label[:200],
        url=one.url[:200],
        extra=one.extra,
        recorded_at=at,
    )


def _append_gone(name: Source, origins: Sequence[str], known: Newest, at: datetime.datetime) -> int:
    """Say of what was not found again that it is gone. A figure of a moment of its own does not vanish."""
    left = [origin for origin in origins if AS_OF not in origin and not known[origin][1]]
    for start in range(0, len(left), ROWS_AT_ONCE):
        rows = list(_latest(name).filter(origin__in=left[start : start + ROWS_AT_ONCE]))
        for row in rows:
            row.pk, row.gone, row.recorded_at = None, True, at
            row._state.adding = True
        _write(rows)
    return len(left)


def _write(rows: list[Fact]) -> None:
    if not rows:
        return
    try:
        facts.append(rows)
    except IntegrityError as error:
        raise Refused("at_once") from error
