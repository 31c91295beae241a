"""The enforcement certificate in the personal training file."""

import datetime

from django.utils import timezone

from certificates.models import EnforcementEvent
from certificates.models.enforcement_labels import KIND_LABELS, REASON_LABELS
from certificates.state.enforcement import Kind
from courses.training.ports import FileEntry, file_section


@file_section("enforcement", order=29)
def enforcement_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """Every change of a person's entry in the register, recorded by the day. One statement."""
    rows = EnforcementEvent.objects.filter(certificate__officer__in=officer_pks).select_related("certificate")
    if as_of is not None:
        next_day = datetime.datetime.combine(as_of + datetime.timedelta(days=1), datetime.time())
        rows = rows.filter(at__lt=timezone.make_aware(next_day))
    return [_entry(row) for row in rows.order_by("on", "number")]


def _entry(row: EnforcementEvent) -> FileEntry:
    parts = (
        REASON_LABELS.get(row.reason_code, row.reason_code),
        row.data.get("certificate_no"),
        row.document_no,
    )
    return FileEntry(
        row.on,
        "certificate",
        f"{row.certificate._meta.verbose_name}：{KIND_LABELS[Kind(row.kind)]}",
        note=" · ".join(str(part) for part in parts if part),
        url=row.certificate.get_absolute_url(),
    )
