"""Qualifications in the personal training file: obtained, and struck out."""

import datetime

from django.utils.translation import gettext as _

from certificates.models import Qualification
from courses.training.ports import FileEntry, file_section
from lianbing.people.queries import day_of


@file_section("qualifications", order=34)
def qualifications_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """What a person obtained outside, as recorded by the day. One statement."""
    rows = Qualification.objects.filter(officer__in=officer_pks).order_by("obtained_on", "pk")
    return [_entry(row) for row in rows if as_of is None or day_of(row.recorded_at) <= as_of]


def _entry(row: Qualification) -> FileEntry:
    struck = _("Struck out") if row.struck_at else ""
    note = " · ".join(part for part in (row.number, row.grade, row.issuer, struck) if part)
    return FileEntry(row.obtained_on, "certificate", str(row.get_kind_display()), note=note)
