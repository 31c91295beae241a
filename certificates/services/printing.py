"""Taking certificates out for print, many in one file. Who printed what is on record."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from certificates.models import Certificate, CertificatePrint
from certificates.rendering.training import batch_pdf
from certificates.services.issuing import STREAM
from lianbing.kit import audit
from lianbing.people.rules import Actor

MOST_PAGES = 200


def print_batch(*, certificates: Sequence[Certificate], by: Actor, at: datetime.datetime) -> bytes:
    """One PDF with a page each, in the order given; each is noted as printed. Load `events` and `design`."""
    made = batch_pdf(certificates, at)
    with transaction.atomic():
        CertificatePrint.objects.bulk_create(
            CertificatePrint(certificate=one, at=at, actor=by.snapshot()) for one in certificates
        )
        audit.record(
            stream=STREAM, action="printed", by=by, at=at, numbers=[one.number for one in certificates]
        )
    return made
