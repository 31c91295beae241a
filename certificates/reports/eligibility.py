"""The list of who may apply and who still needs what, as a workbook. Identity numbers stay masked."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from certificates.models.enforcement_labels import STATE_LABELS
from certificates.models.qualifying_labels import ELIGIBILITY_LABELS
from certificates.queries.eligible import Line
from certificates.rendering.eligibility import short
from lianbing.kit.spreadsheets import OutSheet, write_workbook


def eligibility_workbook(found: Sequence[Line], on: datetime.date) -> bytes:
    """An .xlsx of these people, one a row, with what is missing in words."""
    name = _("Eligibility %(day)s") % {"day": on.isoformat()}
    rows = [_row(line) for line in found]
    return write_workbook([OutSheet(name, _headings(), rows, text_columns=(0, 2, 3))])


def _headings() -> list[str]:
    return [
        _("Staff number"),
        _("Full name"),
        _("Badge number"),
        _("ID number"),
        _("Category"),
        _("Unit"),
        _("Post"),
        _("Eligibility"),
        _("Still needed"),
        _("Met until"),
        _("Enforcement certificate"),
    ]


def _row(line: Line) -> list[object]:
    officer, verdict = line.officer, line.verdict
    return [
        officer.staff_number,
        officer.name,
        officer.badge_number,
        officer.id_number_masked,
        str(officer.get_category_display()),
        line.unit,
        line.post,
        str(ELIGIBILITY_LABELS[line.standing]),
        _("; ").join(short(part) for part in verdict.missing),
        verdict.until if verdict.eligible else None,
        str(STATE_LABELS[line.state]),
    ]
