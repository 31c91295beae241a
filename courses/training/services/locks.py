"""Closed periods: what is dated inside changes no more."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.training.models import PeriodLock
from courses.training.queries.locks import lock_on, lock_words
from courses.training.services.holding import hold_people
from lianbing.kit import audit
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"


class PeriodLocked(Exception):
    """The day lies in a closed period. `lock` is it; the text names it."""

    def __init__(self, lock: PeriodLock) -> None:
        super().__init__(_("The period %(period)s is closed.") % {"period": lock_words(lock)})
        self.lock = lock


class LockRefused(Exception):
    """A period cannot be closed or opened so. The text says why."""


def check_open(on: datetime.date, unit: Unit | None, *, until: datetime.date | None = None) -> None:
    """Raises PeriodLocked when the day (or any from `on` to `until`) is closed for a unit.

    A lock of the unit itself, of one above it, or of the bureau closes it. `unit` None: only the bureau's
    own locks. Call it inside the transaction of the change. One statement.
    """
    lock = lock_on(on, until or on, unit.path if unit else "")
    if lock is not None:
        raise PeriodLocked(lock)


def close(
    *, unit: Unit | None, first: datetime.date, last: datetime.date, by: Actor, at: datetime.datetime
) -> PeriodLock:
    """Close a period that is over, for a unit and everything below (None = the bureau). Raises LockRefused.

    Hours being granted at this moment are waited for: whoever grants holds the rows of their people.
    """
    if last < first:
        raise LockRefused(_("The period ends before it begins."))
    if last >= day_of(at):
        raise LockRefused(_("Only a period that is over can be closed."))
    try:
        with transaction.atomic():
            _wait_for_grants(unit, last)
            lock = PeriodLock.objects.create(
                unit=unit, first=first, last=last, locked_at=at, by=by.snapshot()
            )
            audit.record(
                stream=STREAM,
                action="period_closed",
                by=by,
                at=at,
                subject=lock,
                subject_name=lock_words(lock),
                unit=unit.name if unit else "",
            )
    except IntegrityError as error:
        raise LockRefused(_("This period is closed already.")) from error
    return lock


def _wait_for_grants(unit: Unit | None, last: datetime.date) -> None:
    """Hold the rows of everybody who served there: whoever grants hours holds theirs until the commit."""
    served = Appointment.objects.filter(starts_on__lte=last)
    if unit:
        served = served.filter(unit__path__startswith=unit.path)
    hold_people(served.order_by().values("officer_id"))


def ask_to_open(*, lock: PeriodLock, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Ask for a closed period to be opened again, with a reason. Raises LockRefused."""
    reason = reason.strip()
    if not reason:
        raise LockRefused(_("Say why the period must be opened."))
    with transaction.atomic():
        asked = PeriodLock.objects.filter(pk=lock.pk, lifted_at=None, lift_asked_at=None).update(
            lift_asked_at=at, lift_asked_by=by.snapshot(), lift_reason=reason[:300]
        )
        if asked != 1:
            raise LockRefused(_("This was asked for already, or the period is open."))
        _record("opening_asked", lock, by, at, reason)


def decline_opening(*, lock: PeriodLock, by: Actor, at: datetime.datetime) -> None:
    """Keep the period closed: the request is taken off (and stays in the audit trail). Raises LockRefused."""
    with transaction.atomic():
        declined = (
            PeriodLock.objects.filter(pk=lock.pk, lifted_at=None)
            .exclude(lift_asked_at=None)
            .update(lift_asked_at=None, lift_asked_by=None, lift_reason="")
        )
        if declined != 1:
            raise LockRefused(_("Nobody asks for this period to be opened."))
        _record("opening_declined", lock, by, at, lock.lift_reason)


def open_again(*, lock: PeriodLock, by: Actor, at: datetime.datetime) -> None:
    """Open a closed period that somebody else asked to be opened. Raises LockRefused."""
    lock.refresh_from_db()
    if lock.lift_asked_by is None:
        raise LockRefused(_("Nobody asks for this period to be opened."))
    if lock.lift_asked_by.get("staff_number") == by.staff_number:
        raise LockRefused(_("Somebody else must open it: you asked for it yourself."))
    with transaction.atomic():
        opened = PeriodLock.objects.filter(
            pk=lock.pk, lifted_at=None, lift_asked_at=lock.lift_asked_at
        ).update(lifted_at=at, lifted_by=by.snapshot())
        if opened != 1:
            raise LockRefused(_("The request has changed meanwhile. Look at it again."))
        _record("period_opened", lock, by, at, lock.lift_reason)


def _record(action: str, lock: PeriodLock, by: Actor, at: datetime.datetime, reason: str) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=lock,
        subject_name=lock_words(lock),
        reason=reason,
    )
