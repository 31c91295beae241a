"""The activity record and the circular of a unit for a period, as files; every export is on record."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from courses.training.models import ActivityReport
from courses.training.queries import bulletin as queries
from courses.training.queries.activity_record import Line, lines, totals
from courses.training.reports.activity_record import workbook
from courses.training.reports.bulletin import Bulletin, UnitFigures, document
from courses.training.rules.activity_record import words
from courses.training.services.activity_reports import current_template, from_json
from courses.training.services.locks import STREAM
from lianbing.kit import audit
from lianbing.kit.spreadsheets.filling import Filled
from lianbing.people.models import Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


def activity_record(
    *,
    unit: Unit,
    first: datetime.date,
    last: datetime.date,
    by: Actor,
    at: datetime.datetime,
    template: bytes | None = None,
) -> tuple[Filled, int]:
    """The record as .xlsx and its number of lines: in `template`, else the bureau's own, else the built-in one.

    Raises SpreadsheetError.
    """
    own = current_template()
    found = lines(unit, first, last)
    filled = workbook(
        unit=unit,
        first=first,
        last=last,
        found=found,
        on=day_of(at),
        template=template or (bytes(own.data) if own else None),
    )
    _on_record("activity_record_exported", unit, first, last, len(found), by, at)
    return filled, len(found)


def handed_in_record(*, report: ActivityReport, by: Actor, at: datetime.datetime) -> Filled:
    """A record as it was handed in, as .xlsx. Raises SpreadsheetError."""
    own = current_template()
    found = [Line(None, from_json(kept)) for kept in report.lines or []]
    filled = workbook(
        unit=report.unit,
        first=report.first,
        last=report.last,
        found=found,
        on=day_of(report.submitted_at or at),
        template=bytes(own.data) if own else None,
    )
    _on_record("activity_record_exported", report.unit, report.first, report.last, len(found), by, at)
    return filled


def circular(
    *, unit: Unit, first: datetime.date, last: datetime.date, by: Actor, at: datetime.datetime
) -> bytes:
    """The circular on a period as .docx."""
    found = lines(unit, first, last)
    late, missing = queries.handed_in(unit, first, last, day_of(at))
    units = [
        _figures(branch.name, lines(branch, first, last))
        for branch in queries.branches(unit)
        if branch.pk != unit.pk
    ]
    told = Bulletin(
        unit=unit.name,
        first=first,
        last=last,
        on=day_of(at),
        whole=_figures("合计" if units else unit.name, found),
        units=units,
        by_content=queries.by_content(found),
        late=late,
        missing=missing,
    )
    made = document(told)
    _on_record("circular_exported", unit, first, last, len(found), by, at)
    return made


def _figures(name: str, found: Sequence[Line]) -> UnitFigures:
    sums, counts = totals(found), queries.figures(found)
    return UnitFigures(
        name=name,
        sessions=sums["场次"],
        expected=sums["总应到"],
        present=sums["总实到"],
        late=counts["迟到"],
        early=counts["早退"],
        absent=counts["缺勤"],
        made_up=counts["补训"],
        hours=Decimal(sums["总学时"]),
    )


def _on_record(
    action: str,
    unit: Unit,
    first: datetime.date,
    last: datetime.date,
    count: int,
    by: Actor,
    at: datetime.datetime,
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=unit,
        subject_name=f"{unit.name} {words(first, last)}",
        sessions=count,
    )
