"""Finding the table in a sheet: headings in any order, rows addressed by the keys of their columns."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets.cells import SpreadsheetError, date_of, plain, text_of, text_safely
from lianbing.kit.spreadsheets.reading import Sheet

HEADING_SEARCH_ROWS = 15
MAX_ROWS = 100_000


@dataclass(frozen=True)
class RowError:
    """What is wrong in one place: sheet, row as the spreadsheet counts it, heading, and what to do."""

    sheet: str
    row: int
    column: str
    message: str

    def as_dict(self) -> dict[str, Any]:
        """The form reports carry."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "message": self.message}


@dataclass(frozen=True)
class Column:
    """One column of a template: key in code, heading in the file, other headings understood, and help."""

    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    hint: str = ""
    example: str = ""


@dataclass(frozen=True)
class Row:
    """One row under the headings. `number` is the row as the spreadsheet counts it."""

    number: int
    cells: dict[str, Any]

    def text(self, key: str) -> str:
        """The cell as text. Raises CellError for a number that has lost digits."""
        return text_of(self.cells.get(key))

    def date(self, key: str) -> datetime.date | None:
        """The cell as a date, None when blank. Raises CellError."""
        return date_of(self.cells.get(key))


@dataclass
class Table:
    """Rows found under a row of headings, with what was wrong before any row was read."""

    sheet: str
    rows: list[Row]
    headings: dict[str, str]
    errors: list[RowError] = field(default_factory=list)

    def error(self, row: Row | int, key: str, message: str) -> RowError:
        """An error in the column `key` of a row, named by the heading the file itself uses."""
        number = row if isinstance(row, int) else row.number
        return RowError(self.sheet, number, self.headings.get(key, key), str(message))


def _matches(rows: Sequence[Any], known: dict[str, str]) -> dict[str, int]:
    """Which key stands in which position of a row of headings; the first of two wins."""
    places: dict[str, int] = {}
    for position, value in enumerate(rows):
        if not isinstance(value, str) or not value.strip():
            continue
        full = plain(value)
        key = known.get(full) or known.get(re.sub(r"\([^)]*\)$", "", full))
        if key and key not in places:
            places[key] = position
    return places


def _best(sheets: Iterable[Sheet], columns: Sequence[Column]) -> tuple[Sheet | None, int, dict[str, int]]:
    known = {plain(name): c.key for c in columns for name in (c.heading, *c.aliases)}
    best: tuple[Sheet | None, int, dict[str, int]] = (None, 0, {})
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:HEADING_SEARCH_ROWS]):
            places = _matches(row, known)
            if len(places) > len(best[2]):
                best = (sheet, index, places)
    return best


def find_table(sheets: Sequence[Sheet], columns: Sequence[Column], *, sheet: str = "") -> Table:
    """The rows under the headings of `columns`, on the sheet called `sheet` or the one that fits best.

    The headings may stand in any order and in one of the first fifteen rows (a title above them does no
    harm). Raises SpreadsheetError when required headings are missing, naming them.
    """
    named = [s for s in sheets if plain(s.name) == plain(sheet)] if sheet else []
    found, index, places = _best(named or sheets, columns)
    missing = [c.heading for c in columns if c.required and c.key not in places]
    if missing or found is None:
        raise SpreadsheetError(_no_table(sheets, found, missing))
    if len(found.rows) > MAX_ROWS:
        raise SpreadsheetError(_("The sheet has more than 100,000 rows."))
    table = Table(
        sheet=found.name,
        rows=[
            Row(number, {key: row[at] if at < len(row) else None for key, at in places.items()})
            for number, row in enumerate(found.rows[index + 1 :], start=index + 2)
            if any(text_safely(cell) for cell in row)
        ],
        headings={c.key: c.heading for c in columns},
    )
    table.headings.update({key: text_of(found.rows[index][at]) for key, at in places.items()})
    table.errors = _cell_errors(found, table, index, {at + 1: key for key, at in places.items()})
    return table


def has_sheet(sheets: Sequence[Sheet], name: str) -> bool:
    """Whether there is a sheet of this name that is not empty."""
    return any(plain(s.name) == plain(name) and any(any(r) for r in s.rows) for s in sheets)


def _no_table(sheets: Sequence[Sheet], found: Sheet | None, missing: list[str]) -> str:
    names = "、".join(s.name for s in sheets) or "—"
    if found is None or not missing:
        return _(
            "No sheet has the headings of the template. Sheets in the file: %(sheets)s. "
            "Download the template and fill that in."
        ) % {"sheets": names}
    return _("The sheet “%(sheet)s” lacks these columns: %(columns)s. Sheets in the file: %(sheets)s.") % {
        "sheet": found.name,
        "columns": "、".join(missing),
        "sheets": names,
    }


def _cell_errors(sheet: Sheet, table: Table, index: int, by_column: dict[int, str]) -> list[RowError]:
    errors = []
    for top, left, bottom, right in sheet.merged:
        keys = [by_column[c] for c in range(left, right + 1) if c in by_column]
        if bottom > index + 1 and keys and (top, left) != (bottom, right):
            message = _("Cells are merged here. Split them and fill in every row.")
            errors.append(table.error(max(top, index + 2), keys[0], message))
    for (row, column), kind in sorted(sheet.faults.items()):
        if row > index + 1 and column in by_column:
            message = (
                _("The formula has no stored value. Paste the values instead of the formula.")
                if kind == "formula"
                else _("The cell holds a formula error.")
            )
            errors.append(table.error(row, by_column[column], message))
    return errors
