"""Activity records: asked for with a day, handed in as they stand, received or sent back; and the bureau's template."""

import datetime
import hashlib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.training.models import ActivityReport, RecordTemplate
from courses.training.permissions.records import may_ask, may_hand_in
from courses.training.queries.activity_record import Line, lines
from courses.training.reports.activity_record import workbook
from courses.training.rules.activity_record import words
from courses.training.services.locks import STREAM
from lianbing.kit import audit
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.models import Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

MOST_BYTES = 2 * 1024 * 1024


class ReportRefused(Exception):
    """An activity record cannot be asked for, handed in or received so. The text says why."""


def ask(
    *,
    units: Collection[Unit],
    first: datetime.date,
    last: datetime.date,
    due_on: datetime.date,
    by: Actor,
    at: datetime.datetime,
) -> int:
    """Ask units for their record of a period by a day. Returns how many were asked anew. Raises ReportRefused."""
    if last < first:
        raise ReportRefused(_("The period ends before it begins."))
    if due_on <= last:
        raise ReportRefused(_("The record can only be due after its period."))
    if not units or not all(may_ask(by, unit) for unit in units):
        raise ReportRefused(_("You may ask for the records of the units you look after."))
    with transaction.atomic():
        made = 0
        for unit in units:
            _report, fresh = ActivityReport.objects.get_or_create(
                unit=unit,
                first=first,
                last=last,
                defaults={"due_on": due_on, "asked_at": at, "asked_by": by.snapshot()},
            )
            made += fresh
        audit.record(
            stream=STREAM,
            action="records_asked_for",
            by=by,
            at=at,
            subject_name=words(first, last),
            units=[unit.name for unit in units],
            due_on=due_on.isoformat(),
        )
    return made


def hand_in(*, report: ActivityReport, by: Actor, at: datetime.datetime) -> None:
    """Hand the record in as it stands now. Raises ReportRefused before the period is over or when it is in."""
    if not may_hand_in(by, report.unit):
        raise ReportRefused(_("Only a trainer or the personnel office of the unit hands its record in."))
    if day_of(at) <= report.last:
        raise ReportRefused(_("The period is not over yet."))
    kept = [as_json(line) for line in lines(report.unit, report.first, report.last)]
    with transaction.atomic():
        changed = ActivityReport.objects.filter(pk=report.pk, submitted_at=None).update(
            submitted_at=at, submitted_by=by.snapshot(), lines=kept, sent_back=""
        )
        if changed != 1:
            raise ReportRefused(_("This record is in already."))
        _record("record_handed_in", report, by, at, sessions=len(kept))


def receive(*, report: ActivityReport, by: Actor, at: datetime.datetime) -> None:
    """Mark a record as received. Raises ReportRefused."""
    _check_receiver(report, by)
    with transaction.atomic():
        changed = ActivityReport.objects.filter(
            pk=report.pk, submitted_at=report.submitted_at, received_at=None
        ).exclude(submitted_at=None)
        if changed.update(received_at=at, received_by=by.snapshot()) != 1:
            raise ReportRefused(_("There is nothing to receive: look at the record again."))
        _record("record_received", report, by, at)


def send_back(*, report: ActivityReport, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a record back to be handed in again. Raises ReportRefused."""
    _check_receiver(report, by)
    reason = reason.strip()[:300]
    if not reason:
        raise ReportRefused(_("Say what is missing."))
    with transaction.atomic():
        changed = ActivityReport.objects.filter(
            pk=report.pk, submitted_at=report.submitted_at, received_at=None
        ).exclude(submitted_at=None)
        if changed.update(submitted_at=None, submitted_by=None, lines=None, sent_back=reason) != 1:
            raise ReportRefused(_("There is nothing to send back: look at the record again."))
        _record("record_sent_back", report, by, at, reason=reason)


def _check_receiver(report: ActivityReport, by: Actor) -> None:
    if not may_ask(by, report.unit):
        raise ReportRefused(_("You may ask for the records of the units you look after."))
    if report.submitted_by and report.submitted_by.get("staff_number") == by.staff_number:
        raise ReportRefused(_("You handed this record in yourself: somebody else receives it."))


def _record(
    action: str, report: ActivityReport, by: Actor, at: datetime.datetime, *, reason: str = "", **more: object
) -> None:
    name = f"{report.unit.name} {words(report.first, report.last)}"
    audit.record(
        stream=STREAM, action=action, by=by, at=at, subject=report, subject_name=name, reason=reason, **more
    )


def as_json(line: Line) -> dict[str, Any]:
    """A line as it is kept."""
    return {
        name: {"date": value.isoformat()}
        if isinstance(value, datetime.date)
        else {"number": str(value)}
        if isinstance(value, Decimal)
        else value
        for name, value in line.values.items()
    }


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a kept line."""
    found: dict[str, Any] = {}
    for name, value in kept.items():
        if isinstance(value, dict):
            found[name] = (
                datetime.date.fromisoformat(value["date"]) if "date" in value else Decimal(value["number"])
            )
        else:
            found[name] = value
    return found


def current_template() -> RecordTemplate | None:
    """The bureau's own template in use, or None: then the built-in one is."""
    return RecordTemplate.objects.filter(retired_at=None).first()


def add_template(
    *, name: str, data: bytes, unit: Unit, by: Actor, at: datetime.datetime
) -> tuple[RecordTemplate, tuple[str, ...]]:
    """Use a workbook of the bureau from now on, after a trial with an empty period.

    Returns it and the placeholders nobody knows. Raises SpreadsheetError.
    """
    if len(data) > MOST_BYTES:
        raise SpreadsheetError(_("A template has at most 2 MB."))
    day = day_of(at)
    tried = workbook(unit=unit, first=day, last=day, found=[], on=day, template=data)
    with transaction.atomic():
        RecordTemplate.objects.filter(retired_at=None).update(retired_at=at)
        made = RecordTemplate.objects.create(
            name=name[-120:],
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            uploaded_at=at,
            by=by.snapshot(),
        )
        audit.record(
            stream=STREAM, action="record_template_added", by=by, at=at, subject=made, sha256=made.sha256
        )
    return made, tried.unknown


def retire_template(*, template: RecordTemplate, by: Actor, at: datetime.datetime) -> None:
    """Go back to the built-in template. Raises ReportRefused."""
    with transaction.atomic():
        changed = RecordTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=at)
        if changed != 1:
            raise ReportRefused(_("This template is not in use any more."))
        audit.record(stream=STREAM, action="record_template_retired", by=by, at=at, subject=template)
