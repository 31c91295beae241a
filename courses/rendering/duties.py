"""The list of part-time duties as a workbook."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from courses.models.duties import DutyHolder
from lianbing.kit.spreadsheets import OutSheet, write_workbook


def holders_workbook(rows: Sequence[DutyHolder], units: Mapping[str, str]) -> bytes:
    """An .xlsx of these holders; `units` are the full names of units by path."""
    headings = [_("Unit"), _("Duty"), _("Full name"), _("Staff number"), _("From"), _("Until")]
    body = [
        [units[r.unit.path], r.duty.name, r.officer.name, r.officer.staff_number, r.starts_on, r.ends_on]
        for r in rows
    ]
    return write_workbook([OutSheet(_("Part-time duties"), headings, body, text_columns=(3,))])
