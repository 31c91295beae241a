"""Writing the ledger of training hours: granting them, and countering what was wrong. Nothing is changed."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.training.models import ConversionTable, HourEntry, PeriodLock
from courses.training.queries.locks import active, closes
from courses.training.queries.places import unit_on, units_by_day
from courses.training.queries.tables import holding
from courses.training.rules import conversion
from courses.training.rules.conversion import Activity, Form, Part
from courses.training.services.holding import hold_people
from courses.training.services.locks import STREAM, PeriodLocked
from courses.training.services.tables import tables_for_grants
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

Kind = HourEntry.Kind
KIND_OF = {
    Form.IN_PERSON: Kind.IN_PERSON,
    Form.ONLINE: Kind.ONLINE,
    Form.EXTERNAL: Kind.EXTERNAL,
    Form.SEMINAR: Kind.EXTERNAL,
    Form.SELF_STUDY: Kind.SELF_STUDY,
}
MOST = Decimal(1000)


class HoursRefused(Exception):
    """Hours cannot be given or countered so. `code`: future, no_reason, countered, counter, own, figure, days."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Grant:
    """Hours to be given. `activity` is converted by the table that holds on its last day.

    `source` is what earned them: "session:<uid>:<officer>", "course:<uid>", "external:<uid>",
    "import:<digest>", "manual:<uid>"; the same source is never counted twice. `group`: the class whose
    limit holds ("class:<uid>"). `hours` given: taken as they are instead of being converted (records taken
    over, hours entered by hand). `unit`: where the person served then; looked up where it is not given.
    """

    officer_id: int
    source: str
    activity: Activity
    title: str
    evidence: str = ""
    category_id: int | None = None
    unit: Unit | None = None
    group: str = ""
    kind: HourEntry.Kind | None = None
    hours: Decimal | None = None
    reason: str = ""


def grant(
    *,
    officer: Officer | int,
    source: str,
    activity: Activity,
    title: str,
    by: Actor,
    at: datetime.datetime,
    evidence: str = "",
    category_id: int | None = None,
    unit: Unit | None = None,
    group: str = "",
    kind: HourEntry.Kind | None = None,
    hours: Decimal | None = None,
    reason: str = "",
) -> list[HourEntry]:
    """Give one person hours from one source: its entries, one for each year it touches.

    Where the source was granted before, those entries are returned and nothing is written.
    Raises PeriodLocked, HoursRefused.
    """
    wanted = Grant(
        officer_id=officer if isinstance(officer, int) else officer.pk,
        source=source,
        activity=activity,
        title=title,
        evidence=evidence,
        category_id=category_id,
        unit=unit,
        group=group,
        kind=kind,
        hours=hours,
        reason=reason,
    )
    return grant_all(grants=[wanted], by=by, at=at)


def grant_all(*, grants: Sequence[Grant], by: Actor, at: datetime.datetime) -> list[HourEntry]:
    """Give hours to many at once (a session that is closed): all or none, in a dozen statements.

    Returns the entries of every source, those that stood already among them. The people's rows are held
    until the commit: two grants of one source, and a grant and the closing of its period, follow each other.
    Raises PeriodLocked, HoursRefused.
    """
    for wanted in grants:
        _check(wanted, day_of(at))
    if not grants:
        return []
    with transaction.atomic():
        hold_people({wanted.officer_id for wanted in grants})
        standing = _standing(grants)
        fresh = _first_of_each(wanted for wanted in grants if wanted.source not in standing)
        if fresh:
            made = HourEntry.objects.bulk_create(_Ledger.read(fresh, at).entries(fresh, by, at))
            _record_grants(made, by, at)
            for entry in made:
                standing.setdefault(_base(entry.source), []).append(entry)
    return [entry for wanted in _first_of_each(grants) for entry in standing[wanted.source]]


def counter(
    *, entry: HourEntry, reason: str, by: Actor, at: datetime.datetime, hours: Decimal | None = None
) -> HourEntry:
    """Take an entry back with an entry against it: the counter-entry.

    It is dated on the entry's own day while that is open, else today, so that a closed period keeps its
    figures. `hours` states what is right instead: then a new entry with that figure replaces the countered
    one (found as `counter.replaced` through `replaces`). An entry is countered once; two at once: the
    constraint lets one through. Raises HoursRefused, PeriodLocked.
    """
    reason = reason.strip()
    if not reason:
        raise HoursRefused("no_reason", _("Say why the entry is wrong."))
    if entry.kind == Kind.COUNTER:
        raise HoursRefused("counter", _("A counter-entry stands for good. Enter the hours anew instead."))
    if by.officer_id is not None and by.officer_id == entry.officer_id:
        raise HoursRefused("own", _("Nobody corrects their own hours."))
    if hours is not None and not (0 <= hours <= MOST and hours != entry.hours):
        raise HoursRefused("figure", _("State another number of hours, from 0 to 1000."))
    try:
        with transaction.atomic():
            return _write_counter(entry, reason[:300], hours, by, at)
    except IntegrityError as error:
        raise HoursRefused("countered", _("This entry has been countered already.")) from error


def _write_counter(
    entry: HourEntry, reason: str, hours: Decimal | None, by: Actor, at: datetime.datetime
) -> HourEntry:
    hold_people({entry.officer_id})
    on = _open_day(entry, day_of(at))
    made = HourEntry.objects.create(
        **_alike(entry, on, reason, by, at),
        hours=-entry.hours,
        minutes=-entry.minutes,
        days=-entry.days,
        kind=Kind.COUNTER,
        source=f"counter:{entry.uid}",
        counters=entry,
    )
    if hours is not None and hours:
        HourEntry.objects.create(
            **_alike(entry, on, reason, by, at),
            hours=hours,
            minutes=entry.minutes,
            days=entry.days,
            kind=entry.kind,
            source=f"correct:{entry.uid}",
            group=entry.group,
            replaces=entry,
        )
    audit.record(
        stream=STREAM,
        action="hours_countered",
        by=by,
        at=at,
        subject=entry,
        subject_name=f"{entry.title} {entry.earned_on}",
        reason=reason,
        hours=str(entry.hours),
        instead=None if hours is None else str(hours),
        on=on.isoformat(),
    )
    return made


def _alike(
    entry: HourEntry, on: datetime.date, reason: str, by: Actor, at: datetime.datetime
) -> dict[str, object]:
    """What a correction shares with the entry it corrects."""
    return {
        "officer_id": entry.officer_id,
        "unit_id": entry.unit_id,
        "counted_as": entry.counted_as,
        "category_id": entry.category_id,
        "earned_on": on,
        "year": on.year,
        "title": entry.title,
        "evidence": entry.evidence,
        "table_id": entry.table_id,
        "reason": reason,
        "recorded_at": at,
        "by": by.snapshot(),
    }


def _open_day(entry: HourEntry, today: datetime.date) -> datetime.date:
    """The entry's own day where it is open, else today. Raises PeriodLocked when neither is."""
    path = entry.unit.path if entry.unit else ""
    lock = None
    for on in (entry.earned_on, today):
        lock = next((row for row in active(on, on) if closes(row, on, path)), None)
        if lock is None:
            return on
    assert lock is not None
    raise PeriodLocked(lock)


def _check(wanted: Grant, today: datetime.date) -> None:
    activity = wanted.activity
    if activity.last > today or activity.first > activity.last:
        raise HoursRefused("future", _("Hours are given for days that are over."))
    if activity.days > (activity.last - activity.first).days + 1:
        raise HoursRefused("days", _("There are more training days than days in the course."))
    if wanted.hours is not None and not 0 <= wanted.hours <= MOST:
        raise HoursRefused("figure", _("State the hours, from 0 to 1000."))


def _base(source: str) -> str:
    """The source without the year that marks a later part of a course over New Year's Eve."""
    return source.partition("@")[0]


def _standing(grants: Sequence[Grant]) -> dict[str, list[HourEntry]]:
    """The entries of these sources that were written before. Later years are written after the first one."""
    names = {wanted.source for wanted in grants}
    years = {
        f"{wanted.source}@{year}"
        for wanted in grants
        for year in range(wanted.activity.first.year + 1, wanted.activity.last.year + 1)
    }
    found: dict[str, list[HourEntry]] = defaultdict(list)
    for entry in HourEntry.objects.filter(source__in=names | years).order_by("pk"):
        found[_base(entry.source)].append(entry)
    return dict(found)


def _first_of_each(grants: Iterable[Grant]) -> list[Grant]:
    return list({wanted.source: wanted for wanted in grants}.values())


def _record_grants(made: Sequence[HourEntry], by: Actor, at: datetime.datetime) -> None:
    audit.record(
        stream=STREAM,
        action="hours_granted",
        by=by,
        at=at,
        subject=made[0] if len(made) == 1 else None,
        subject_name=made[0].title,
        entries=[str(entry.uid) for entry in made],
        hours=str(sum((entry.hours for entry in made), Decimal(0))),
    )


@dataclass
class _Ledger:
    """What a batch of grants needs to know, read once."""

    tables: list[ConversionTable]
    locks: list[PeriodLock]
    places: dict[int, list[tuple[datetime.date, datetime.date | None, Unit]]]
    given: dict[tuple[int, str], Decimal] = field(default_factory=dict)

    @classmethod
    def read(cls, grants: Sequence[Grant], at: datetime.datetime) -> "_Ledger":
        """Four statements whatever the number of grants."""
        first = min(wanted.activity.first for wanted in grants)
        last = max(wanted.activity.last for wanted in grants)
        return cls(
            tables_for_grants(at),
            active(first, last),
            units_by_day({wanted.officer_id for wanted in grants}),
            _given_by_class(grants),
        )

    def entries(self, grants: Sequence[Grant], by: Actor, at: datetime.datetime) -> list[HourEntry]:
        """The rows to write. Raises PeriodLocked for the first that falls into a closed period."""
        made = []
        for wanted in grants:
            for number, (part, table) in enumerate(self._parts(wanted)):
                unit = wanted.unit or unit_on(self.places, wanted.officer_id, part.on)
                self._check_open(part.on, unit.path if unit else "")
                kind = wanted.kind or KIND_OF[wanted.activity.form]
                made.append(
                    HourEntry(
                        officer_id=wanted.officer_id,
                        unit=unit,
                        hours=part.hours,
                        minutes=part.minutes,
                        days=part.days,
                        kind=kind,
                        counted_as=kind,
                        category_id=wanted.category_id,
                        earned_on=part.on,
                        year=part.on.year,
                        source=f"{wanted.source}@{part.on.year}" if number else wanted.source,
                        group=wanted.group[:80],
                        title=wanted.title[:200],
                        evidence=wanted.evidence[:300],
                        table=table,
                        reason=wanted.reason[:300],
                        recorded_at=at,
                        by=by.snapshot(),
                    )
                )
        return made

    def _parts(self, wanted: Grant) -> list[tuple[Part, ConversionTable | None]]:
        activity = wanted.activity
        if wanted.hours is not None:
            return [(Part(activity.last, wanted.hours, activity.minutes, activity.days), None)]
        stored = holding(self.tables, activity.last)
        table = conversion.from_json(stored.rules)
        return [
            (self._within_class(table, wanted, part), stored) for part in conversion.parts(table, activity)
        ]

    def _within_class(self, table: conversion.Table, wanted: Grant, part: Part) -> Part:
        if not wanted.group or not wanted.activity.own_class:
            return part
        key = (wanted.officer_id, wanted.group)
        hours = conversion.within_class(table, part.hours, self.given.get(key, Decimal(0)))
        self.given[key] = self.given.get(key, Decimal(0)) + hours
        return Part(part.on, hours, part.minutes, part.days)

    def _check_open(self, on: datetime.date, path: str) -> None:
        for lock in self.locks:
            if closes(lock, on, path):
                raise PeriodLocked(lock)


def _given_by_class(grants: Sequence[Grant]) -> dict[tuple[int, str], Decimal]:
    """What each class has given each person so far, corrections taken off. One statement."""
    groups = {wanted.group for wanted in grants if wanted.group}
    if not groups:
        return {}
    rows = (
        HourEntry.objects.filter(Q(group__in=groups) | Q(counters__group__in=groups))
        .filter(officer__in={wanted.officer_id for wanted in grants})
        .values_list("officer_id", "group", "counters__group", "hours")
    )
    given: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for officer, group, countered, hours in rows:
        given[officer, group or countered] += hours
    return dict(given)
