"""The sign-in sheet as a spreadsheet: printed empty, filled in on paper, typed off and read back."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.training.models import RollEntry, Session
from courses.training.rules.attendance import State
from lianbing.kit.spreadsheets import (
    CellError,
    Column,
    OutSheet,
    Row,
    RowError,
    Table,
    find_table,
    read_workbook,
    write_workbook,
)

MOST_BYTES = 5 * 1024 * 1024
COLUMNS = (
    Column("staff_number", "工号", ("警号", "编号", "staff number"), required=True, example="T00001"),
    Column("name", "姓名", ("name",), example="张三"),
    Column("came", "签到时间", ("签到", "in", "到达时间"), required=True, example="08:55"),
    Column("left", "签退时间", ("签退", "out", "离开时间"), example="11:30"),
    Column("note", "备注", ("note", "说明"), example="请假"),
)
ABSENT_WORDS = {"缺勤": State.ABSENT, "缺席": State.ABSENT, "旷课": State.ABSENT, "请假": State.LEAVE}
"""What stands in the place of a time, or in the note with both times empty."""
_CLOCK = re.compile(r"([0-9]{1,2})[::：.]([0-9]{2})(?:[::：][0-9]{2})?")


@dataclass(frozen=True)
class Line:
    """One row read: who, when they came and left, and what is said instead (absent or on leave)."""

    row: int
    staff_number: str
    name: str
    came: datetime.datetime | None
    left: datetime.datetime | None
    state: State | None
    note: str


def read_sheet(data: bytes, name: str, day: datetime.date) -> tuple[list[Line], Table, list[RowError]]:
    """The rows of a filled sheet of a session on `day`. Raises SpreadsheetError for the file as a whole."""
    table = find_table(read_workbook(data, name), COLUMNS)
    lines, errors = [], list(table.errors)
    for row in table.rows:
        line = _line(row, table, day, errors)
        if line:
            lines.append(line)
    return lines, table, errors


def _line(row: Row, table: Table, day: datetime.date, errors: list[RowError]) -> Line | None:
    before = len(errors)
    texts = {key: _text(row, key, table, errors) for key in ("staff_number", "name", "note")}
    if not texts["staff_number"]:
        errors.append(table.error(row, "staff_number", _("The staff number is missing.")))
    word = ABSENT_WORDS.get(_text(row, "came", table, []).strip()) or ABSENT_WORDS.get(texts["note"])
    came = None if word else _moment(row, "came", table, day, errors)
    left = None if word else _moment(row, "left", table, day, errors)
    if left and (not came or left < came):
        errors.append(table.error(row, "left", _("The sign-out lies before the sign-in.")))
    if len(errors) > before:
        return None
    return Line(row.number, texts["staff_number"], texts["name"], came, left, word, texts["note"][:200])


def _text(row: Row, key: str, table: Table, errors: list[RowError]) -> str:
    try:
        return row.text(key).strip()
    except CellError as error:
        errors.append(table.error(row, key, str(error)))
        return ""


def _moment(
    row: Row, key: str, table: Table, day: datetime.date, errors: list[RowError]
) -> datetime.datetime | None:
    """The cell as a moment of that day: a time, a moment of a spreadsheet, or text such as 08:55."""
    value = row.cells.get(key)
    if isinstance(value, datetime.datetime):
        if value.date() != day:
            errors.append(table.error(row, key, _("This is another day than that of the session.")))
            return None
        value = value.time()
    if isinstance(value, datetime.time):
        return timezone.make_aware(datetime.datetime.combine(day, value))
    text = _text(row, key, table, errors)
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        errors.append(table.error(row, key, _("Write the time like 08:55.")))
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(int(match[1]), int(match[2]))))


def sheet(session: Session, entries: Sequence[RollEntry]) -> bytes:
    """The sign-in sheet of a session as .xlsx, with what is known filled in; it can be read back."""
    rows = [
        [
            entry.officer.staff_number,
            entry.officer.name,
            _shown(entry.signed_in_at) or _word(entry),
            _shown(entry.signed_out_at),
            entry.note,
        ]
        for entry in entries
    ]
    out = OutSheet(
        session.topic or "签到表", [column.heading for column in COLUMNS], rows, text_columns=range(5)
    )
    return write_workbook([out])


def _shown(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def _word(entry: RollEntry) -> str:
    return {State.ABSENT: "缺勤", State.LEAVE: "请假"}.get(State(entry.state), "")
