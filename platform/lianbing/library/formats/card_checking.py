"""Reading the sheets of a file of cards; every error is collected on the way, by sheet, row and column."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import CellError, Column, Row, RowError, Sheet, Table, find_table, has_sheet
from lianbing.library.formats.card_columns import (
    COLUMNS,
    EXAMPLE,
    GRADE_COLUMNS,
    GRADES_SHEET,
    PROCEDURES,
    SHEET,
    STEP_COLUMNS,
    STEPS_SHEET,
)
from lianbing.library.rendering.cards import say
from lianbing.library.rules.cards import CardText, Fault, code_fault, examine, tidy

PLAIN = ("name", "item")
TEXTS = (
    "violation",
    "seen",
    "violation_basis",
    "penalty_basis",
    "evidence",
    "documents",
    "phrases",
    "mistakes",
    "risks",
    "equipment",
)
# Where on a further sheet a fault lies; the name of the line where nothing else is said.
CELLS = {
    **dict.fromkeys(("penalty", "amount", "reversed", "twice", "above_maximum", "below_minimum"), "penalty"),
    **dict.fromkeys(("not_provided", "unit_differs", "no_bounds"), "penalty"),
    "exempt_unfounded": "basis",
    "unknown_subject": "subject",
    "step_limit": "limit",
    "step_since": "since",
}


@dataclass(frozen=True)
class Entry:
    """One card of the file. `row` is where it stands on the sheet of cards."""

    row: int
    code: str
    text: CardText


@dataclass
class Part:
    """The lines of one card on a further sheet, with their rows. `lacking`: a cell that must say something is empty."""

    table: Table
    lines: list[str]
    rows: list[int]
    lacking: bool = False


def is_example(row: Row) -> bool:
    """A row of the template, never imported."""
    return str(row.cells.get("code") or "").startswith(EXAMPLE)


class Checker:
    """Turns the sheets of a workbook into cards. `posts`: the names the system knows.

    Raises SpreadsheetError when no sheet holds cards.
    """

    def __init__(self, sheets: Sequence[Sheet], posts: Collection[str]) -> None:
        self.posts = frozenset(posts)
        self.table = find_table(sheets, COLUMNS, sheet=SHEET)
        self.table.rows = [row for row in self.table.rows if not is_example(row)]
        self.errors: list[RowError] = list(self.table.errors)
        self.faulty = {error.row for error in self.table.errors}
        self.grades = self._parts(sheets, GRADES_SHEET, GRADE_COLUMNS)
        self.steps = self._parts(sheets, STEPS_SHEET, STEP_COLUMNS)
        self._seen: dict[str, int] = {}

    def _parts(self, sheets: Sequence[Sheet], name: str, columns: Sequence[Column]) -> dict[str, Part]:
        """The lines of a further sheet by code; none where the file has no such sheet."""
        if not has_sheet(sheets, name):
            return {}
        table = find_table(sheets, columns, sheet=name)
        self.errors += table.errors
        known = {self._peek(row) for row in self.table.rows}
        found: dict[str, Part] = defaultdict(lambda: Part(table, [], []))
        for row in table.rows:
            code = self._peek(row)
            if is_example(row):
                continue
            if code not in known:
                self.errors.append(table.error(row, "code", _("No card of the file has this code.")))
                continue
            found[code].lines.append(self._joined(table, row, columns[1:], found[code]))
            found[code].rows.append(row.number)
        return dict(found)

    def _joined(self, table: Table, row: Row, columns: Sequence[Column], part: Part) -> str:
        """A row of a further sheet as one line."""
        cells = [self._cell(table, row, column.key).replace("\n", " ") for column in columns]
        for column, cell in zip(columns, cells, strict=True):
            if column.required and not cell:
                self.errors.append(table.error(row, column.key, _("This must be filled in.")))
                part.lacking = True
        return " | ".join(cell.replace("|", "/").replace("｜", "/") for cell in cells).rstrip(" |")

    def _peek(self, row: Row) -> str:
        try:
            return row.text("code").strip()
        except CellError:
            return ""

    def _cell(self, table: Table, row: Row, key: str) -> str:
        try:
            return tidy(row.text(key))
        except CellError as error:
            self.errors.append(table.error(row, key, str(error)))
            if table is self.table:
                self.faulty.add(row.number)
            return ""

    def fail(self, row: int, key: str, message: str) -> None:
        """Note an error in a column of a card's row."""
        self.errors.append(self.table.error(row, key, message))
        self.faulty.add(row)

    def entries(self) -> list[Entry]:
        """The cards without any error; `errors` then holds the rest."""
        return [entry for row in self.table.rows if (entry := self._entry(row))]

    def _entry(self, row: Row) -> Entry | None:
        code = self._code(row)
        texts = {key: self._cell(self.table, row, key) for key in TEXTS}
        plain = {key: self._cell(self.table, row, key).replace("\n", " ") for key in PLAIN}
        text = CardText(
            **plain,
            **texts,
            bounds=self._cell(self.table, row, "bounds"),
            grades=self._lines(row, code, "grades", self.grades),
            steps=self._lines(row, code, "steps", self.steps),
            procedure=self._procedure(row),
            posts=self._posts(row),
        )
        for fault in examine(text):
            if fault.refused:
                self._place(row, code, fault)
        return None if row.number in self.faulty else Entry(row.number, code, text)

    def _code(self, row: Row) -> str:
        code = self._cell(self.table, row, "code")
        if problem := code_fault(code):
            self.fail(row.number, "code", say(Fault("code", problem)))
        elif code in self._seen:
            first = _("This code stands in row %(row)d already.") % {"row": self._seen[code]}
            self.fail(row.number, "code", first)
        else:
            self._seen[code] = row.number
        return code

    def _lines(self, row: Row, code: str, key: str, parts: dict[str, Part]) -> str:
        cell = self._cell(self.table, row, key)
        part = parts.get(code)
        if part is None:
            return cell
        if cell:
            message = _("This stands here and on the sheet “%(sheet)s”. Keep one of the two.")
            self.fail(row.number, key, message % {"sheet": part.table.sheet})
        return "\n".join(part.lines)

    def _place(self, row: Row, code: str, fault: Fault) -> None:
        """Put a fault where the words stand: in the row of the further sheet when they come from there."""
        part = {"grades": self.grades, "steps": self.steps}.get(fault.field, {}).get(code)
        if part is None:
            self.fail(row.number, fault.field, say(fault))
            return
        self.faulty.add(row.number)
        if part.lacking:
            return
        at = part.rows[min(fault.line, len(part.rows)) - 1] if fault.line else part.rows[0]
        plain = Fault(fault.field, fault.code, fault.detail)
        self.errors.append(part.table.error(at, CELLS.get(fault.code, "name"), say(plain)))

    def _procedure(self, row: Row) -> str:
        said = self._cell(self.table, row, "procedure")
        found = PROCEDURES.get(said) if said else "ordinary"
        if found is None:
            self.fail(row.number, "procedure", say(Fault("procedure", "procedure", said)))
        return found or "ordinary"

    def _posts(self, row: Row) -> tuple[str, ...]:
        said = self._cell(self.table, row, "posts")
        for mark in "，,;；\n":
            said = said.replace(mark, "、")
        names = sorted({name.strip() for name in said.split("、") if name.strip()})
        for name in names:
            if name not in self.posts:
                self.fail(row.number, "posts", say(Fault("posts", "post", name)))
        return tuple(names)
