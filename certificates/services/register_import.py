"""Taking over an older register of enforcement certificates: all or nothing, or the good rows alone.

A row becomes the events it stands for, so that the register answers as if it had been kept here all along: who
is due for review, who was suspended when, since when somebody has been certified without a break.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.formats.reading import Book, read
from certificates.models import EnforcementCertificate, EnforcementEvent, Qualification
from certificates.services.enforcement.changing import STREAM, TOPIC, message, project, refuse
from certificates.services.register_plan import plan
from certificates.services.register_shapes import AT_ONCE, Entry, Plan, event_of
from certificates.state.enforcement import Kind
from lianbing.kit import audit, outbox
from lianbing.kit.spreadsheets import RowError, Sheet, SpreadsheetError
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


@dataclass
class RegisterReport:
    """What an import did, or would do. `refused` = how many people may not hold a certificate."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    refused: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The keys of the outside contract and no others."""
        counts = {"rows": self.rows, "created": self.created, "updated": self.updated}
        return {
            **counts,
            "unchanged": self.unchanged,
            "errors": [error.as_dict() for error in self.errors],
        }


def import_certificates(
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    file: str = "",
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> RegisterReport:
    """Take over the register in these sheets. With errors nothing is saved unless `skip_bad_rows`.

    Whoever may not hold a certificate is refused, and unless `dry_run` the refusal is written down even where
    nothing else is saved. A second import of the same file changes nothing; what a later file adds is appended.
    Raises SpreadsheetError when the sheets hold no register.
    """
    try:
        with transaction.atomic():
            book = read(sheets, day_of(at))
            made = plan(book, by=by, today=day_of(at))
            report = _report(book, made)
            if book.errors and not skip_bad_rows:
                report.created = report.updated = report.unchanged = 0
            elif not dry_run:
                _apply(made, file, report, by, at)
    except IntegrityError as error:
        raise SpreadsheetError(
            _("Somebody else changed the same records at this moment. Import the file again.")
        ) from error
    if not dry_run:
        _write_refusals(made, file, by, at)
    return report


def _report(book: Book, made: Plan) -> RegisterReport:
    counts = made.counts
    return RegisterReport(
        rows=book.rows,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        errors=book.errors,
        refused=len(made.refused),
    )


def _apply(made: Plan, file: str, report: RegisterReport, by: Actor, at: datetime.datetime) -> None:
    if not made.entries and not made.qualifications:
        return
    rows = _holdings(made.entries)
    events = [
        _event(row, step_number, step, by, at)
        for entry, row in rows
        for step_number, step in enumerate(entry.steps, start=entry.holding.events - len(entry.steps) + 1)
    ]
    EnforcementEvent.objects.bulk_create(events, batch_size=AT_ONCE)
    last = {event.certificate_id: event for event in events}
    for _entry, row in rows:
        outbox.publish(TOPIC, message(row, last[row.pk]), at=at)
    Qualification.objects.bulk_create(
        [_qualification(said, by, at) for said in made.qualifications], batch_size=AT_ONCE
    )
    audit.record(
        stream=STREAM,
        action="register_taken_over",
        by=by,
        at=at,
        subject_name=file[:200],
        rows=report.rows,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=len({(error.sheet, error.row) for error in report.errors}),
        numbers=[row.certificate_no for _entry, row in rows],
    )


def _holdings(entries: Sequence[Entry]) -> list[tuple[Entry, EnforcementCertificate]]:
    """The holdings after the import, new ones made and others changed."""
    rows = []
    for entry in entries:
        row = entry.row or EnforcementCertificate(officer_id=entry.officer_id)
        if entry.row is not None:
            # Taken in turn with whoever changes this entry in the browser at this moment.
            seen = EnforcementCertificate.objects.select_for_update().get(pk=row.pk)
            if seen.event_count != row.event_count:
                raise IntegrityError("the entry has changed since it was read")
        project(row, entry.holding)
        rows.append((entry, row))
    new = [row for entry, row in rows if entry.row is None]
    EnforcementCertificate.objects.bulk_create(new, batch_size=AT_ONCE)
    for entry, row in rows:
        if entry.row is not None:
            row.save()
    return rows


def _event(
    row: EnforcementCertificate, number: int, step: Any, by: Actor, at: datetime.datetime
) -> EnforcementEvent:
    event = event_of(step)
    return EnforcementEvent(
        certificate=row,
        number=number,
        kind=event.kind.value,
        on=event.on,
        at=at,
        actor=by.snapshot(),
        reason_code=event.reason,
        document_no=event.document,
        note=step.note[:300],
        data=dict(event.data),
        taken_over=True,
    )


def _qualification(said: Any, by: Actor, at: datetime.datetime) -> Qualification:
    return Qualification(
        officer_id=said.officer_id,
        kind=said.kind,
        number=said.number,
        grade=said.grade,
        obtained_on=said.obtained_on,
        valid_until=said.valid_until,
        issuer=said.issuer,
        note=said.note,
        recorded_at=at,
        actor=by.snapshot(),
    )


def _write_refusals(made: Plan, file: str, by: Actor, at: datetime.datetime) -> None:
    """Put on record who was refused; one transaction each, for the refusals stand whatever else happens."""
    people = Officer.objects.in_bulk([officer_id for officer_id, _why in made.refused])
    for officer_id, why in made.refused:
        refuse(officer=people[officer_id], why=why, kind=Kind.ENTERED, note=file, by=by, at=at)
