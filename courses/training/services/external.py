"""External training: entering it with its evidence, checking it by a second person, hours from it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.training.evidence import ENDINGS, Evidence
from courses.training.models import External, ExternalFile, HourEntry, Nomination
from courses.training.permissions import external as rights
from courses.training.permissions import nominations as nomination_rights
from courses.training.rules.conversion import Activity, Form
from courses.training.rules.external import faults
from courses.training.services import hours as ledger
from courses.training.services import nominations
from courses.training.services.locks import check_open
from courses.training.state import ExternalState, external_may_move
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor

STREAM = "training"
MOST_FILES = 5


class ExternalRefused(Exception):
    """It cannot be done; the text says why. `code`: right, place, evidence, facts, state, reason, twice."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def enter(
    *,
    record: External,
    files: Sequence[Evidence],
    by: Actor,
    at: datetime.datetime,
    nomination: Nomination | None = None,
) -> External:
    """Store external training with its evidence, to be checked by the personnel office.

    `record` is unsaved, with officer, course, organiser, days. Of somebody nominated, the nomination is
    thereby closed: they came back. Raises ExternalRefused, PeriodLocked.
    """
    _check_facts(record, files, day_of(at))
    unit = _place(record.officer, record.ends_on)
    record.unit = unit
    record.entered_at, record.entered_by = at, by.snapshot()
    if by.user_id is None:
        raise ExternalRefused("right", _("External training is entered by a person."))
    record.enterer_id = by.user_id
    if nomination is None:
        allowed = rights.can_enter_for(by, officer_id=record.officer_id, unit_path=unit.path)
    else:
        allowed = nomination_rights.can_see(by, nomination) and nomination.officer_id == record.officer_id
    if not allowed:
        raise ExternalRefused("right", _("You enter training of your own, or of the people of your units."))
    with transaction.atomic():
        check_open(record.starts_on, unit, until=record.ends_on)
        if nomination is not None:
            record.nomination = _closed(nomination, by, at)
        record.state = ExternalState.ENTERED.value
        record.save()
        for evidence in files:
            _keep(record, evidence, by, at)
        _record("external_entered", record, by, at, files=[one.digest for one in files])
    return record


def _check_facts(record: External, files: Sequence[Evidence], today: datetime.date) -> None:
    if not files:
        raise ExternalRefused("evidence", _("Add the certificate or another piece of evidence."))
    if len(files) > MOST_FILES:
        raise ExternalRefused("evidence", _("Add at most %(count)s files.") % {"count": MOST_FILES})
    wrong = faults(
        starts_on=record.starts_on,
        ends_on=record.ends_on,
        days=record.days,
        minutes=record.minutes,
        today=today,
    )
    if wrong:
        raise ExternalRefused("facts", _("The days or the length of the course cannot be right."))


def _place(officer: Officer, on: datetime.date) -> Unit:
    appointment = appointment_of(officer, on)
    if appointment is None or officer.merged_into_id is not None:
        raise ExternalRefused("place", _("%(name)s did not serve here then.") % {"name": officer.name})
    return appointment.unit


def _closed(nomination: Nomination, by: Actor, at: datetime.datetime) -> Nomination:
    try:
        nominations.came_back(nomination=nomination, by=by, at=at)
    except nominations.NominationRefused as error:
        raise ExternalRefused("state", str(error)) from error
    return nomination


def _keep(record: External, evidence: Evidence, by: Actor, at: datetime.datetime) -> None:
    """Keep one file. The name on the disk says nothing of the person or the file's own name."""
    try:
        with transaction.atomic():
            kept = ExternalFile(
                external=record,
                name=evidence.name[:150],
                content_type=evidence.content_type,
                size=len(evidence.data),
                digest=evidence.digest,
                at=at,
                by=by.snapshot(),
            )
            kept.file.save(
                f"{kept.uid}{ENDINGS[evidence.content_type]}", ContentFile(evidence.data), save=False
            )
            kept.save()
    except IntegrityError as error:
        raise ExternalRefused(
            "twice", _("The file %(name)s was added twice.") % {"name": evidence.name}
        ) from error


def accept(*, record: External, by: Actor, at: datetime.datetime) -> list[HourEntry]:
    """Accept a record: its hours go into the ledger by the conversion table active on its last day.

    A course over New Year's Eve gives hours to both years, within the table's limit for one course.
    Returns the entries of the ledger. Raises ExternalRefused, PeriodLocked, HoursRefused.
    """
    _check_right(record, by)
    with transaction.atomic():
        _move(record, ExternalState.ACCEPTED, decided_at=at, decided_by=by.snapshot())
        entries = ledger.grant(
            officer=record.officer_id,
            source=f"external:{record.uid}",
            activity=activity_of(record),
            title=record.title,
            evidence=", ".join(record.files.values_list("name", flat=True)),
            category_id=record.category_id,
            unit=record.unit,
            by=by,
            at=at,
        )
        granted = [{"year": entry.year, "hours": str(entry.hours)} for entry in entries]
        total = sum((entry.hours for entry in entries), Decimal(0))
        External.objects.filter(pk=record.pk).update(hours=total, granted=granted)
        record.hours, record.granted = total, granted
        _record("external_accepted", record, by, at, hours=str(total))
    return entries


def activity_of(record: External) -> Activity:
    """What was done, in the terms of the conversion table: days where they are stated, else minutes."""
    return Activity(
        form=Form.EXTERNAL,
        first=record.starts_on,
        last=record.ends_on,
        minutes=record.minutes or 0,
        days=record.days or Decimal(0),
    )


def refuse(*, record: External, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Refuse a record; it stays with the reason. Raises ExternalRefused."""
    _check_right(record, by)
    if not reason.strip():
        raise ExternalRefused("reason", _("Say why."))
    with transaction.atomic():
        _move(
            record,
            ExternalState.REFUSED,
            decided_at=at,
            decided_by=by.snapshot(),
            reason=reason.strip()[:300],
        )
        _reopen(record, by, at)
        _record("external_refused", record, by, at, reason.strip())


def withdraw(*, record: External, by: Actor, at: datetime.datetime) -> None:
    """Take a record back before anybody decided on it. Raises ExternalRefused."""
    if not rights.can_withdraw(by, record):
        raise ExternalRefused("right", _("What has been decided is not taken back."))
    record.refresh_from_db(fields=["state", "nomination"])
    with transaction.atomic():
        _move(record, ExternalState.WITHDRAWN, decided_at=at, decided_by=by.snapshot())
        _reopen(record, by, at)
        _record("external_withdrawn", record, by, at)


def _reopen(record: External, by: Actor, at: datetime.datetime) -> None:
    """Let another result be entered for the nomination whose result this was."""
    nomination = record.nomination
    if nomination is None:
        return
    External.objects.filter(pk=record.pk).update(nomination=None)
    record.nomination = None
    nominations.result_taken_off(nomination=nomination, by=by, at=at)


def _check_right(record: External, by: Actor) -> None:
    record.refresh_from_db(fields=["state", "nomination"])
    if record.state != ExternalState.ENTERED:
        raise ExternalRefused("state", _("Somebody has decided on it already."))
    if not rights.can_check(by, record):
        raise ExternalRefused(
            "right",
            _("Somebody else of the personnel office checks it: nobody their own, nor what they entered."),
        )


def _move(record: External, to: ExternalState, **values: Any) -> None:
    """Take a record to another state; of two who decide at this moment one is refused."""
    decided = ExternalRefused("state", _("Somebody has decided on it already."))
    if not external_may_move(record.state, to):
        raise decided
    moved = External.objects.filter(pk=record.pk, state=record.state).update(state=to.value, **values)
    if moved != 1:
        raise decided
    record.state = to.value


def _record(
    action: str, record: External, by: Actor, at: datetime.datetime, reason: str = "", **details: Any
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=record,
        subject_name=f"{record.title} · {record.officer.name}",
        reason=reason,
        **details,
    )
