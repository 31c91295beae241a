"""Reading rows of files of records and scores; every error is collected on the way."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from certificates.ratings.formats.columns import EXAMPLE
from lianbing.kit.spreadsheets import CellError, Row, RowError, Table, text_safely
from lianbing.people.models import Officer, Unit

EARLIEST = datetime.date(1990, 1, 1)
LATEST = datetime.date(2099, 12, 31)
MOST = Decimal(1_000_000)


@dataclass(frozen=True)
class Whom:
    """Whom a row names: a person and where they served on the day, or a unit as a whole."""

    officer: Officer | None
    unit: Unit


@dataclass(frozen=True)
class World:
    """Everybody a file may name: people by staff number with their stays, units by path and by name."""

    people: Mapping[str, Officer]
    stays: Mapping[int, tuple[tuple[datetime.date, datetime.date | None, Unit], ...]]
    units: Mapping[str, Unit]


class Checker:
    """Reads cells and collects what is wrong with them."""

    def __init__(self, table: Table, world: World, today: datetime.date) -> None:
        self.table, self.world, self.today = table, world, today
        self.errors: list[RowError] = list(table.errors)
        self.faulty = {error.row for error in table.errors}

    def fail(self, row: Row | int, key: str, message: str) -> None:
        """Note an error in a column of a row."""
        self.errors.append(self.table.error(row, key, message))
        self.faulty.add(row if isinstance(row, int) else row.number)

    def text(self, row: Row, key: str, most: int, *, required: bool = False) -> str:
        """A cell as text of at most `most` characters."""
        try:
            text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", row.text(key))).strip()
        except CellError as error:
            self.fail(row, key, str(error))
            return ""
        if required and not text and not self._told(row, key):
            self.fail(row, key, _("This must be filled in."))
        elif len(text) > most:
            self.fail(row, key, _("At most %(most)d characters.") % {"most": most})
        elif not text.isprintable():
            self.fail(row, key, _("Line breaks and control characters are not allowed here."))
        return text

    def _told(self, row: Row, key: str) -> bool:
        heading = self.table.headings.get(key)
        return any(one.row == row.number and one.column == heading for one in self.errors)

    def word(self, row: Row, key: str, words: Mapping[str, str], *, required: bool = False) -> str:
        """A cell that holds one of these words: what the word stands for; "" when it is none."""
        text = re.sub(r"\s", "", self.text(row, key, 40, required=required))
        if not text:
            return ""
        if text not in words:
            known = "、".join(list(words)[:12])
            self.fail(row, key, _("“%(text)s” is none of: %(words)s") % {"text": text[:30], "words": known})
        return words.get(text, "")

    def day(self, row: Row, key: str, *, required: bool = False, past: bool = False) -> datetime.date | None:
        """A cell as a day between 1990 and 2099, with `past` not after today."""
        try:
            day = row.date(key)
        except CellError as error:
            self.fail(row, key, str(error))
            return None
        if day is None:
            if required and not self._told(row, key):
                self.fail(row, key, _("This must be filled in."))
        elif not EARLIEST <= day <= (self.today if past else LATEST):
            self.fail(row, key, _("%(day)s is too long ago or too far ahead.") % {"day": day.isoformat()})
            return None
        return day

    def number(self, row: Row, key: str, *, most: Decimal = MOST, required: bool = False) -> Decimal | None:
        """A cell as a number from 0 to `most` with at most two decimals."""
        text = unicodedata.normalize("NFKC", self.text(row, key, 20, required=required))
        if not text:
            return None
        try:
            value = Decimal(re.sub(r"分$", "", text).replace(",", ""))
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value <= most or value != round(value, 2):
            message = _("“%(text)s” is no number from 0 to %(most)s with at most two decimals.")
            self.fail(row, key, message % {"text": text, "most": most})
            return None
        return value

    def person(self, row: Row, key: str) -> Officer | None:
        """Whom a staff number names; None where the cell is blank or names nobody."""
        number = unicodedata.normalize("NFKC", self.text(row, key, 32))
        found = self.world.people.get(number)
        if number and found is None:
            message = _("There is nobody with the staff number %(number)s.")
            self.fail(row, key, message % {"number": number})
        return found

    def whom(self, row: Row, on: datetime.date | None) -> Whom | None:
        """The person or the unit a row is about. A name that is filled in must be that person's."""
        officer = self.person(row, "staff_number")
        name = re.sub(r"\s", "", self.text(row, "name", 50))
        named = self.text(row, "unit", 400)
        if row.number in self.faulty:
            return None
        if officer is None:
            return self._unit(row, named)
        if name and name != re.sub(r"\s", "", officer.name):
            message = _("The staff number %(number)s belongs to somebody of another name.")
            self.fail(row, "name", message % {"number": officer.staff_number})
            return None
        unit = self._served(officer, on) if on else None
        if unit is None:
            self.fail(row, "staff_number", _("%(name)s did not serve here then.") % {"name": officer.name})
            return None
        return Whom(officer, unit)

    def _unit(self, row: Row, named: str) -> Whom | None:
        if not named:
            self.fail(row, "staff_number", _("Name the person or the unit."))
            return None
        unit = self.world.units.get(named.replace("／", "/").replace(" ", ""))
        if unit is None:
            self.fail(row, "unit", _("There is no unit “%(unit)s”.") % {"unit": named[:60]})
            return None
        return Whom(None, unit)

    def _served(self, officer: Officer, on: datetime.date) -> Unit | None:
        stays = self.world.stays.get(officer.pk, ())
        return next((u for first, end, u in stays if first <= on and (end is None or on < end)), None)


def is_example(row: Row) -> bool:
    """Whether a row is one of the template's examples."""
    return text_safely(row.cells.get("staff_number")).startswith(EXAMPLE)
