"""Taking over past records of training: all or nothing, or the good rows alone; in the browser and by command.

A row becomes what it would have become here: a finished class with its batch, a closed session with its roll,
hours in the ledger. So every rule, plan and list counts it like the rest, and the first day is not all red.
An exam becomes an entry of the personal file.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.training.formats.record_checking import Checker, Person, is_example
from courses.training.formats.record_columns import COLUMNS, SHEET
from courses.training.models import TakenOver
from courses.training.queries.locks import active
from courses.training.queries.record_people import categories_named, people_named
from courses.training.rules import records
from courses.training.rules.records import Record
from courses.training.services.hours import HoursRefused, grant_all
from courses.training.services.locks import STREAM, PeriodLocked
from courses.training.services.record_rolls import Rolls, grant_of
from lianbing.kit import audit
from lianbing.kit.spreadsheets import RowError, Sheet, SpreadsheetError, Table, find_table, text_safely
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

AT_ONCE = 500


@dataclass
class RecordsReport:
    """What an import did, or would do."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The keys of the outside contract and no others."""
        counts = {"rows": self.rows, "created": self.created, "updated": self.updated}
        return {
            **counts,
            "unchanged": self.unchanged,
            "errors": [error.as_dict() for error in self.errors],
        }


def import_training(
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    file: str = "",
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> RecordsReport:
    """Take over the records in these sheets. With errors nothing is saved unless `skip_bad_rows`.

    What was taken over before is left alone; a row that now says otherwise is an error, because hours are
    corrected in the ledger and not by another file: `updated` is always 0. Raises SpreadsheetError when the
    sheets hold no records.
    """
    try:
        with transaction.atomic():
            return _import(sheets, by, at, file, skip_bad_rows, dry_run)
    except (PeriodLocked, HoursRefused) as error:
        raise SpreadsheetError(str(error)) from error
    except IntegrityError as error:
        raise SpreadsheetError(
            _("Somebody else changed the same records at this moment. Import the file again.")
        ) from error


def _import(
    sheets: Sequence[Sheet], by: Actor, at: datetime.datetime, file: str, skip_bad_rows: bool, dry_run: bool
) -> RecordsReport:
    table = find_table(sheets, COLUMNS, sheet=SHEET)
    table.rows = [row for row in table.rows if not is_example(row)]
    if not table.rows:
        raise SpreadsheetError(
            _("The sheet “%(sheet)s” has headings but no records.") % {"sheet": table.sheet}
        )
    checker = _checker(table, day_of(at))
    found = [record for row in table.rows if (record := checker.record(row))]
    fresh, unchanged = _parted(found, checker)
    errors = sorted(checker.errors, key=lambda error: error.row)
    report = RecordsReport(rows=len(table.rows), errors=errors)
    if errors and not skip_bad_rows:
        return report
    report.created, report.unchanged = len(fresh), unchanged
    if fresh and not dry_run:
        _apply(fresh, by, at, file)
        audit.record(
            stream=STREAM,
            action="records_taken_over",
            by=by,
            at=at,
            subject_name=file[:200],
            rows=report.rows,
            created=report.created,
            unchanged=unchanged,
            refused=len({error.row for error in errors}),
        )
    return report


def _checker(table: Table, today: datetime.date) -> Checker:
    numbers = {text_safely(row.cells.get("staff_number")) for row in table.rows}
    people = {number: Person(*named) for number, named in people_named(numbers).items()}
    return Checker(table, people, categories_named(), active(datetime.date.min, today), today)


def _parted(found: Sequence[Record], checker: Checker) -> tuple[list[Record], int]:
    """What is new, and how many rows say what was taken over before. A row that says otherwise is an error."""
    stored: dict[str, dict[str, Any]] = {}
    digests = [record.digest for record in found]
    for start in range(0, len(digests), AT_ONCE):
        rows = TakenOver.objects.filter(digest__in=digests[start : start + AT_ONCE])
        stored |= dict(rows.values_list("digest", "said"))
    fresh, unchanged = [], 0
    for record in found:
        said = stored.get(record.digest)
        if said is None:
            fresh.append(record)
        elif names := records.differing(said, record.said()):
            message = _("This was taken over before with another value. Correct it where it stands now.")
            checker.fail(record.row, names[0], message)
        else:
            unchanged += 1
    return _one_batch_each(fresh, checker), unchanged


def _one_batch_each(fresh: Sequence[Record], checker: Checker) -> list[Record]:
    """Without those whose person was taken over into another batch of the same class before."""
    groups = {record.group for record in fresh if records.is_class(record.kind)}
    there = set(TakenOver.objects.filter(group__in=groups).values_list("officer_id", "group"))
    kept = []
    for record in fresh:
        if records.is_class(record.kind) and (record.officer_id, record.group) in there:
            checker.fail(record.row, "batch", _("The same person is in another batch of this class already."))
        else:
            kept.append(record)
    return kept


def _apply(fresh: Sequence[Record], by: Actor, at: datetime.datetime, file: str) -> None:
    rolls = Rolls(by=by, at=at)
    rolls.draw_up([record for record in fresh if record.kind != records.EXAM])
    TakenOver.objects.bulk_create(
        [
            TakenOver(
                officer_id=record.officer_id,
                session=rolls.session_of(record),
                digest=record.digest,
                group=record.group,
                title=record.title,
                sort=record.kind,
                starts_on=record.starts_on,
                ends_on=record.ends_on,
                said=record.said(),
                file=file[:200],
                row=record.row,
                recorded_at=at,
                by=by.snapshot(),
            )
            for record in fresh
        ],
        batch_size=AT_ONCE,
    )
    grants = [made for record in fresh if (made := grant_of(record, rolls))]
    for start in range(0, len(grants), AT_ONCE):
        grant_all(grants=grants[start : start + AT_ONCE], by=by, at=at)
