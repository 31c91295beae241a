"""The program that fills a workbook's placeholders in a process of its own (see filling.py).

It imports nothing of the product. What it is given: eight bytes with the length of a JSON object, the object
{"single": {name: value}, "rows": [{name: value}]}, and the workbook. A value is text, a number, or a date as
{"date": "2026-06-01"}.
"""

import copy
import datetime
import io
import json
import re
import zipfile
from typing import Any

from openpyxl import load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
REFERENCE = re.compile(r"(\$?[A-Za-z]{1,3})?(\$?)(\d{1,7})")
MOST_CELLS = 300_000
Answer = tuple[tuple[str, str] | None, dict[str, Any]]


def answer(data: bytes) -> Answer:
    """A refusal (code, detail) or None, and {"data", "unknown": placeholders nobody knows, "rows"}."""
    length = int.from_bytes(data[:8], "big")
    asked = json.loads(data[8 : 8 + length])
    single, rows = _values(asked["single"]), [_values(row) for row in asked["rows"]]
    known = set(asked["row_names"])
    try:
        book = load_workbook(io.BytesIO(data[8 + length :]))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        return ("damaged", ""), {}
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > MOST_CELLS:
        return ("large", ""), {}
    places: dict[str, int] = {}
    for sheet in book.worksheets:
        found = _rows_with(sheet, known)
        if len(found) > 1:
            return ("two_rows", f"{sheet.title} {found[0]} {found[1]}"), {}
        if found:
            places[sheet.title] = found[0]
    if not places:
        return ("no_row", ""), {}
    for sheet in book.worksheets:
        if sheet.title in places:
            _grow(book.worksheets, sheet, places[sheet.title], max(len(rows) - 1, 0))
    unknown: list[str] = []
    for sheet in book.worksheets:
        _fill(sheet, places.get(sheet.title), single, rows, known, unknown)
    target = io.BytesIO()
    book.save(target)
    return None, {"data": target.getvalue(), "unknown": unknown[:50], "rows": len(rows)}


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
        for name, value in given.items()
    }


def _rows_with(sheet: Worksheet, names: set[str]) -> list[int]:
    """The rows in which a placeholder of the repeated row stands."""
    found = []
    for row in sheet.iter_rows():
        texts = [cell.value for cell in row if isinstance(cell.value, str)]
        if any(name in names for text in texts for name in PLACE.findall(text)):
            found.append(row[0].row)
    return found


def _grow(sheets: list[Worksheet], sheet: Worksheet, at: int, more: int) -> None:
    """Make room for `more` rows below the row `at`, as if they were inserted by hand: formulas follow."""
    for other in sheets:
        for row in other.iter_rows():
            for cell in row:
                own = other is sheet and cell.row == at
                if cell.data_type == "f" and isinstance(cell.value, str) and not own:
                    cell.value = _moved(cell.value, sheet.title, other is sheet, at, more)
    if not more:
        return
    below = [merged for merged in sheet.merged_cells.ranges if merged.min_row > at]
    within = [merged for merged in sheet.merged_cells.ranges if merged.min_row == merged.max_row == at]
    heights = {n: d.height for n, d in sheet.row_dimensions.items() if n > at and d.height}
    for merged in below:
        sheet.merged_cells.remove(merged)
    sheet.insert_rows(at + 1, more)
    for merged in below:
        merged.shift(row_shift=more)
        sheet.merged_cells.add(merged)
    for number in heights:
        sheet.row_dimensions[number].height = None
    for number, height in heights.items():
        sheet.row_dimensions[number + more].height = height
    _copy_row(sheet, at, more, within)
    if sheet.print_area:
        sheet.print_area = _moved(f"={sheet.print_area}", sheet.title, True, at, more)[1:]
    _grow_conditions(sheet, at, more)
    for name in sheet.parent.defined_names.values():
        name.attr_text = _moved(f"={name.attr_text}", sheet.title, False, at, more)[1:]


def _grow_conditions(sheet: Worksheet, at: int, more: int) -> None:
    """Conditional formats, lists of values and the filter hold for the new rows too, and follow what moved."""

    def moved(text: str | None) -> str | None:
        return _moved(f"={text}", sheet.title, True, at, more)[1:] if text else text

    formats = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [moved(text) for text in rule.formula]
            formats.add(_grown(one.sqref, at, more), rule)
    sheet.conditional_formatting = formats
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(_grown(check.sqref, at, more))
        check.formula1, check.formula2 = moved(check.formula1), moved(check.formula2)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _grown(MultiCellRange(sheet.auto_filter.ref), at, more)


def _grown(ranges: MultiCellRange, at: int, more: int) -> str:
    """These ranges after the row `at` was repeated: who ends there or below ends lower, who begins below moves."""
    for one in ranges.ranges:
        if one.max_row >= at:
            one.expand(down=min(more, 1_048_576 - one.max_row))
        if one.min_row > at:
            one.shrink(top=more)
    return str(ranges)


def _copy_row(sheet: Worksheet, at: int, more: int, merged: list[Any]) -> None:
    """Give the new rows the look, the formulas and the merged cells of the row `at`."""
    height = sheet.row_dimensions[at].height
    cells = [sheet.cell(at, column) for column in range(1, sheet.max_column + 1)]
    for step in range(1, more + 1):
        sheet.row_dimensions[at + step].height = height
        for cell in cells:
            fresh = sheet.cell(at + step, cell.column)
            if cell.has_style:
                fresh._style = copy.copy(cell._style)
            if cell.data_type == "f" and isinstance(cell.value, str):
                fresh.value = _repeated(cell.value, sheet.title, at, step, more)
            else:
                fresh.value = cell.value
        for one in merged:
            sheet.merge_cells(None, at + step, one.min_col, at + step, one.max_col)
    for cell in cells:
        if cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = _repeated(cell.value, sheet.title, at, 0, more)


def _moved(formula: str, title: str, own: bool, at: int, more: int) -> str:
    """A formula after `more` rows were put in below the row `at` of the sheet `title`: ranges that end there grow."""

    def row(number: int, last: bool) -> int:
        return number + more if number > at or (last and number == at) else number

    return _rewritten(formula, title, own, lambda number, _fixed, last: row(number, last))


def _repeated(formula: str, title: str, at: int, step: int, more: int) -> str:
    """A formula of the repeated row `at` in its copy `step` rows below."""

    def row(number: int, fixed: bool, _last: bool) -> int:
        if number > at:
            return number + more
        return number if fixed else number + step

    return _rewritten(formula, title, True, row)


def _rewritten(formula: str, title: str, own: bool, row: Any) -> str:
    tokens = Tokenizer(formula).items
    return "=" + "".join(
        _range(token.value, title, own, row)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE
        else token.value
        for token in tokens
    )


def _range(text: str, title: str, own: bool, row: Any) -> str:
    """A reference such as A1, $B$2:C7, 'Sheet 1'!A1 with its rows moved where it is to the sheet in question."""
    sheet, mark, cells = text.rpartition("!")
    if mark and sheet.strip("'").replace("''", "'") != title:
        return text
    if not mark and not own:
        return text
    parts = cells.split(":")
    moved = []
    for place, part in enumerate(parts):
        found = REFERENCE.fullmatch(part)
        if not found or not (found[1] or len(parts) == 2):
            return text
        number = row(int(found[3]), bool(found[2]), len(parts) == 2 and place == 1)
        moved.append(f"{found[1] or ''}{found[2]}{number}")
    return sheet + mark + ":".join(moved)


def _fill(
    sheet: Worksheet,
    at: int | None,
    single: dict[str, Any],
    rows: list[dict[str, Any]],
    known: set[str],
    unknown: list[str],
) -> None:
    nobody: dict[str, Any] = dict.fromkeys(known, "")
    for row in sheet.iter_rows():
        number = row[0].row
        values = single
        if at is not None and at <= number < at + max(len(rows), 1):
            values = single | (rows[number - at] if rows else nobody)
        for cell in row:
            if isinstance(cell.value, str) and cell.data_type != "f" and "{{" in cell.value:
                _put(cell, values, unknown)


def _put(cell: Any, values: dict[str, Any], unknown: list[str]) -> None:
    whole = PLACE.fullmatch(cell.value.strip())
    if whole and whole[1] in values:
        value = values[whole[1]]
        cell.value = None if value == "" else value
        if isinstance(value, datetime.date) and cell.number_format == "General":
            cell.number_format = "yyyy-mm-dd"
    else:
        unknown.extend(
            f"{cell.parent.title}!{cell.coordinate} {name}"
            for name in PLACE.findall(cell.value)
            if name not in values
        )
        cell.value = PLACE.sub(lambda found: str(values.get(found[1], found[0])), cell.value)
    if isinstance(cell.value, str):
        cell.data_type = "s"
