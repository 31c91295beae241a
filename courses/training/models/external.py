"""Training taken outside the bureau, with its evidence, as entered and as checked (走出去、调训)."""

import uuid
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.training.models.nominations import Nomination
from courses.training.models.plans import PlanLine
from courses.training.state import ExternalState
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit

EXTERNAL_STATE_LABELS = {
    ExternalState.ENTERED: _("Waiting to be checked"),
    ExternalState.ACCEPTED: pgettext_lazy("training", "Accepted"),
    ExternalState.REFUSED: pgettext_lazy("training", "Refused"),
    ExternalState.WITHDRAWN: _("Withdrawn"),
}


class External(models.Model):
    """One course outside: what the officer or a trainer entered, and what a second person of HR decided.

    `days` whole and half days, or `minutes` of teaching where the certificate states these; at least
    one. `hours` (and per calendar year in `granted`) stand there from acceptance, by the conversion table
    active on `ends_on`; the ledger holds them under the source "external:<uid>[:<year>]".
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="externals", verbose_name=_("Officer")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    nomination = models.OneToOneField(
        Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="external"
    )
    plan_line = models.ForeignKey(
        PlanLine,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="externals",
        verbose_name=_("Line of the training plan"),
    )
    title = models.CharField(_("Course"), max_length=100)
    organiser = models.CharField(_("Organiser"), max_length=100)
    place = models.CharField(_("Place"), max_length=100, blank=True)
    category = models.ForeignKey(
        "courses.ContentCategory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Content category"),
    )
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    days = models.DecimalField(
        _("Days of training"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    minutes = models.PositiveIntegerField(_("Minutes of teaching"), null=True, blank=True)
    result = models.CharField(pgettext_lazy("training", "Result"), max_length=100, blank=True)
    score = models.DecimalField(_("Score"), max_digits=6, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(
        _("Cost in yuan"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    state = models.CharField(
        _("State"),
        max_length=16,
        choices=[(state.value, label) for state, label in EXTERNAL_STATE_LABELS.items()],
        default=ExternalState.ENTERED.value,
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.JSONField()
    enterer = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    hours = models.DecimalField(_("Hours"), max_digits=7, decimal_places=2, null=True, blank=True)
    granted = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("External training")
        ordering = ["-ends_on", "-pk"]
        indexes = [models.Index(fields=["state", "entered_at"], name="external_state_entered")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="external_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isnull=False) | models.Q(minutes__isnull=False),
                name="external_days_or_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class ExternalFile(models.Model):
    """A piece of evidence: an image or a PDF, served by a view that looks who asks, never by address."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external = models.ForeignKey(External, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(upload_to="training/external/%Y/")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Evidence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["external", "digest"], name="external_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
