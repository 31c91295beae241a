"""Writing workbooks that no spreadsheet program will run as a formula."""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from lianbing.kit.spreadsheets.tables import Column

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INK = PatternFill("solid", fgColor="1B3A6B")
_EDGE = Border(bottom=Side(style="thin", color="D5DBE5"))
GUIDE_SHEET = "填写说明"


@dataclass(frozen=True)
class OutSheet:
    """One sheet to write: headings in the first row, rows of text, numbers and dates below.

    `text_columns` (positions from 0) are formatted as text, so that what a person types there keeps
    its leading zeros and its eighteen digits.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    text_columns: Sequence[int] = field(default=())


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: the dangerous beginnings get an apostrophe."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean


def put(cell: Cell, value: Any) -> None:
    """Write one value: numbers and dates typed, everything else as a string and never as a formula."""
    if value is None or value == "":
        return
    if isinstance(value, datetime.datetime):
        cell.value = timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, datetime.date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        cell.value = value
    else:
        cell.value = safe_text(str(value))[:32_000]
        cell.data_type = "s"


def write_workbook(sheets: Iterable[OutSheet], guide: Sequence[tuple[str, Sequence[Column]]] = ()) -> bytes:
    """An .xlsx of these sheets; with `guide`, a last sheet that explains the columns of each sheet."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _write_sheet(workbook, sheet)
    if guide:
        _write_sheet(workbook, _guide(guide))
    if not workbook.worksheets:
        workbook.create_sheet("1")
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def template_workbook(parts: Sequence[tuple[str, Sequence[Column], Iterable[Sequence[Any]]]]) -> bytes:
    """A template: for each (sheet name, columns, example rows) a sheet, then the column guide."""
    sheets = [
        OutSheet(name, [c.heading for c in columns], rows, text_columns=range(len(columns)))
        for name, columns, rows in parts
    ]
    return write_workbook(sheets, guide=[(name, columns) for name, columns, _rows in parts])


def _guide(guide: Sequence[tuple[str, Sequence[Column]]]) -> OutSheet:
    rows = [
        [name, c.heading, _("Required") if c.required else _("Optional"), c.hint, c.example]
        for name, columns in guide
        for c in columns
    ]
    return OutSheet(
        GUIDE_SHEET, [_("Sheet"), _("Column"), _("Required?"), _("What to write"), _("Example")], rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _write_sheet(workbook: Workbook, sheet: OutSheet) -> None:
    page = workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31] or "1")
    widths = [_width(str(heading)) + 4 for heading in sheet.headings]
    for position, heading in enumerate(sheet.headings, start=1):
        cell = page.cell(1, position)
        put(cell, str(heading))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _INK
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.border = _EDGE
    for number, row in enumerate(sheet.rows, start=2):
        for position, value in enumerate(row, start=1):
            put(page.cell(number, position), value)
            if position <= len(widths) and value is not None:
                widths[position - 1] = max(widths[position - 1], min(_width(str(value)) + 2, 60))
    for position in sheet.text_columns:
        page.column_dimensions[get_column_letter(position + 1)].number_format = "@"
    for position, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(position)].width = width
    page.row_dimensions[1].height = 22
    page.freeze_panes = "A2"
    if sheet.headings:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{max(page.max_row, 1)}"
