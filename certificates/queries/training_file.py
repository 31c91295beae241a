"""Certificates in the personal training file: issued, and revoked."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import CertificateEvent
from certificates.state.training import Event
from courses.training.ports import FileEntry, file_section
from lianbing.people.queries import day_of


@file_section("certificates", order=30)
def certificates_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """What was issued to a person or revoked by the day. One statement."""
    rows = CertificateEvent.objects.filter(certificate__officer__in=officer_pks).select_related("certificate")
    if as_of is not None:
        next_day = datetime.datetime.combine(as_of + datetime.timedelta(days=1), datetime.time())
        rows = rows.filter(at__lt=timezone.make_aware(next_day))
    return [_entry(row) for row in rows.order_by("at", "pk")]


def _entry(row: CertificateEvent) -> FileEntry:
    certificate = row.certificate
    if row.kind == Event.ISSUED:
        span = f"{certificate.valid_from} – {certificate.valid_until}"
        note = f"{_('Issued')} · {certificate.number} · {span}"
    else:
        ground = row.get_ground_display()
        note = " · ".join(part for part in (_("Revoked"), certificate.number, str(ground)) if part)
    return FileEntry(
        day_of(row.at), "certificate", certificate.title, note=note, url=certificate.get_absolute_url()
    )
