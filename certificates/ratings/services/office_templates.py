"""Templates of other offices: taken over after a trial, filled, retired. Every filled file is on record."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.ratings.models import OfficeTemplate
from certificates.ratings.reports.office_templates import filled
from certificates.ratings.rules.office_templates import RowKind
from lianbing.kit import audit
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

STREAM = "ratings"
MOST_BYTES = 2 * 1024 * 1024


def add_template(
    *, title: str, rows: RowKind, data: bytes, unit: Unit, by: Actor, at: datetime.datetime
) -> tuple[OfficeTemplate, tuple[str, ...]]:
    """Keep a workbook after a trial. Returns it and the placeholders nobody knows. Raises SpreadsheetError."""
    if len(data) > MOST_BYTES:
        raise SpreadsheetError(_("A template has at most 2 MB."))
    tried = filled(data, rows, unit=unit, today=timezone.localtime(at).date(), by=by.name, trial=True)
    with transaction.atomic():
        made = OfficeTemplate.objects.create(
            title=title.strip()[:80],
            rows=rows.value,
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            uploaded_at=at,
            by=by.snapshot(),
        )
        audit.record(
            stream=STREAM, action="office_template_added", by=by, at=at, subject=made, sha256=made.sha256
        )
    return made, tried.unknown


def fill(*, template: OfficeTemplate, unit: Unit, by: Actor, at: datetime.datetime) -> bytes:
    """The template with today's figures of a unit. Who took it is recorded. Raises SpreadsheetError."""
    today = timezone.localtime(at).date()
    made = filled(bytes(template.data), RowKind(template.rows), unit=unit, today=today, by=by.name)
    audit.record(
        stream=STREAM,
        action="office_template_filled",
        by=by,
        at=at,
        subject=template,
        unit=unit.name,
        rows=template.rows,
    )
    return made.data


def retire(*, template: OfficeTemplate, by: Actor, at: datetime.datetime) -> bool:
    """Take a template out of use; whether it was in use."""
    with transaction.atomic():
        changed = OfficeTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=at)
        if changed:
            audit.record(stream=STREAM, action="office_template_retired", by=by, at=at, subject=template)
    return bool(changed)
