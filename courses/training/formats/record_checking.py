"""Reading one row of past training records; every error is collected on the way."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from courses.training.formats.record_columns import EXAMPLE
from courses.training.models import PeriodLock
from courses.training.queries.locks import closes, lock_words
from courses.training.rules import records
from courses.training.rules.records import Record
from lianbing.kit.spreadsheets import CellError, Row, RowError, Table

EARLIEST = datetime.date(1990, 1, 1)
MOST = Decimal(1000)
MOST_MINUTES = 30_000


@dataclass(frozen=True)
class Person:
    """Whom a staff number names. `officer_id` is the record in use; `unit_paths` where they served, by day."""

    officer_id: int
    name: str
    places: tuple[tuple[datetime.date, datetime.date | None, str], ...]

    def unit_path(self, on: datetime.date) -> str:
        """The path of the unit served in on a day; of the nearest appointment when none covers it."""
        for first, end, path in self.places:
            if first <= on and (end is None or on < end):
                return path
        later = [path for first, _end, path in self.places if first > on]
        return later[0] if later else self.places[-1][2] if self.places else ""


class Checker:
    """Turns rows into records and collects every error on the way.

    `people` by staff number, `categories`: name or code -> code, `locks`: the closed periods.
    """

    def __init__(
        self,
        table: Table,
        people: Mapping[str, Person],
        categories: Mapping[str, str],
        locks: list[PeriodLock],
        today: datetime.date,
    ) -> None:
        self.table, self.people, self.categories = table, people, categories
        self.locks, self.today = locks, today
        self.errors: list[RowError] = list(table.errors)
        self.faulty = {error.row for error in table.errors}
        self._seen: dict[str, int] = {}
        self._batches: dict[tuple[int, str], Record] = {}

    def fail(self, row: Row | int, key: str, message: str) -> None:
        """Note an error in a column of a row."""
        self.errors.append(self.table.error(row, key, message))
        self.faulty.add(row if isinstance(row, int) else row.number)

    def record(self, row: Row) -> Record | None:
        """The record of a row, or None when anything is wrong with it."""
        person = self._person(row)
        kind = self._kind(row)
        starts, ends = self._days(row)
        before = len(self.errors)
        hours, score = self._number(row, "hours"), self._number(row, "score")
        minutes = self._whole(row, "minutes", MOST_MINUTES)
        legible = len(self.errors) == before
        batch = self._whole(row, "batch", 999)
        days, result = self._number(row, "days") or Decimal(0), self._result(row)
        title, organiser = self._text(row, "title", 100, required=True), self._text(row, "organiser", 100)
        evidence, note = self._text(row, "evidence", 200), self._text(row, "note", 200)
        category = self._category(row)
        if legible:
            self._enough(row, kind, hours, minutes, score, result)
        if row.number in self.faulty or person is None or starts is None or ends is None:
            return None
        found = Record(
            row=row.number,
            officer_id=person.officer_id,
            unit_path=person.unit_path(ends),
            staff_number=row.text("staff_number"),
            title=title,
            kind=kind,
            category=category,
            starts_on=starts,
            ends_on=ends,
            batch=batch,
            organiser=organiser,
            hours=hours,
            minutes=minutes,
            days=days,
            score=score,
            result=result,
            evidence=evidence,
            note=note,
        )
        return found if self._fits(row, found) else None

    def _text(self, row: Row, key: str, most: int, *, required: bool = False) -> str:
        try:
            text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", row.text(key))).strip()
        except CellError as error:
            self.fail(row, key, str(error))
            return ""
        if required and not text:
            self.fail(row, key, _("This must be filled in."))
        elif len(text) > most:
            self.fail(row, key, _("At most %(most)d characters.") % {"most": most})
        elif not text.isprintable():
            self.fail(row, key, _("Line breaks and control characters are not allowed here."))
        return text

    def _person(self, row: Row) -> Person | None:
        number = unicodedata.normalize("NFKC", self._text(row, "staff_number", 32, required=True))
        person = self.people.get(number)
        if number and person is None:
            self.fail(
                row,
                "staff_number",
                _("There is nobody with the staff number %(number)s.") % {"number": number},
            )
        name = re.sub(r"\s", "", self._text(row, "name", 50))
        if person and name and name != re.sub(r"\s", "", person.name):
            message = _("The staff number %(number)s belongs to somebody of another name.")
            self.fail(row, "name", message % {"number": number})
        return person

    def _kind(self, row: Row) -> str:
        text = self._text(row, "kind", 40)
        kind = records.kind_of(text)
        if kind is None:
            message = _("“%(text)s” is no kind of training. The guide of the template lists them.")
            self.fail(row, "kind", message % {"text": text[:30]})
        return kind or ""

    def _category(self, row: Row) -> str:
        text = self._text(row, "category", 50)
        code = self.categories.get(text or "professional")
        if code is None:
            message = _("There is no content category “%(text)s”.") % {"text": text[:30] or "professional"}
            self.fail(row, "category", message)
        return code or ""

    def _result(self, row: Row) -> str:
        text = self._text(row, "result", 20)
        result = records.result_of(text)
        if result is None:
            message = _("“%(text)s” is no result. Write 合格, 不合格, 结业, 未结业, 缺考, 缺勤 or 请假.")
            self.fail(row, "result", message % {"text": text})
        return result or ""

    def _days(self, row: Row) -> tuple[datetime.date | None, datetime.date | None]:
        found: list[datetime.date | None] = []
        for key in ("starts_on", "ends_on"):
            try:
                day = row.date(key)
            except CellError as error:
                self.fail(row, key, str(error))
                return None, None
            if day and not EARLIEST <= day <= self.today:
                message = _("%(day)s is too long ago or still ahead: past records have happened.")
                self.fail(row, key, message % {"day": day.isoformat()})
            found.append(day)
        starts, ends = found[0], found[1] or found[0]
        if starts is None:
            self.fail(row, "starts_on", _("This must be filled in."))
        elif ends and ends < starts:
            self.fail(row, "ends_on", _("The last day lies before the first."))
        elif ends and (ends - starts).days > 366:
            self.fail(row, "ends_on", _("That is longer than a year."))
        return starts, ends

    def _number(self, row: Row, key: str) -> Decimal | None:
        text = unicodedata.normalize("NFKC", self._text(row, key, 20))
        if not text:
            return None
        try:
            value = Decimal(re.sub(r"(学时|分|天|小时)$", "", text))
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value <= MOST or value != round(value, 2):
            self.fail(
                row,
                key,
                _("“%(text)s” is no number from 0 to 1000 with at most two decimals.") % {"text": text},
            )
            return None
        return value

    def _whole(self, row: Row, key: str, most: int) -> int:
        value = self._number_text(row, key)
        if value is None:
            return 0
        if not value.isdecimal() or int(value) > most:
            self.fail(row, key, _("Write a whole number from 0 to %(most)d.") % {"most": most})
            return 0
        return int(value)

    def _number_text(self, row: Row, key: str) -> str | None:
        text = unicodedata.normalize("NFKC", self._text(row, key, 20))
        return re.sub(r"^第|[期批分钟]+$|\.0+$", "", text) or None

    def _enough(
        self, row: Row, kind: str, hours: Decimal | None, minutes: int, score: Decimal | None, result: str
    ) -> None:
        if kind == records.EXAM:
            if score is None and not result:
                self.fail(row, "score", _("An exam needs a score or a result."))
        elif not records.was_there(result):
            if hours or minutes:
                self.fail(row, "hours", _("Somebody who was not there has no hours."))
        elif hours is None and not minutes:
            self.fail(row, "hours", _("Write the hours, or the minutes from which they follow."))

    def _fits(self, row: Row, found: Record) -> bool:
        """Whether a record stands once in the file, in one batch of its class, on days that are open."""
        if found.digest in self._seen:
            message = _("The same stands in row %(row)d already.") % {"row": self._seen[found.digest]}
            self.fail(row, "title", message)
            return False
        self._seen[found.digest] = row.number
        if records.is_class(found.kind):
            other = self._batches.setdefault((found.officer_id, found.group), found)
            if other is not found:
                message = _("Row %(row)d has the same person in another batch of this class.")
                self.fail(row, "batch", message % {"row": other.row})
                return False
        lock = next((one for one in self.locks if closes(one, found.ends_on, found.unit_path)), None)
        if lock and found.kind != records.EXAM:
            self.fail(row, "ends_on", _("The period %(period)s is closed.") % {"period": lock_words(lock)})
            return False
        return True


def is_example(row: Row) -> bool:
    """Whether a row is one of the template's examples."""
    value = row.cells.get("staff_number")
    return isinstance(value, str) and value.strip().startswith(EXAMPLE)
