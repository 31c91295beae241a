"""Reading the sheets of an older register: who is meant, and what every row says."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certificates.formats import checking, columns
from certificates.formats.checking import Cells, Person, QualificationRow, is_example
from certificates.rules.taking_over import CARDS, CHANGES_SHEET, REVIEWS, Card, Change, Review
from courses.training.queries.record_people import people_named
from lianbing.kit.spreadsheets import (
    Column,
    RowError,
    Sheet,
    SpreadsheetError,
    Table,
    find_table,
    plain,
    text_safely,
)
from lianbing.people.models import Officer

QUALIFICATIONS = "qualifications"
Reader = Callable[[Cells, Any], tuple[Person, Any] | None]
SHEETS: dict[str, tuple[str, list[Column], Reader]] = {
    CARDS: (columns.CARD_SHEET, columns.CARD_COLUMNS, checking.card),
    REVIEWS: (columns.REVIEW_SHEET, columns.REVIEW_COLUMNS, checking.review),
    CHANGES_SHEET: (columns.CHANGE_SHEET, columns.CHANGE_COLUMNS, checking.change),
    QUALIFICATIONS: (columns.QUALIFICATION_SHEET, columns.QUALIFICATION_COLUMNS, checking.qualification),
}
AT_ONCE = 500


@dataclass
class Book:
    """What a file says, by person. `spoilt` are the people one of whose rows cannot be read."""

    rows: int = 0
    cells: dict[str, Cells] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)
    reviews: dict[int, list[Review]] = field(default_factory=lambda: defaultdict(list))
    changes: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    qualifications: list[QualificationRow] = field(default_factory=list)
    spoilt: set[int] = field(default_factory=set)

    def fail(self, sheet: str, row: int, key: str, message: str) -> None:
        """Note what is wrong in one place."""
        self.cells[sheet].fail(row, key, message)

    @property
    def errors(self) -> list[RowError]:
        """Everything that is wrong, sheet by sheet, in the order of the rows."""
        return [
            error
            for name in SHEETS
            if name in self.cells
            for error in sorted(self.cells[name].errors, key=lambda one: one.row)
        ]


def read(sheets: Sequence[Sheet], today: datetime.date) -> Book:
    """What these sheets say. Raises SpreadsheetError when they hold nothing of a register."""
    tables = _tables(sheets)
    for table in tables.values():
        table.rows = [row for row in table.rows if not is_example(row)]
    book = Book(rows=sum(len(table.rows) for table in tables.values()))
    if not book.rows:
        raise SpreadsheetError(_("The file has headings but no rows below them."))
    people = _people({text_safely(r.cells.get("staff_number")) for t in tables.values() for r in t.rows})
    for name, table in tables.items():
        book.cells[name] = Cells(table, people, today)
        for row in table.rows:
            _take(book, name, row)
    return book


def _tables(sheets: Sequence[Sheet]) -> dict[str, Table]:
    """The sheets that are there, by what they hold. A file of one sheet under any name is one of certificates."""
    named = {plain(SHEETS[name][0]): name for name in SHEETS}
    found = {
        named[plain(sheet.name)]: find_table([sheet], SHEETS[named[plain(sheet.name)]][1])
        for sheet in sheets
        if plain(sheet.name) in named and any(any(row) for row in sheet.rows)
    }
    others = [sheet for sheet in sheets if plain(sheet.name) not in named]
    if CARDS not in found and others:
        try:
            found = {CARDS: find_table(others, columns.CARD_COLUMNS), **found}
        except SpreadsheetError:
            if not found:
                raise
    if not found:
        find_table(sheets, columns.CARD_COLUMNS)
    return {name: found[name] for name in SHEETS if name in found}


def _people(numbers: Collection[str]) -> dict[str, Person]:
    named = people_named({number for number in numbers if number})
    ids = sorted({pk for pk, _name, _places in named.values()})
    officers: dict[int, Officer] = {}
    for start in range(0, len(ids), AT_ONCE):
        officers |= Officer.objects.in_bulk(ids[start : start + AT_ONCE])
    return {number: _person(officers[pk]) for number, (pk, _name, _places) in named.items()}


def _person(officer: Officer) -> Person:
    return Person(officer.pk, officer.staff_number, officer.name, str(officer.category), officer.left_on)


def _take(book: Book, name: str, row: Any) -> None:
    """Put one row where it belongs; a person one of whose rows is unreadable is spoilt."""
    cells = book.cells[name]
    read_row = SHEETS[name][2](cells, row)
    if read_row is None:
        person = cells.people.get(text_safely(row.cells.get("staff_number")))
        if person is not None:
            book.people[person.officer_id] = person
            if name != QUALIFICATIONS:
                book.spoilt.add(person.officer_id)
        return
    person, said = read_row
    book.people[person.officer_id] = person
    if name == CARDS:
        earlier = book.cards.setdefault(person.officer_id, said)
        if earlier is not said:
            message = _("The staff number %(number)s already stands in row %(row)d.")
            cells.fail(row, "staff_number", message % {"number": person.staff_number, "row": earlier.row})
            book.spoilt.add(person.officer_id)
    elif name == REVIEWS:
        book.reviews[person.officer_id].append(said)
    elif name == CHANGES_SHEET:
        book.changes[person.officer_id].append(said)
    else:
        book.qualifications.append(said)
