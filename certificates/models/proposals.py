"""Proposals that follow from failed change exams. A proposal changes nothing by itself: a person decides."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models.qualifying import QualifyingRules
from certificates.models.qualifying_labels import PROPOSED_LABELS
from certificates.rules.proposing import Proposed
from lianbing.kit.append_only import append_only, frozen_once
from lianbing.people.models import Officer


@frozen_once("decided_at")
class Proposal(models.Model):
    """One proposal about one person: what, because of which change, on what evidence, under which rules.

    `cause` names the change ("change:12", "exam:<blueprint>"), `key` the newest thing it rests on, so that
    the same failure proposes the same thing once. `evidence` is what whoever decides saw: moments, hours,
    address. Decided it is frozen: confirmed by a person, dismissed by a person with a reason, or lapsed
    because its ground went away (passed in the meantime, certificate ended).
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for a decision")
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")
        LAPSED = "lapsed", _("Lapsed")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="certificate_proposals", verbose_name=_("Person")
    )
    proposed = models.CharField(
        _("Proposed"), max_length=12, choices=[(one.value, PROPOSED_LABELS[one]) for one in Proposed]
    )
    cause = models.CharField(max_length=80, db_index=True)
    key = models.CharField(max_length=160, unique=True)
    title = models.CharField(_("Change"), max_length=200)
    evidence = models.JSONField()
    rules = models.ForeignKey(QualifyingRules, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    decided_on = models.DateField(_("Holds from"), null=True, blank=True)
    document_no = models.CharField(_("Document number"), max_length=64, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Proposal")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["officer", "state"], name="proposal_of_officer")]
        constraints = [
            # one at a time: whoever decides sees one question, and a decision answers every cause there is
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(state="open"), name="proposal_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | models.Q(~models.Q(state="open"), decided_at__isnull=False),
                name="proposal_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_proposed_display()} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:proposal", args=[self.uid])


@append_only
class ProposalStatement(models.Model):
    """What the person concerned says about a proposal before it is decided (right to be heard)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="statements")
    text = models.TextField(_("Your statement"), max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
