"""Taking over a sign-in sheet filled in on paper: every row or none."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from courses.training.formats.sign_in_sheets import Line, read_sheet
from courses.training.models import AttendanceEvent, Roll, RollEntry, Session
from courses.training.rules.attendance import Thresholds, judge
from courses.training.services.attendance import held, hold_open, standing, write_event
from courses.training.services.locks import STREAM
from courses.training.services.rolls import RollRefused
from lianbing.kit import audit
from lianbing.kit.spreadsheets import RowError, Table
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


class SheetRefused(Exception):
    """Nothing was taken over. `errors` names every place."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = list(errors)


def take_over(*, session: Session, data: bytes, name: str, by: Actor, at: datetime.datetime) -> int:
    """Put what a filled sheet says on the roll. Returns the number of rows.

    People who are not on the roll, a number twice, a name that is not that person's: errors by row, and then
    nothing is saved. Rows without a time and without a word are left as they are. Raises SpreadsheetError,
    SheetRefused, RollRefused, PeriodLocked.
    """
    lines, table, errors = read_sheet(data, name, day_of(session.starts_at))
    with transaction.atomic():
        current = hold_open(session)
        if current.state != Session.State.OPEN:
            raise RollRefused("not_open")
        entries = {
            entry.officer.staff_number: entry
            for entry in RollEntry.objects.filter(session=current).select_related("officer")
        }
        errors += _who(lines, entries, table)
        if errors:
            raise SheetRefused(sorted(errors, key=lambda error: error.row))
        rules = Roll.objects.get(session=current).thresholds()
        done = [_put(line, entries[line.staff_number], current, rules, by, at) for line in lines]
        audit.record(
            stream=STREAM,
            action="sheet_taken_over",
            by=by,
            at=at,
            subject=current,
            rows=sum(done),
            file=name[:100],
        )
    return sum(done)


def _who(lines: Sequence[Line], entries: dict[str, RollEntry], table: Table) -> list[RowError]:
    errors, seen = [], set()
    for line in lines:
        entry = entries.get(line.staff_number)
        if line.staff_number in seen:
            errors.append(table.error(line.row, "staff_number", _("This staff number stands here twice.")))
        elif entry is None:
            text = _("Nobody on this roll has the staff number %(number)s.") % {"number": line.staff_number}
            errors.append(table.error(line.row, "staff_number", text))
        elif line.name and line.name != entry.officer.name:
            text = _("This is not the name of %(number)s.") % {"number": line.staff_number}
            errors.append(table.error(line.row, "name", text))
        seen.add(line.staff_number)
    return errors


def _put(
    line: Line, entry: RollEntry, session: Session, rules: Thresholds, by: Actor, at: datetime.datetime
) -> bool:
    """One row onto the roll. Returns whether it said anything."""
    if line.came is None and line.state is None:
        return False
    was = standing(entry)
    entry.note, entry.method = line.note, AttendanceEvent.Method.PAPER
    if line.state is not None:
        entry.state, entry.by_hand = line.state, True
        entry.signed_in_at = entry.signed_out_at = None
        entry.late_by = entry.early_by = 0
    else:
        verdict = judge(*held(session), line.came, line.left, rules)
        entry.signed_in_at, entry.signed_out_at, entry.by_hand = line.came, line.left, False
        entry.state, entry.late_by, entry.early_by = verdict.state, verdict.late_by, verdict.early_by
    entry.save()
    write_event(
        entry,
        AttendanceEvent.Kind.SET,
        by=by,
        at=line.came or at,
        received_at=at,
        method=AttendanceEvent.Method.PAPER,
        reason=line.note,
        was=was,
    )
    return True
