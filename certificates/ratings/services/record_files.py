"""Taking over honours, sanctions, measures and findings from a file: all or nothing, or the good rows alone."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.formats import columns
from certificates.ratings.formats.checking import Checker
from certificates.ratings.models import Record
from certificates.ratings.rules.records import Kind, faults, last_day
from certificates.ratings.services.files import table_of, world_of
from certificates.ratings.services.records import MOST_POINTS, STREAM, Draft, fault_texts, row_of
from courses.training.services.records import RecordsReport
from lianbing.kit import audit
from lianbing.kit.spreadsheets import Row, Sheet, SpreadsheetError
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

AT_ONCE = 500


def import_records(
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    file: str = "",
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> RecordsReport:
    """Take over the records in these sheets. With errors nothing is saved unless `skip_bad_rows`.

    What stands on record already is left alone. Raises SpreadsheetError when the sheets hold no records.
    """
    table = table_of(sheets, columns.RECORD_COLUMNS, columns.RECORDS)
    checker = Checker(table, world_of(table, "leader"), day_of(at))
    drafts = [(row, draft) for row in table.rows if (draft := _draft(checker, row, file))]
    if by.officer_id is not None:
        drafts = [pair for pair in drafts if not _is_own(checker, by.officer_id, *pair)]
    rows = _once(checker, [(row, row_of(draft, by, at)) for row, draft in drafts])
    errors = sorted(checker.errors, key=lambda error: error.row)
    report = RecordsReport(rows=len(table.rows), errors=errors)
    if errors and not skip_bad_rows:
        return report
    fresh = _fresh(rows)
    report.created, report.unchanged = len(fresh), len(rows) - len(fresh)
    if fresh and not dry_run:
        _save(fresh, report, by, at, file)
    return report


def _draft(checker: Checker, row: Row, file: str) -> Draft | None:
    """What a row says, or None when anything is wrong with it."""
    named = checker.word(
        row, "kind", {name: kind.value for name, kind in columns.KINDS.items()}, required=True
    )
    kind = Kind(named) if named else None
    sort = checker.word(row, "sort", columns.SORTS[kind], required=True) if kind else ""
    on = checker.day(row, "on", required=True, past=True)
    draft_title = checker.text(row, "title", 120, required=True)
    expires_on, points = checker.day(row, "expires_on"), checker.number(row, "points", most=MOST_POINTS)
    document, issuer = checker.text(row, "document_no", 80), checker.text(row, "issuer", 100)
    level, note = checker.word(row, "level", columns.LEVELS), checker.text(row, "note", 300)
    leader = checker.person(row, "leader")
    for_unit = _yes(checker, row)
    whom = checker.whom(row, on)
    if row.number in checker.faulty or whom is None or kind is None or on is None:
        return None
    expires_on = expires_on or last_day(kind, sort, on)
    texts = fault_texts()
    for name, code in faults(kind=kind, sort=sort, on=on, expires_on=expires_on, today=checker.today):
        checker.fail(row, name, texts[code])
    if kind is Kind.MEASURE and whom.officer is None:
        checker.fail(row, "staff_number", _("A measure is taken with a person."))
    if leader is not None and leader == whom.officer:
        checker.fail(row, "leader", _("Nobody answers for themselves: name another person."))
    if row.number in checker.faulty:
        return None
    return Draft(
        kind=kind,
        sort=sort,
        title=draft_title,
        on=on,
        officer=whom.officer,
        unit=whom.unit,
        for_unit=for_unit or whom.officer is None,
        leader=leader,
        level=level,
        points=points,
        expires_on=expires_on,
        document_no=document,
        issuer=issuer,
        note=note,
        source={"file": file, "row": row.number},
    )


def _yes(checker: Checker, row: Row) -> bool:
    text = checker.text(row, "for_unit", 10).lower()
    if text not in columns.YES:
        checker.fail(row, "for_unit", _("Write 是 or 否."))
    return columns.YES.get(text, False)


def _is_own(checker: Checker, officer_id: int, row: Row, draft: Draft) -> bool:
    """Whether whoever brings the file in stands in the row: nobody records something about themselves."""
    about = {one.pk for one in (draft.officer, draft.leader) if one}
    if officer_id in about:
        checker.fail(row, "staff_number", _("This is about yourself: a colleague must record it."))
    return officer_id in about


def _once(checker: Checker, rows: Sequence[tuple[Row, Record]]) -> list[Record]:
    """Each record once; the same thing again in the file is an error."""
    seen: dict[str, int] = {}
    found = []
    for row, record in rows:
        if record.digest in seen:
            message = _("The same stands in row %(row)d already.")
            checker.fail(row, "title", message % {"row": seen[record.digest]})
            continue
        seen[record.digest] = row.number
        found.append(record)
    return found


def _fresh(rows: Sequence[Record]) -> list[Record]:
    """Those that do not stand on record, with the number they get. One statement for 500 rows."""
    stored: dict[str, tuple[int, bool]] = {}
    for start in range(0, len(rows), AT_ONCE):
        digests = [row.digest for row in rows[start : start + AT_ONCE]]
        known = Record.objects.filter(digest__in=digests).order_by("number")
        for digest, number, withdrawal in known.values_list("digest", "number", "withdrawal"):
            stored[digest] = (number, withdrawal is None)
    fresh = []
    for row in rows:
        number, holds = stored.get(row.digest, (0, False))
        if not holds:
            row.number = number + 1
            fresh.append(row)
    return fresh


def _save(
    fresh: Sequence[Record], report: RecordsReport, by: Actor, at: datetime.datetime, file: str
) -> None:
    try:
        with transaction.atomic():
            Record.objects.bulk_create(fresh, batch_size=AT_ONCE)
            audit.record(
                stream=STREAM,
                action="records_imported",
                by=by,
                at=at,
                subject_name=file[:200],
                created=report.created,
                unchanged=report.unchanged,
                refused=len({error.row for error in report.errors}),
            )
    except IntegrityError as error:
        raise SpreadsheetError(
            _("Somebody else changed the same records at this moment. Import the file again.")
        ) from error
