"""Scores and figures somebody else gave: taken over from a file, corrected by a later one, withdrawn."""

import datetime
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.formats import columns
from certificates.ratings.formats.checking import Checker, Whom
from certificates.ratings.models import ImportedScore, ScoreSource
from certificates.ratings.permissions.records import may_keep
from certificates.ratings.queries.records import whereabouts
from certificates.ratings.rules.catalogue import LAW, speaks_of_fines
from certificates.ratings.services.files import table_of, world_of
from certificates.ratings.services.records import STREAM, RecordRefused
from courses.training.services.records import RecordsReport
from lianbing.kit import audit
from lianbing.kit.spreadsheets import Row, Sheet, SpreadsheetError, text_safely
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

AT_ONCE = 500
CODE = re.compile(r"[\w.\-]{1,40}")


def import_scores(
    *,
    sheets: Sequence[Sheet],
    source: ScoreSource,
    by: Actor,
    at: datetime.datetime,
    file: str = "",
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> RecordsReport:
    """Take over the scores in these sheets. With errors nothing is saved unless `skip_bad_rows`.

    The same thing measured again with another value gets a further number: `updated`. A figure that counts
    income from fines is refused. Raises SpreadsheetError when the sheets hold no scores.
    """
    table = table_of(sheets, columns.SCORE_COLUMNS, columns.SCORES)
    checker = Checker(table, world_of(table), day_of(at))
    rows = [made for row in table.rows if (made := _score(checker, row, source, by, at, file))]
    rows = _once(checker, rows)
    errors = sorted(checker.errors, key=lambda error: error.row)
    report = RecordsReport(rows=len(table.rows), errors=errors)
    if errors and not skip_bad_rows:
        return report
    fresh = _fresh(rows, file)
    report.updated = sum(row.number > 1 for row in fresh)
    report.created, report.unchanged = len(fresh) - report.updated, len(rows) - len(fresh)
    if fresh and not dry_run:
        _save(fresh, report, source, by, at, file)
    return report


def _score(
    checker: Checker, row: Row, source: ScoreSource, by: Actor, at: datetime.datetime, file: str
) -> ImportedScore | None:
    """What a row says, or None when anything is wrong with it."""
    code, label = checker.text(row, "code", 40, required=True), checker.text(row, "label", 120, required=True)
    on = checker.day(row, "on", required=True, past=True)
    value, note = checker.number(row, "value", required=True), checker.text(row, "note", 300)
    if code and not CODE.fullmatch(code):
        checker.fail(row, "code", _("A code has letters, digits, underscores, hyphens and full stops only."))
    for key, text in (("code", code), ("label", label)):
        if speaks_of_fines(text):
            message = _("Income from fines is nothing to be measured by: %(law)s.")
            checker.fail(row, key, message % {"law": LAW})
    whom = checker.whom(row, on)
    if row.number in checker.faulty or whom is None or on is None or value is None:
        return None
    if by.officer_id is not None and whom.officer is not None and whom.officer.pk == by.officer_id:
        checker.fail(row, "staff_number", _("This is about yourself: a colleague must record it."))
        return None
    return ImportedScore(
        source=source.value,
        code=code,
        officer=whom.officer,
        unit=whom.unit,
        label=label,
        on=on,
        value=value,
        note=note,
        said={checker.table.headings[key]: text_safely(cell) for key, cell in row.cells.items()},
        file=file[:200],
        sheet=checker.table.sheet[:60],
        row=row.number,
        key=key_of(source, code, whom, on, label),
        recorded_at=at,
        by=by.snapshot(),
    )


def key_of(source: ScoreSource, code: str, whom: Whom, on: datetime.date, label: str) -> str:
    """What is measured of whom: a later file with the same key corrects it."""
    who = f"officer:{whom.officer.pk}" if whom.officer else f"unit:{whom.unit.pk}"
    text = "\n".join([source.value, code, who, on.isoformat(), label])
    return hashlib.sha256(text.encode()).hexdigest()


def _once(checker: Checker, rows: Sequence[ImportedScore]) -> list[ImportedScore]:
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        if row.key in seen:
            message = _("The same stands in row %(row)d already.")
            checker.fail(row.row or 0, "label", message % {"row": seen[row.key]})
            continue
        seen[row.key] = row.row or 0
        found.append(row)
    return found


def _fresh(rows: Sequence[ImportedScore], file: str) -> list[ImportedScore]:
    """Those that are new or say otherwise than before, with the number they get. One statement for 500 rows."""
    stored: dict[str, ImportedScore] = {}
    for start in range(0, len(rows), AT_ONCE):
        known = ImportedScore.objects.filter(key__in=[row.key for row in rows[start : start + AT_ONCE]])
        stored |= {one.key: one for one in known.order_by("number")}
    fresh = []
    for row in rows:
        before = stored.get(row.key)
        if before is not None:
            if before.value == row.value and not before.gone:
                continue
            row.number, row.reason = before.number + 1, _("Taken over again: %(file)s") % {"file": file[:200]}
        fresh.append(row)
    return fresh


def _save(
    fresh: Sequence[ImportedScore],
    report: RecordsReport,
    source: ScoreSource,
    by: Actor,
    at: datetime.datetime,
    file: str,
) -> None:
    try:
        with transaction.atomic():
            ImportedScore.objects.bulk_create(fresh, batch_size=AT_ONCE)
            audit.record(
                stream=STREAM,
                action="scores_imported",
                by=by,
                at=at,
                subject_name=file[:200],
                source=source.value,
                created=report.created,
                updated=report.updated,
                unchanged=report.unchanged,
            )
    except IntegrityError as error:
        raise SpreadsheetError(
            _("Somebody else changed the same records at this moment. Import the file again.")
        ) from error


def withdraw_score(*, score: ImportedScore, reason: str, by: Actor, at: datetime.datetime) -> ImportedScore:
    """Take a score back: a further number says so, the row stays readable. Raises RecordRefused."""
    reason = reason.strip()
    if len(reason) < 5:
        raise RecordRefused(_("Give a reason of at least five characters."), "reason")
    place = whereabouts(score.officer, day_of(at)) or score.unit.path
    if not may_keep(by, place, score.officer_id):
        raise RecordRefused(_("You record this for the people of your units, and never about yourself."))
    copied: dict[str, Any] = {
        field.attname: getattr(score, field.attname)
        for field in ImportedScore._meta.concrete_fields
        if field.name not in {"id", "uid"}
    }
    copied |= {"number": score.number + 1, "gone": True, "reason": reason[:300]}
    copied |= {"recorded_at": at, "by": by.snapshot()}
    try:
        with transaction.atomic():
            made = ImportedScore.objects.create(**copied)
            audit.record(stream=STREAM, action="score_withdrawn", by=by, at=at, subject=made, reason=reason)
    except IntegrityError as error:
        raise RecordRefused(_("This has been taken back already.")) from error
    return made
