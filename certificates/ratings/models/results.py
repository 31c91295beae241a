"""Results of people and units, and appeals against them."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models.fields import WrittenJSONField
from certificates.ratings.models.periods import Roll, Statement
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit


@append_only
class Result(models.Model):
    """What a statement says of one person or unit.

    `lines` holds, in the order of the scheme's lines, [value, points, how]: decimals as text, value null when
    nothing was found, `how` a code of `rules.words.How`. `parts` holds [statement id, score, weight] of what was
    rolled up. `star` is the star given, `earned` what the score alone would give; `why` is a code of
    `rules.words.WhyStar` with its numbers.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="results", db_index=False)
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="rating_results")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="rating_results")
    score = models.DecimalField(max_digits=8, decimal_places=2)
    grade = models.CharField(max_length=20, blank=True)
    star = models.PositiveSmallIntegerField(null=True)
    earned = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)
    lines = WrittenJSONField(default=list)
    parts = models.JSONField(default=list)
    why = models.JSONField(default=list)
    vetoed_by = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("Result")
        ordering = ["statement", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "officer"], condition=Q(officer__isnull=False), name="result_of_person"
            ),
            models.UniqueConstraint(
                fields=["statement", "unit"], condition=Q(unit__isnull=False), name="result_of_unit"
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=False, unit=None) | Q(officer=None, unit__isnull=False),
                name="result_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("ratings:result", args=[self.uid])


class Appeal(models.Model):
    """Somebody who does not agree with a result. Decided by a person, with a reason; once."""

    class State(models.TextChoices):
        FILED = "filed", _("Appeal filed")
        UPHELD = "upheld", _("Appeal upheld")
        REJECTED = "rejected", _("Appeal rejected")
        WITHDRAWN = "withdrawn", _("Appeal withdrawn")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(_("What you do not agree with"), max_length=2000)
    by = models.JSONField()
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.FILED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    decision = models.TextField(_("Decision"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("Appeal")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["result"], condition=Q(state="filed"), name="appeal_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"]) | Q(decided_at__isnull=False),
                name="appeal_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.state}"


@append_only
class AppealEvent(models.Model):
    """What happened to an appeal."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Appeal.State)
    at = models.DateTimeField()
    actor = models.JSONField()
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Act in an appeal")
        ordering = ["appeal", "pk"]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.kind}"


class Exclusion(models.Model):
    """Somebody who does not count in the base for a while: by name, reason, approver and expiry.

    Both days are inside. It is withdrawn, never deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="rating_exclusions", verbose_name=_("Officer")
    )
    reason = models.CharField(_("Reason"), max_length=200)
    approver = models.CharField(_("Approved by"), max_length=100)
    document_no = models.CharField(_("Document number"), max_length=60, blank=True)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))
    recorded_at = models.DateTimeField()
    recorded_by = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Exclusion from the base")
        ordering = ["-from_on", "pk"]
        indexes = [models.Index(fields=["officer", "from_on"], name="exclusion_of_officer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="exclusion_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.from_on} {self.until_on}"

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the person is out of the base on `day`."""
        return self.withdrawn_at is None and self.from_on <= day <= self.until_on
