"""Workbooks of other offices that are filled from the system."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.ratings.rules.office_templates import RowKind

ROW_KIND_LABELS = {RowKind.UNIT: _("A row for each unit"), RowKind.PERSON: _("A row for each person")}


class OfficeTemplate(models.Model):
    """A workbook with placeholders, as it was uploaded. Retired ones are kept: what was sent can be told."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=80)
    rows = models.CharField(
        _("Repeated row"),
        max_length=8,
        choices=[(kind.value, label) for kind, label in ROW_KIND_LABELS.items()],
    )
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    by = models.JSONField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Template of another office")
        ordering = ["title", "-uploaded_at"]

    def __str__(self) -> str:
        return self.title
