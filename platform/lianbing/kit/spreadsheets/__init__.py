"""Spreadsheets in and out: .xlsx, .xls and .csv read safely, .xlsx written without formulas.

`read_workbook` turns bytes into sheets of plain values; `find_table` looks for the row of headings and
gives rows addressed by the keys of `Column`; `text_of` and `date_of` read one cell. What is wrong with the
file as a whole is a `SpreadsheetError`; what is wrong in one place is a `RowError`, collected, never raised
one at a time. `write_workbook` and `template_workbook` write.
"""

from lianbing.kit.spreadsheets.cells import (
    CellError,
    SpreadsheetError,
    date_of,
    plain,
    text_of,
    text_safely,
)
from lianbing.kit.spreadsheets.reading import Sheet, read_path, read_workbook
from lianbing.kit.spreadsheets.tables import Column, Row, RowError, Table, find_table, has_sheet
from lianbing.kit.spreadsheets.writing import OutSheet, safe_text, template_workbook, write_workbook

__all__ = [
    "CellError",
    "Column",
    "OutSheet",
    "Row",
    "RowError",
    "Sheet",
    "SpreadsheetError",
    "Table",
    "date_of",
    "find_table",
    "has_sheet",
    "plain",
    "read_path",
    "read_workbook",
    "safe_text",
    "template_workbook",
    "text_of",
    "text_safely",
    "write_workbook",
]
