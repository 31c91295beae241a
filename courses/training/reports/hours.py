"""Hours as a workbook: people with their year, and every entry behind the sums."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.training.models import HourEntry
from courses.training.queries.desk import Asked, Line, lines
from courses.training.queries.hours import owners, recorded_by
from courses.training.queries.hours_wording import evidence_words, missing_words
from lianbing.kit.spreadsheets import OutSheet, write_workbook


def workbook(asked: Asked, today: datetime.date) -> tuple[bytes, int]:
    """The workbook and the number of people in it. No text in it can run as a formula."""
    people = lines(asked, today)
    return write_workbook([_people(people, asked.year), _entries(people, asked)]), len(people)


def _people(people: list[Line], year: int) -> OutSheet:
    headings = [
        _("Staff number"), _("Full name"), _("Unit"), _("Year"), _("Target"), _("Hours"), pgettext("hours", "Counted"),
        _("Hours of law"), _("Online"), _("Carried over"), _("Days"), pgettext("hours", "Missing"), _("In words"),
    ]  # fmt: skip
    rows = []
    for line in people:
        found = line.found
        standing = found.standing
        rows.append(
            [
                line.staff_number,
                line.name,
                line.unit,
                year,
                found.target.hours if found.target else "",
                found.totals.hours,
                standing.counted if standing else found.totals.hours,
                found.done.law,
                found.totals.online,
                found.totals.carried,
                found.totals.days,
                standing.missing if standing else "",
                missing_words(standing),
            ]
        )
    return OutSheet(_("Hours"), headings, rows, text_columns=(0,))


def _entries(people: list[Line], asked: Asked) -> OutSheet:
    headings = [
        _("Staff number"), _("Full name"), _("Earned on"), pgettext("hours", "Kind"), _("Content"), _("Title"), _("Hours"),
        _("Minutes"), _("Evidence"), _("Reason"), _("Recorded"),
    ]  # fmt: skip
    named = {line.officer_id: line for line in people}
    whose = owners(named)
    entries = (
        recorded_by(asked.as_of)
        .filter(year=asked.year, officer__in=whose)
        .select_related("category")
        .order_by("officer", "earned_on", "pk")
    )
    rows = [_row(named[whose[entry.officer_id]], entry) for entry in entries.iterator(2000)]
    return OutSheet(_("Entries"), headings, rows, text_columns=(0,))


def _row(line: Line, entry: HourEntry) -> list[object]:
    return [
        line.staff_number,
        line.name,
        entry.earned_on,
        str(entry.get_kind_display()),
        entry.category.name if entry.category else "",
        entry.title,
        entry.hours,
        entry.minutes,
        evidence_words(entry.evidence),
        entry.reason,
        entry.recorded_at,
    ]
