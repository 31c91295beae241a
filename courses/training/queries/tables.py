"""Reading conversion tables."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.training.models import ConversionTable, HourEntry
from courses.training.rules.conversion import Activity, Form, Table, convert, from_json, online

FORMS = {
    HourEntry.Kind.ONLINE.value: Form.ONLINE,
    HourEntry.Kind.EXTERNAL.value: Form.EXTERNAL,
    HourEntry.Kind.SELF_STUDY.value: Form.SELF_STUDY,
}


def approved_tables() -> list[ConversionTable]:
    """The approved tables, the latest to hold first. One statement."""
    return list(ConversionTable.objects.exclude(approved_at=None).order_by("-holds_from", "-version"))


def holding(tables: Sequence[ConversionTable], on: datetime.date) -> ConversionTable:
    """The table that holds on a day: the latest of those that hold by then, else the earliest of all."""
    return next((table for table in tables if table.holds_from <= on), tables[-1])


def drafts() -> list[ConversionTable]:
    """The tables that wait for a second person, the latest first."""
    return list(ConversionTable.objects.filter(approved_at=None).order_by("-version"))


@dataclass(frozen=True)
class Compared:
    """One recorded entry and what another table would have given for it."""

    entry: HourEntry
    after: Decimal

    @property
    def differs(self) -> bool:
        """Whether the figure would have been another."""
        return self.after != self.entry.hours


def compared(table: Table, last: int = 50) -> list[Compared]:
    """The last entries that were converted by a table, with what `table` would have given. One statement.

    Limits per class are left out of the comparison: they depend on what else the class has given.
    """
    rows = HourEntry.objects.exclude(table=None).filter(counters=None, replaces=None)
    rows = rows.select_related("table", "officer").order_by("-recorded_at", "-pk")[:last]
    return [Compared(row, convert(table, _activity(row))) for row in rows]


def _activity(entry: HourEntry) -> Activity:
    """The activity behind an entry. Whether an online test was passed shows in the hours it gave; an external
    entry without training days is a seminar.
    """
    form = FORMS.get(entry.kind, Form.IN_PERSON)
    if form == Form.EXTERNAL and not entry.days:
        form = Form.SEMINAR
    passed = False
    if form == Form.ONLINE and entry.table:
        passed = entry.hours > online(from_json(entry.table.rules), entry.minutes, False)
    days = entry.days if form == Form.EXTERNAL else Decimal(0)
    return Activity(form, entry.earned_on, entry.earned_on, entry.minutes, days, passed)
