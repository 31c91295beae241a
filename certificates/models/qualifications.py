"""Qualifications gained outside: the national legal profession qualification, the licence to chair hearings."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once
from lianbing.people.models import Officer


@frozen_once("struck_at")
class Qualification(models.Model):
    """One qualification of one person, as its document says. A mistake is struck out and entered again;
    what was struck out (by mistake, or taken back by who gave it) stays readable and counts no longer.
    """

    class Kind(models.TextChoices):
        LEGAL_PROFESSION = "legal_profession", _("Legal profession qualification")
        HEARING_OFFICER = "hearing_officer", _("Hearing officer's licence")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("Person")
    )
    kind = models.CharField(_("Qualification"), max_length=32, choices=Kind)
    number = models.CharField(_("Number of the qualification"), max_length=64)
    grade = models.CharField(_("Class of the qualification"), max_length=10, blank=True)
    obtained_on = models.DateField(_("Obtained on"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=100, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    actor = models.JSONField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.JSONField(default=dict)
    struck_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Qualification")
        ordering = ["officer", "kind", "-obtained_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("obtained_on")),
                name="qualification_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=models.Q(struck_at=None),
                name="qualification_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
