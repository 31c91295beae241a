"""Carrying over: the surplus of a year goes into the next, up to the target's limit; undone by counter-entries."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.queries.audience import serving
from courses.training.models import CarryRun, HourEntry
from courses.training.queries.standing import report_day, standings
from courses.training.rules.conversion import Activity, Form
from courses.training.rules.targets import surplus
from courses.training.services.hours import Grant, HoursRefused, counter, grant_all
from courses.training.services.locks import STREAM, check_open
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


class CarryRefused(Exception):
    """The surplus cannot be carried over or taken back so. The text says why."""


@dataclass(frozen=True)
class Carried:
    """One line of the preview: who, what was done, what the target asked, what goes over."""

    officer: Officer
    done: Decimal
    target: Decimal
    hours: Decimal


def preview(*, year: int, today: datetime.date) -> list[Carried]:
    """What would go over from `year` into the next, by staff number; only who has something to carry."""
    on = report_day(year, today)
    people = {row.officer_id: row.officer for row in serving(on)}
    lines = []
    for pk, found in standings(people, year, on).items():
        hours = surplus(found.target, found.done) if found.target else Decimal(0)
        if hours and found.target:
            lines.append(Carried(people[pk], found.totals.hours, found.target.hours, hours))
    return sorted(lines, key=lambda line: line.officer.staff_number)


def standing_run(year: int) -> CarryRun | None:
    """The carrying-over of a year that holds, or None."""
    return CarryRun.objects.filter(year=year, undone_at=None).first()


def run(*, year: int, by: Actor, at: datetime.datetime) -> CarryRun:
    """Carry the surplus of a year that is over into the next, dated on its first day.

    Raises CarryRefused, PeriodLocked (where that day is closed).
    """
    first_day = datetime.date(year + 1, 1, 1)
    if day_of(at) < first_day:
        raise CarryRefused(_("The year is not over yet."))
    try:
        with transaction.atomic():
            made = CarryRun.objects.create(year=year, run_at=at, by=by.snapshot())
            lines = preview(year=year, today=day_of(at))
            if not lines:
                raise CarryRefused(_("Nobody has a surplus that may be carried over."))
            grant_all(grants=[_grant(made, line, first_day) for line in lines], by=by, at=at)
            _record("surplus_carried", made, by, at, people=len(lines))
    except IntegrityError as error:
        raise CarryRefused(_("The surplus of this year has been carried over already.")) from error
    return made


def _grant(made: CarryRun, line: Carried, on: datetime.date) -> Grant:
    return Grant(
        officer_id=line.officer.pk,
        source=f"carry:{made.uid}:{line.officer.pk}",
        activity=Activity(Form.IN_PERSON, on, on),
        title=_("Surplus of %(year)s") % {"year": made.year},
        evidence=_("Done %(done)s, target %(target)s") % {"done": line.done, "target": line.target},
        kind=HourEntry.Kind.CARRIED,
        hours=line.hours,
    )


def undo(*, made: CarryRun, reason: str, by: Actor, at: datetime.datetime) -> int:
    """Take a carrying-over back by a counter-entry for each person; afterwards it can be run anew.

    Only while its day is open: afterwards each entry is corrected by itself. What HR has put in place of
    a carried entry is taken back with it. Returns how many were taken back. Raises CarryRefused, PeriodLocked.
    """
    if not reason.strip():
        raise CarryRefused(_("Say why."))
    with transaction.atomic():
        first_day = datetime.date(made.year + 1, 1, 1)
        check_open(first_day, None)
        undone = CarryRun.objects.filter(pk=made.pk, undone_at=None).update(
            undone_at=at, undone_by=by.snapshot()
        )
        if undone != 1:
            raise CarryRefused(_("This has been taken back already."))
        carried = HourEntry.objects.filter(kind=HourEntry.Kind.CARRIED, year=made.year + 1)
        entries = list(carried.filter(countered_by=None).select_related("unit"))
        for entry in entries:
            _take_back(entry, reason, by, at)
        _record("carrying_undone", made, by, at, people=len(entries), why=reason.strip()[:300])
    return len(entries)


def _take_back(entry: HourEntry, reason: str, by: Actor, at: datetime.datetime) -> None:
    try:
        counter(entry=entry, reason=reason, by=_without_own(by), at=at)
    except HoursRefused as error:
        raise CarryRefused(str(error)) from error


def _without_own(by: Actor) -> Actor:
    """Undoing a whole run is one act for everybody: one's own line among them is no correction of one's own."""
    return Actor(by.user_id, by.staff_number, by.name, None, by.unit_path, by.grants)


def _record(action: str, made: CarryRun, by: Actor, at: datetime.datetime, **details: Any) -> None:
    audit.record(stream=STREAM, action=action, by=by, at=at, subject=made, year=made.year, **details)
