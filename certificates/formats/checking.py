"""Reading one row of an older register; every error is collected on the way."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from certificates.formats.columns import EXAMPLE
from certificates.rules import taking_over
from certificates.rules.taking_over import Card, Change, Review
from lianbing.kit.spreadsheets import CellError, Row, RowError, Table

EARLIEST = datetime.date(1990, 1, 1)
YEARS_AHEAD = 15
MOST_HOURS = Decimal(1000)
QUALIFICATIONS = {
    "法律职业资格": "legal_profession",
    "国家统一法律职业资格": "legal_profession",
    "司法考试": "legal_profession",
    "律师资格": "legal_profession",
    "法律职业资格证书": "legal_profession",
    "legal_profession": "legal_profession",
    "听证主持人": "hearing_officer",
    "听证主持人资格": "hearing_officer",
    "听证主持人证": "hearing_officer",
    "hearing_officer": "hearing_officer",
}


@dataclass(frozen=True)
class Person:
    """Whom a staff number names."""

    officer_id: int
    staff_number: str
    name: str
    category: str
    left_on: datetime.date | None


@dataclass(frozen=True)
class QualificationRow:
    """One qualification as its row says."""

    row: int
    officer_id: int
    kind: str
    number: str
    grade: str
    obtained_on: datetime.date
    valid_until: datetime.date | None
    issuer: str
    note: str


def is_example(row: Row) -> bool:
    """Whether a row is one of the template's examples."""
    value = row.cells.get("staff_number")
    return isinstance(value, str) and value.strip().startswith(EXAMPLE)


class Cells:
    """Reads the cells of one sheet and collects what is wrong with them."""

    def __init__(self, table: Table, people: Mapping[str, Person], today: datetime.date) -> None:
        self.table, self.people, self.today = table, people, today
        self.errors: list[RowError] = list(table.errors)
        self.faulty = {error.row for error in table.errors}

    def fail(self, row: Row | int, key: str, message: str) -> None:
        """Note an error in a column of a row."""
        self.errors.append(self.table.error(row, key, message))
        self.faulty.add(row if isinstance(row, int) else row.number)

    def bad(self, row: Row) -> bool:
        """Whether anything is wrong with a row so far."""
        return row.number in self.faulty

    def text(self, row: Row, key: str, most: int, *, required: bool = False) -> str:
        """A cell as one line of text of at most `most` characters."""
        try:
            text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", row.text(key))).strip()
        except CellError as error:
            self.fail(row, key, str(error))
            return ""
        if required and not text and not self._noted(row, key):
            self.fail(row, key, _("This must be filled in."))
        elif len(text) > most:
            self.fail(row, key, _("At most %(most)d characters.") % {"most": most})
        elif not text.isprintable():
            self.fail(row, key, _("Line breaks and control characters are not allowed here."))
        return text

    def _noted(self, row: Row, key: str) -> bool:
        heading = self.table.headings.get(key)
        return any(error.row == row.number and error.column == heading for error in self.errors)

    def number(self, row: Row, key: str, most: int = 64) -> str:
        """A document's number: without blanks, half-width, as it is printed otherwise."""
        text = unicodedata.normalize("NFKC", self.text(row, key, most, required=True))
        return re.sub(r"\s", "", text)

    def person(self, row: Row) -> Person | None:
        """Whom the row is about; the name must agree where it is given, because namesakes are common."""
        number = unicodedata.normalize("NFKC", self.text(row, "staff_number", 32, required=True))
        person = self.people.get(number)
        if number and person is None:
            message = _("There is nobody with the staff number %(number)s.")
            self.fail(row, "staff_number", message % {"number": number})
        name = re.sub(r"\s", "", self.text(row, "name", 50))
        if person and name and name != re.sub(r"\s", "", person.name):
            message = _("The staff number %(number)s belongs to somebody of another name.")
            self.fail(row, "name", message % {"number": number})
        return person

    def day(
        self, row: Row, key: str, *, latest: datetime.date | None = None, required: bool = False
    ) -> datetime.date | None:
        """A cell as a day from 1990 to `latest` (today unless given)."""
        try:
            value = row.date(key)
        except CellError as error:
            self.fail(row, key, str(error))
            return None
        if value is None:
            if required and not self._noted(row, key):
                self.fail(row, key, _("This must be filled in."))
        elif not EARLIEST <= value <= (latest or self.today):
            message = _("%(day)s is too long ago or too far ahead.")
            self.fail(row, key, message % {"day": value.isoformat()})
            return None
        return value

    def ahead(self) -> datetime.date:
        """The last day a certificate may end on."""
        return datetime.date(self.today.year + YEARS_AHEAD, 12, 31)

    def hours(self, row: Row) -> str:
        """A number of hours as text, "" when blank."""
        text = re.sub(r"(学时|小时)$", "", unicodedata.normalize("NFKC", self.text(row, "hours", 20)))
        if not text:
            return ""
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value <= MOST_HOURS or value != round(value, 2):
            message = _("“%(text)s” is no number from 0 to 1000 with at most two decimals.")
            self.fail(row, "hours", message % {"text": text})
            return ""
        return format(value.normalize(), "f")

    def year(self, row: Row) -> int:
        """The year of a review, 0 when there is none."""
        text = re.sub(r"年度?$", "", unicodedata.normalize("NFKC", self.text(row, "year", 10, required=True)))
        if text and not (re.fullmatch(r"\d{4}", text) and EARLIEST.year <= int(text) <= self.today.year):
            self.fail(row, "year", _("“%(text)s” is no year up to this one.") % {"text": text})
            return 0
        return int(text or 0)


def card(cells: Cells, row: Row) -> tuple[Person, Card] | None:
    """The card of a row with its holder, or None when anything is wrong with it."""
    person, number = cells.person(row), cells.number(row, "certificate_no", 40)
    issuer, state = cells.text(row, "issuer", 100), _state(cells, row)
    first = cells.day(row, "first_issued_on")
    begins = cells.day(row, "valid_from", latest=cells.ahead(), required=True)
    ends = cells.day(row, "valid_until", latest=cells.ahead(), required=True)
    since = cells.day(row, "state_on")
    document, note = cells.text(row, "document_no", 64), cells.text(row, "note", 200)
    if begins and ends and ends < begins:
        cells.fail(row, "valid_until", _("The certificate ends before it begins."))
    if begins and first and first > begins:
        cells.fail(row, "first_issued_on", _("The first issue lies after the beginning of this certificate."))
    if cells.bad(row) or person is None or begins is None or ends is None:
        return None
    found = Card(
        row.number, person.officer_id, number, issuer, first, begins, ends, state, since, document, note
    )
    return person, found


def _state(cells: Cells, row: Row) -> str:
    text = cells.text(row, "state", 20)
    state = taking_over.state_of(text)
    if state is None:
        message = _("“%(text)s” is no state. Write 有效, 暂扣, 收回, 遗失, 撤销 or 注销.")
        cells.fail(row, "state", message % {"text": text})
    return state or ""


def review(cells: Cells, row: Row) -> tuple[Person, Review] | None:
    """The review of a row with its holder, or None when anything is wrong with it."""
    person, year, on = cells.person(row), cells.year(row), cells.day(row, "on", required=True)
    text = cells.text(row, "result", 20, required=True)
    result = taking_over.result_of(text)
    if text and result is None:
        cells.fail(
            row, "result", _("“%(text)s” is no result of a review. Write 合格 or 不合格.") % {"text": text}
        )
    hours, exam = cells.hours(row), cells.text(row, "exam", 40)
    conduct, document = cells.text(row, "conduct", 100), cells.text(row, "document_no", 64)
    note = cells.text(row, "note", 200)
    if year and on and on.year < year:
        cells.fail(row, "on", _("The review lies before the year it is about."))
    if cells.bad(row) or person is None or on is None or result is None:
        return None
    found = Review(row.number, person.officer_id, year, on, result, hours, exam, conduct, document, note)
    return person, found


def change(cells: Cells, row: Row) -> tuple[Person, Change] | None:
    """The change of a row with its holder, or None when anything is wrong with it."""
    person, on = cells.person(row), cells.day(row, "on", required=True)
    text = cells.text(row, "kind", 20, required=True)
    kind = taking_over.change_of(text)
    if text and kind is None:
        message = _("“%(text)s” is no change. Write 暂扣, 恢复, 收回, 遗失, 补办, 换证, 转入, 撤销 or 注销.")
        cells.fail(row, "kind", message % {"text": text})
    reason, document = cells.text(row, "reason", 200), cells.text(row, "document_no", 64)
    old = re.sub(r"\s", "", unicodedata.normalize("NFKC", cells.text(row, "old_number", 40)))
    until = cells.day(row, "old_until", latest=cells.ahead())
    note = cells.text(row, "note", 200)
    if kind == "renewed" and until is None and not cells.bad(row):
        cells.fail(
            row, "old_until", _("A renewal says until when the certificate was good that it replaced.")
        )
    if cells.bad(row) or person is None or on is None or kind is None:
        return None
    return person, Change(row.number, person.officer_id, on, kind, reason, document, old, until, note)


def qualification(cells: Cells, row: Row) -> tuple[Person, QualificationRow] | None:
    """The qualification of a row with its holder, or None when anything is wrong with it."""
    person, number = cells.person(row), cells.number(row, "number")
    text = cells.text(row, "kind", 30, required=True)
    kind = QUALIFICATIONS.get(re.sub(r"\s", "", text))
    if text and kind is None:
        message = _("“%(text)s” is no qualification. Write 法律职业资格 or 听证主持人.")
        cells.fail(row, "kind", message % {"text": text})
    grade = cells.text(row, "grade", 10)
    on = cells.day(row, "obtained_on", required=True)
    until = cells.day(row, "valid_until", latest=cells.ahead())
    issuer, note = cells.text(row, "issuer", 100), cells.text(row, "note", 200)
    if on and until and until < on:
        cells.fail(row, "valid_until", _("It ends before it was obtained."))
    if cells.bad(row) or person is None or on is None or kind is None:
        return None
    found = QualificationRow(row.number, person.officer_id, kind, number, grade, on, until, issuer, note)
    return person, found
