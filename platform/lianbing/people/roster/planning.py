"""What importing a roster would do. Reads only; `services.rosters` writes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import Row, RowError, Sheet, SpreadsheetError, Table, find_table, has_sheet
from lianbing.people.models import Appointment, Officer, Post, Unit
from lianbing.people.roster.checking import Checker, Entry
from lianbing.people.roster.columns import COLUMNS, EXAMPLE, PEOPLE_SHEET, UNIT_COLUMNS, UNITS_SHEET
from lianbing.people.roster.units import Path, Units, path_of


@dataclass
class Plan:
    """What importing a roster would do."""

    rows: int = 0
    errors: list[RowError] = field(default_factory=list)
    creations: list[Entry] = field(default_factory=list)
    updates: list[tuple[Officer, Entry]] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    new_units: list[Path] = field(default_factory=list)
    new_posts: list[str] = field(default_factory=list)


def _is_example(row: Row, key: str) -> bool:
    value = row.cells.get(key)
    return isinstance(value, str) and value.strip().startswith(EXAMPLE)


def _units(sheets: Sequence[Sheet], people: Table, today: datetime.date) -> tuple[Units, list[RowError]]:
    """The units there are and those the file adds: from its sheet of units, or, where the bureau is still
    empty and no unit is listed, from the roster itself, so that an empty bureau can start.
    """
    units = Units()
    errors: list[RowError] = []
    listed = 0
    if has_sheet(sheets, UNITS_SHEET) and people.sheet != UNITS_SHEET:
        table = find_table(
            [s for s in sheets if s.name.strip() == UNITS_SHEET] or sheets, UNIT_COLUMNS, sheet=UNITS_SHEET
        )
        checker = Checker(table, units, today)
        for row in table.rows:
            if _is_example(row, "note"):
                continue
            listed += 1
            path = path_of(checker.text(row, "unit", most=400))
            if any(len(name) > 100 for name in path):
                checker.fail(row, "unit", _("At most %(most)d characters.") % {"most": 100})
            elif path:
                units.add(path)
        errors = checker.errors
    if units.was_empty and not listed:
        for row in people.rows:
            if not _is_example(row, "staff_number") and isinstance(row.cells.get("unit"), str):
                path = path_of(row.cells["unit"])
                if path and all(len(name) <= 100 and name.isprintable() for name in path):
                    units.add(path)
    return units, errors


def _current(officers: Sequence[Officer]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = {}
    for appointment in Appointment.objects.filter(officer__in=officers).select_related("unit", "post"):
        found.setdefault(appointment.officer_id, []).append(appointment)
    return found


def moves(entry: Entry, unit: Unit | None, appointments: Sequence[Appointment], today: datetime.date) -> bool:
    """Whether a row says something else about where a person serves than what is stored."""
    day = entry.starts_on or today
    here = next((a for a in appointments if a.starts_on <= day and (not a.ends_on or day < a.ends_on)), None)
    if here is None or unit is None or here.unit_id != unit.pk or here.post.name != entry.post:
        return True
    return bool(entry.rank) and here.rank != entry.rank


def differs(officer: Officer, entry: Entry) -> list[str]:
    """The fields of an officer that a row changes. A blank cell changes nothing."""
    fields = ["name", "category", "badge_number", "id_number_digest", "joined_on"]
    return [f for f in fields if getattr(entry, f) and getattr(entry, f) != getattr(officer, f)]


def read(sheets: Sequence[Sheet], today: datetime.date) -> tuple[Plan, Units]:
    """What importing these sheets would do. Raises SpreadsheetError when they hold no roster."""
    people = find_table(sheets, COLUMNS, sheet=PEOPLE_SHEET)
    units, unit_errors = _units(sheets, people, today)
    rows = [row for row in people.rows if not _is_example(row, "staff_number")]
    if not rows:
        raise SpreadsheetError(
            _("The sheet “%(sheet)s” has headings but no people.") % {"sheet": people.sheet}
        )
    checker = Checker(people, units, today)
    entries = [entry for row in rows if (entry := checker.entry(row))]
    plan = Plan(rows=len(rows), new_units=units.added)
    _sort(plan, entries, units, checker, today)
    order = sorted(checker.errors, key=lambda error: error.row)
    plan.errors = [*unit_errors, *order]
    return plan, units


def _sort(plan: Plan, entries: list[Entry], units: Units, checker: Checker, today: datetime.date) -> None:
    """Part the entries into new people, changed ones and unchanged ones."""
    known: dict[str, Officer] = {}
    numbers = [entry.staff_number for entry in entries]
    for start in range(0, len(numbers), 500):
        chunk = Officer.objects.filter(staff_number__in=numbers[start : start + 500]).select_related("user")
        known.update((officer.staff_number, officer) for officer in chunk)
    appointments: dict[int, list[Appointment]] = {}
    officers = list(known.values())
    for start in range(0, len(officers), 500):
        appointments |= _current(officers[start : start + 500])
    posts = set[str]()
    for entry in entries:
        officer = known.get(entry.staff_number)
        if officer is None:
            plan.creations.append(entry)
        elif officer.merged_into_id or officer.left_on:
            message = (
                _("This person's record was merged into another.")
                if officer.merged_into_id
                else _("This person has left the service.")
            )
            checker.errors.append(checker.table.error(entry.row, "staff_number", message))
            continue
        elif differs(officer, entry) or moves(
            entry, units.known.get(entry.unit), appointments.get(officer.pk, []), today
        ):
            plan.updates.append((officer, entry))
        else:
            plan.unchanged.append(entry)
        posts.add(entry.post)
    plan.new_posts = sorted(posts - set(Post.objects.values_list("name", flat=True)))
