"""The register of enforcement certificates: what people hold, what happened to it, rules, posts, refusals.

The card itself is issued by the department of justice; nothing here prints or imitates it.
"""

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models.enforcement_labels import KIND_LABELS, STATE_LABELS
from certificates.rules.enforcement import PRESETS, ProvinceRules, from_json
from certificates.state.enforcement import STORED, Event, Kind, State
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Post


class EnforcementCertificate(models.Model):
    """What one person holds, as folded from the events: the service writes both in one transaction.

    `state` is the stored state; what the day adds (due for review, expired) is asked of `queries.duty`.
    `covered_from`: since when some certificate of the chain has been good without a break. All days are days
    of the bureau; `valid_until` is the last good day. Nobody but `services.enforcement` writes here.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.OneToOneField(
        Officer,
        on_delete=models.PROTECT,
        related_name="enforcement_certificate",
        verbose_name=_("Officer"),
    )
    state = models.CharField(
        _("State"),
        max_length=16,
        default=State.NOT_APPLIED.value,
        choices=[(state.value, STATE_LABELS[state]) for state in State if state in STORED],
    )
    since = models.DateField(_("Since"), null=True)
    certificate_no = models.CharField(_("Certificate number"), max_length=40, blank=True)
    first_issued_on = models.DateField(_("First issued on"), null=True)
    covered_from = models.DateField(null=True)
    valid_from = models.DateField(_("Valid from"), null=True)
    valid_until = models.DateField(_("Valid until"), null=True)
    review_base_on = models.DateField(_("Last reviewed on"), null=True)
    blocked_until = models.DateField(_("No new application until"), null=True)
    last_on = models.DateField(null=True)
    event_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Enforcement certificate")
        indexes = [models.Index(fields=["state", "valid_until"], name="enforcement_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_no"],
                condition=~models.Q(certificate_no=""),
                name="enforcement_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.certificate_no or f"{self.officer_id}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:enforcement_detail", args=[self.uid])


@append_only
class EnforcementEvent(models.Model):
    """One change of a holding: the day it holds from, and the moment and person that recorded it.

    `number` counts the changes of a holding from 1; `data` holds what the kind of change asks for, as JSON
    with ISO days. `taken_over`: brought in from an older register, whose rules are not asked again.
    """

    certificate = models.ForeignKey(EnforcementCertificate, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(kind.value, KIND_LABELS[kind]) for kind in Kind])
    on = models.DateField(_("From"))
    at = models.DateTimeField(_("Recorded"))
    actor = models.JSONField()
    reason_code = models.CharField(_("Reason"), max_length=32, blank=True)
    document_no = models.CharField(_("Document number"), max_length=80, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    data = models.JSONField(default=dict)
    taken_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["certificate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="enforcement_event_once")
        ]
        indexes = [models.Index(fields=["kind", "on"], name="enforcement_event_by_kind")]

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.number} {self.kind}"

    def as_event(self) -> Event:
        """The row as the pure state machine takes it."""
        return Event(Kind(self.kind), self.on, self.reason_code, self.document_no, self.data)


@append_only
class EnforcementRefusal(models.Model):
    """Somebody who may not hold a certificate and was put forward all the same: which change, and the law."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="enforcement_refusals")
    code = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=[(kind.value, KIND_LABELS[kind]) for kind in Kind])
    law = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.JSONField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.code}"


@append_only
class EnforcementRules(models.Model):
    """One version of the province's rules; the one with the highest number is in force.

    `stop_months` repeats what `rules().stop_months` says, for SQL.
    """

    number = models.PositiveIntegerField(unique=True)
    preset = models.CharField(max_length=24, choices=[(name, name) for name in PRESETS])
    spec = models.JSONField()
    stop_months = models.PositiveSmallIntegerField(null=True)
    adopted_at = models.DateTimeField()
    actor = models.JSONField()
    reason = models.CharField(_("Reason"), max_length=300)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"

    def rules(self) -> ProvinceRules:
        """The rules this version holds."""
        return from_json(self.spec)


class DutyPost(models.Model):
    """What a post asks of those who serve on it. A post that stands here not asks nothing."""

    class Duty(models.TextChoices):
        ENFORCEMENT = "enforcement", _("Enforcement: certificate needed")
        LEGAL_REVIEW = "legal_review", _("Legal review: legal profession qualification needed")
        ASSISTANCE = "assistance", _("Assistance: no enforcement")

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="duty_post")
    duty = models.CharField(_("Duty"), max_length=16, choices=Duty)

    class Meta:
        verbose_name = _("Duty of a post")

    def __str__(self) -> str:
        return f"{self.post_id} {self.duty}"

    @classmethod
    def posts_of(cls, duty: "DutyPost.Duty") -> models.QuerySet[Any]:
        """The ids of the posts that ask for a duty, for subqueries."""
        return cls.objects.filter(duty=duty).values("post")
