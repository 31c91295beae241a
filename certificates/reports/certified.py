"""The overview as a workbook for the superior office. Identity numbers stay masked."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certificates.models.labels import OUTCOME_LABELS, STANDING_LABELS
from certificates.queries.overview import Line, lines
from lianbing.kit.spreadsheets import OutSheet, write_workbook

CHUNK = 500


def certified_workbook(found: QuerySet[Any], on: datetime.date) -> tuple[bytes, int]:
    """An .xlsx of these rows of `queries.overview.people`, and how many there are."""
    rows = [_row(line) for line in _all_lines(found, on)]
    sheet = OutSheet(
        _("Certification %(day)s") % {"day": on.isoformat()}, _headings(), rows, text_columns=(0, 2, 3, 8)
    )
    return write_workbook([sheet]), len(rows)


def _all_lines(found: QuerySet[Any], on: datetime.date) -> Iterator[Line]:
    rows = list(found)
    for start in range(0, len(rows), CHUNK):
        yield from lines(rows[start : start + CHUNK], on)


def _headings() -> list[str]:
    return [
        _("Staff number"),
        _("Full name"),
        _("Badge number"),
        _("ID number"),
        _("Category"),
        _("Unit"),
        _("Post"),
        _("Certification"),
        _("Certificate number"),
        _("Certificate"),
        _("Valid until"),
        _("Days left"),
        _("Newest exam"),
        _("Result"),
        _("Score"),
    ]


def _row(line: Line) -> list[object]:
    officer, certificate = line.officer, line.certificate
    return [
        officer.staff_number,
        officer.name,
        officer.badge_number,
        officer.id_number_masked,
        str(officer.get_category_display()),
        line.unit,
        line.post,
        str(STANDING_LABELS[line.standing]),
        certificate.number if certificate else "",
        certificate.title if certificate else "",
        certificate.valid_until if certificate else None,
        line.days_left,
        line.sitting,
        str(OUTCOME_LABELS.get(line.outcome, "")),
        line.score,
    ]
