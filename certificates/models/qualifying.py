"""Eligibility rules in their versions, and what HR states with a document where no record tells it."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.qualifying_labels import PART_LABELS
from certificates.rules import proposing, qualifying_parts
from certificates.rules.qualifying_parts import ATTESTABLE, EligibilityRule
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer


@append_only
class QualifyingRules(models.Model):
    """One version of what is asked before a certificate may be applied for, and of what a failed change exam
    leads to. `parts` is `rules.qualifying_parts.to_json`, `policy` is `rules.proposing.to_json`.

    It holds from a day until a later version holds; of two for one day the higher number holds.
    """

    number = models.PositiveIntegerField(_("Version"), unique=True)
    title = models.CharField(_("Title"), max_length=80)
    source = models.CharField(_("Founding document"), max_length=200, blank=True)
    holds_from = models.DateField(_("Holds from"))
    parts = models.JSONField()
    policy = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.JSONField()

    class Meta:
        verbose_name = _("Eligibility rules")
        ordering = ["-holds_from", "-number"]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def rule(self) -> EligibilityRule:
        """What is asked, as the rules see it."""
        return qualifying_parts.from_json(self.parts)

    @property
    def proposals(self) -> proposing.Policy:
        """What a failed change exam leads to, as the rules see it."""
        return proposing.from_json(self.policy)


@append_only
class Attestation(models.Model):
    """What HR states of one person with a document: that a part is met, or that something stands against them.

    It holds from `on` to `until` (None = no end). A mistake is taken back by a row that names it in
    `withdraws`; such a row states nothing itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="attestations", verbose_name=_("Person")
    )
    part = models.CharField(
        _("Requirement"), max_length=20, choices=[(part.value, PART_LABELS[part]) for part in ATTESTABLE]
    )
    met = models.BooleanField(_("Met"), default=True)
    on = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    document_no = models.CharField(_("Document number"), max_length=64)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    at = models.DateTimeField()
    actor = models.JSONField()

    class Meta:
        verbose_name = _("Statement with a document")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["officer", "part"], name="attestation_of_officer")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("on")),
                name="attestation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.part}"

    @property
    def said(self) -> dict[str, Any]:
        """What the audit trail keeps of it."""
        return {
            "part": self.part,
            "met": self.met,
            "on": self.on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "document_no": self.document_no,
        }
