"""Attempts and the event log of their answers. Written by `services.attempts` and `services.saving` only."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams import state
from lianbing.kit.append_only import append_only
from lianbing.people.models import User


class Attempt(models.Model):
    """One candidate sitting the exam: who may write (lease), until when, and what has been answered.

    `answers` ({"1": ["k3"]}, blank answers left out), `flags` ([3]) and `ledger` (what arrived from
    which client; see `rules.journal`) are a projection of the events, kept in one row so that a save
    is one statement. `deadline` = min(start + duration, closing of the sitting) + extra time.
    `lease` 0 = nobody has taken the pen yet.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.OneToOneField("exams.Candidate", on_delete=models.PROTECT, related_name="attempt")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=16, choices=state.ATTEMPT_CHOICES, default=state.OPEN)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(_("Deadline"))
    extra_seconds = models.PositiveIntegerField(default=0)
    lease = models.PositiveIntegerField(default=0)
    holder_client = models.CharField(max_length=36, blank=True)
    holder_device = models.CharField(max_length=36, blank=True)
    answers = models.JSONField(default=dict)
    flags = models.JSONField(default=list)
    ledger = models.JSONField(default=dict)
    answers_sha256 = models.CharField(max_length=64, blank=True)
    last_saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_how = models.CharField(max_length=16, blank=True)
    receipt_number = models.CharField(max_length=24, null=True, unique=True)

    class Meta:
        verbose_name = _("Attempt")
        indexes = [
            models.Index(
                fields=["deadline"], condition=models.Q(state=state.OPEN), name="attempt_open_deadline"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=state.OPEN, receipt_number=None)
                | models.Q(state=state.SUBMITTED, receipt_number__isnull=False, submitted_at__isnull=False),
                name="attempt_submitted_has_receipt",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


@append_only
class AnswerEvent(models.Model):
    """One thing a candidate did, as it arrived: an answer given or cleared, or a flag.

    Compact on purpose (about 45 bytes): `writer` is the client's place in the attempt's ledger, `item`
    the position on the paper, `value` compact JSON (true or false = a flag), `at_ms` server milliseconds
    since the start. `fate` says whether it counted: applied, stale (its client had lost the lease; kept
    and offered, never applied by itself) or late (after the end; kept in quarantine).
    """

    APPLIED, STALE, LATE = 0, 1, 2

    pk = models.CompositePrimaryKey("attempt_id", "writer", "seq")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="events", db_index=False)
    writer = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    item = models.PositiveSmallIntegerField()
    value = models.TextField()
    lease = models.PositiveIntegerField()
    at_ms = models.PositiveIntegerField()
    mono_ms = models.PositiveBigIntegerField(null=True)
    fate = models.PositiveSmallIntegerField(default=APPLIED)

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.writer}/{self.seq}"
