"""Reading one row of a roster; every error is collected on the way."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import CellError, Row, RowError, Table
from lianbing.people.hashers import id_number_digest
from lianbing.people.roster.columns import CATEGORIES, UNITS_SHEET
from lianbing.people.roster.units import Path, Units, path_of
from lianbing.people.rules import masked_id_number
from lianbing.people.rules.identity import id_number_fault


@dataclass(frozen=True)
class Entry:
    """One good row: what the file says about one person."""

    row: int
    staff_number: str
    name: str
    unit: Path
    post: str
    category: str
    badge_number: str
    id_number_masked: str
    id_number_digest: str
    joined_on: datetime.date | None
    starts_on: datetime.date | None
    rank: str = ""


class Checker:
    """Turns rows into entries and collects every error on the way."""

    def __init__(self, table: Table, units: Units, today: datetime.date) -> None:
        self.table = table
        self.units = units
        self.today = today
        self.errors: list[RowError] = list(table.errors)
        self.numbers: dict[str, int] = {}
        self.identities: dict[str, int] = {}
        self.faulty = {error.row for error in table.errors}

    def fail(self, row: Row, key: str, message: str) -> None:
        """Note an error in a column of a row."""
        self.errors.append(self.table.error(row, key, message))
        self.faulty.add(row.number)

    def text(self, row: Row, key: str, *, most: int, required: bool = True) -> str:
        """A cell as text of at most `most` characters."""
        try:
            value = unicodedata.normalize("NFC", row.text(key))
        except CellError as error:
            self.fail(row, key, str(error))
            return ""
        if required and not value and not self._noted(row, key):
            self.fail(row, key, _("This must be filled in."))
        if len(value) > most:
            self.fail(row, key, _("At most %(most)d characters.") % {"most": most})
        elif re.search(r"[\x00-\x1f\x7f]", value):
            self.fail(row, key, _("Line breaks and control characters are not allowed here."))
        return value

    def _noted(self, row: Row, key: str) -> bool:
        heading = self.table.headings.get(key)
        return any(error.row == row.number and error.column == heading for error in self.table.errors)

    def date(self, row: Row, key: str, *, latest: datetime.date) -> datetime.date | None:
        """A cell as a date between 1950 and `latest`."""
        try:
            value = row.date(key)
        except CellError as error:
            self.fail(row, key, str(error))
            return None
        if value and not datetime.date(1950, 1, 1) <= value <= latest:
            self.fail(row, key, _("%(day)s is too long ago or too far ahead.") % {"day": value.isoformat()})
            return None
        return value

    def entry(self, row: Row) -> Entry | None:
        """The entry of a row, or None when anything is wrong with it."""
        number = self._staff_number(row)
        name = self._name(row)
        unit = self._unit(row)
        post = self.text(row, "post", most=100)
        category = self._category(row)
        badge = self.text(row, "badge_number", most=32, required=False)
        rank = self.text(row, "rank", most=40, required=False)
        id_number = self._id_number(row)
        joined = self.date(row, "joined_on", latest=self.today)
        starts = self.date(row, "starts_on", latest=self.today + datetime.timedelta(days=366))
        if joined and starts and starts < joined:
            self.fail(row, "starts_on", _("The appointment begins before the day of joining."))
        if row.number in self.faulty:
            return None
        digest = id_number_digest(id_number) if id_number else ""
        masked = masked_id_number(id_number)
        return Entry(
            row.number, number, name, unit, post, category, badge, masked, digest, joined, starts, rank
        )

    def _staff_number(self, row: Row) -> str:
        number = unicodedata.normalize("NFKC", self.text(row, "staff_number", most=32))
        if not number:
            return ""
        if not re.fullmatch(r"\w[\w.\-]*", number):
            message = _("A staff number has letters, digits, hyphens and full stops only.")
            self.fail(row, "staff_number", message)
        elif number in self.numbers:
            message = _("The staff number %(number)s already stands in row %(row)d.")
            self.fail(row, "staff_number", message % {"number": number, "row": self.numbers[number]})
        self.numbers.setdefault(number, row.number)
        return number

    def _name(self, row: Row) -> str:
        name = self.text(row, "name", most=50)
        if name and not re.fullmatch(r"[^\W\d_][\w·•.' \-]*", name):
            self.fail(row, "name", _("“%(name)s” does not look like a name.") % {"name": name[:30]})
        return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", name)

    def _unit(self, row: Row) -> Path:
        text = self.text(row, "unit", most=400)
        path = path_of(text)
        full = self.units.resolve(path)
        if text and full is None:
            near = self.units.nearest(path)
            message = _("There is no unit “%(unit)s”.") % {"unit": text[:100]}
            if near:
                message += _(" Did you mean “%(near)s”?") % {"near": near}
            message += _(" New units are listed on the sheet “%(sheet)s”.") % {"sheet": UNITS_SHEET}
            self.fail(row, "unit", message)
        return full or ()

    def _category(self, row: Row) -> str:
        text = self.text(row, "category", most=32)
        category = CATEGORIES.get(re.sub(r"\s", "", text).lower())
        if text and category is None:
            message = _("“%(text)s” is no category. Write 执法人员, 协管员 or 文职.")
            self.fail(row, "category", message % {"text": text[:30]})
        return str(category or "")

    def _id_number(self, row: Row) -> str:
        text = self.text(row, "id_number", most=32, required=False)
        number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
        if not number:
            return ""
        fault = id_number_fault(number, self.today)
        messages: dict[str, Callable[[], str]] = {
            "form": lambda: _("An ID number has 17 digits and a last digit or X."),
            "birth": lambda: _("The date of birth in the ID number does not exist."),
            "check": lambda: _("The last character does not match the ID number: a digit is wrong."),
        }
        if fault:
            self.fail(row, "id_number", messages[fault]())
        elif number in self.identities:
            message = _("The same ID number already stands in row %(row)d.")
            self.fail(row, "id_number", message % {"row": self.identities[number]})
        self.identities.setdefault(number, row.number)
        return number
