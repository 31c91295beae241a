"""What is measured and how it is added up: indicators and schemes, each with its versions."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models.labels import SUBJECT_LABELS
from certificates.ratings.rules.words import Subject
from lianbing.kit.append_only import frozen_once

SUBJECTS = [(subject.value, label) for subject, label in SUBJECT_LABELS.items()]


class Indicator(models.Model):
    """Something that is measured, known by its code. What it means stands in its versions."""

    code = models.CharField(_("Code"), max_length=32, unique=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Indicator")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


@frozen_once("frozen_at")
class IndicatorVersion(models.Model):
    """One wording of an indicator: `spec` as `rules.reading.indicator` reads it. Frozen once a scheme uses it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Version of an indicator")
        ordering = ["indicator", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=models.Q(frozen_at=None),
                name="indicator_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spec.get('title', self.indicator_id)} v{self.number}"

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.spec.get("title", ""))


class Scheme(models.Model):
    """A way to assess officers or units. Its rules stand in its versions."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    subject = models.CharField(_("Who is assessed"), max_length=8, choices=SUBJECTS, default=Subject.OFFICER)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Assessment scheme")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


@frozen_once("adopted_at")
class SchemeVersion(models.Model):
    """One set of rules of a scheme: `spec` as `rules.reading.scheme` reads it. Frozen once adopted.

    It is the one in force for periods that begin on `starts_on` or later, until a newer one starts.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.JSONField(default=dict)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    starts_on = models.DateField(_("In force from"), null=True, blank=True)

    class Meta:
        verbose_name = _("Version of an assessment scheme")
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=models.Q(adopted_at=None), name="scheme_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(adopted_at=None) | models.Q(starts_on__isnull=False),
                name="scheme_adopted_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} v{self.number}"
