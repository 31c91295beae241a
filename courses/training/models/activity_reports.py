"""Activity records that are due from units, and the bureau's own templates for them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Unit


class ActivityReport(models.Model):
    """An activity record a unit owes for a period: asked for with a day, handed in, received.

    `lines` is the record as it was handed in: what is read later is what was read then.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    first = models.DateField(_("From"))
    last = models.DateField(_("Until"))
    due_on = models.DateField(_("Due on"))
    asked_at = models.DateTimeField()
    asked_by = models.JSONField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.JSONField(null=True, blank=True)
    lines = models.JSONField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.JSONField(null=True, blank=True)
    sent_back = models.CharField(_("Why it was sent back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Activity record due")
        ordering = ["-due_on", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "first", "last"], name="activity_report_once"),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="activity_report_forward"),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(submitted_at__isnull=False),
                name="activity_report_received_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first}"


class RecordTemplate(models.Model):
    """The bureau's own workbook for the activity record. The latest that is not retired is used."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    by = models.JSONField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Template")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
