"""Who was there: the roll of a session, what happened on it, leave, and the files that show it."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.training.models.classes import Session
from courses.training.rules.attendance import Counting, NoSignOut, State, Thresholds
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit

STATE_LABELS = {
    State.EXPECTED: pgettext_lazy("attendance", "Not here yet"),
    State.PRESENT: pgettext_lazy("attendance", "Present"),
    State.LATE: pgettext_lazy("attendance", "Late"),
    State.LEFT_EARLY: pgettext_lazy("attendance", "Left early"),
    State.ABSENT: pgettext_lazy("attendance", "Absent"),
    State.LEAVE: pgettext_lazy("attendance", "On leave"),
    State.MADE_UP: pgettext_lazy("attendance", "Made up"),
}
NO_SIGN_OUT_LABELS = {
    NoSignOut.FULL: _("counts to the end"),
    NoSignOut.HALF: _("counts half, as left early"),
    NoSignOut.NOTHING: _("counts nothing, as left early"),
}
COUNTING_LABELS = {
    Counting.REAL: _("minutes as they were"),
    Counting.HALVES: _("whole, half or nothing"),
}


def _secret() -> str:
    return secrets.token_hex(32)


class Roll(models.Model):
    """How one session takes its attendance: the secret of its codes, thresholds in minutes, who is expected.

    `audience` (as `courses.rules.audience` writes it) is for sessions without a batch. `closings` counts
    how often the session was closed, so that hours granted anew after a reopening have a source of their own.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="roll")
    secret = models.CharField(max_length=64, default=_secret, editable=False)
    audience = models.JSONField(_("Who is expected"), default=dict, blank=True)
    late_minutes = models.PositiveSmallIntegerField(_("Late after (minutes)"), default=5)
    early_minutes = models.PositiveSmallIntegerField(_("Leaving early before the end (minutes)"), default=5)
    absent_minutes = models.PositiveSmallIntegerField(
        _("Absent after (minutes)"), default=30, help_text=_("0 = never.")
    )
    sign_out = models.BooleanField(_("People sign out too"), default=False)
    no_sign_out = models.CharField(
        _("Without a sign-out"),
        max_length=8,
        choices=[(one.value, text) for one, text in NO_SIGN_OUT_LABELS.items()],
        default=NoSignOut.HALF,
    )
    counting = models.CharField(
        _("Minutes of part of a session"),
        max_length=8,
        choices=[(one.value, text) for one, text in COUNTING_LABELS.items()],
        default=Counting.REAL,
    )
    checked_by_second = models.BooleanField(_("A second person checks before closing"), default=False)
    notes_count = models.PositiveIntegerField(_("Study notes handed in"), default=0)
    drawn_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Roll")

    def __str__(self) -> str:
        return f"{self.session_id}"

    def thresholds(self) -> Thresholds:
        """The parameters as the rules take them."""
        return Thresholds(
            late=self.late_minutes,
            early=self.early_minutes,
            absent=self.absent_minutes,
            sign_out=self.sign_out,
            no_sign_out=NoSignOut(self.no_sign_out),
            counting=Counting(self.counting),
        )


class RollEntry(models.Model):
    """One person on the roll of a session: where the events have brought them.

    `unit` is where they served on the day. `expected` False = a guest admitted by the trainer.
    `by_hand`: the state was put down and does not follow from the two moments. `delivered_late`: seconds
    by which a sign-in kept by a phone without signal came after its code, 0 otherwise. What was missed
    and made up says when and where (`made_up_on`, `made_up_in`); `minutes` are then those of the make-up,
    and only where no other session counts them.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="roll_entries")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roll_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    expected = models.BooleanField(default=True)
    state = models.CharField(
        _("State"),
        max_length=12,
        choices=[(s.value, t) for s, t in STATE_LABELS.items()],
        default=State.EXPECTED,
    )
    by_hand = models.BooleanField(default=False)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=8, blank=True)
    delivered_late = models.PositiveSmallIntegerField(default=0)
    late_by = models.PositiveSmallIntegerField(_("Minutes late"), default=0)
    early_by = models.PositiveSmallIntegerField(_("Minutes left early"), default=0)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=0)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    made_up_on = models.DateField(null=True, blank=True)
    made_up_in = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="makes_up"
    )

    class Meta:
        verbose_name = _("Attendance")
        ordering = ["unit__path", "officer__staff_number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "officer"], name="roll_entry_once"),
            models.CheckConstraint(
                condition=Q(made_up_on=None) | Q(state="made_up"), name="roll_entry_made_up_says_so"
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "state"], name="roll_entry_of_officer"),
            models.Index(fields=["made_up_on"], name="roll_entry_made_up", condition=~Q(made_up_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.officer_id} {self.state}"


class SignInDevice(models.Model):
    """Which phone signed whom at a session: one device, one person. The constraint decides."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=32)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "device"], name="sign_in_device_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.officer_id}"


@append_only
class AttendanceEvent(models.Model):
    """One thing that happened on a roll. `at` is when it holds from, `received_at` when the server took it.

    `was` keeps the entry as it stood before (for undoing). A refused sign-in is an event too: the trainer
    sees who stands at the door, or with whose phone.
    """

    class Kind(models.TextChoices):
        IN = "in", _("Signed in")
        OUT = "out", _("Signed out")
        SET = "set", _("Put down by hand")
        UNDONE = "undone", _("Undone")
        ADMITTED = "admitted", _("Admitted as a guest")
        LEAVE = "leave", _("Leave granted")
        MADE_UP = "made_up", _("Made up")
        STRUCK = "struck", _("Struck")
        REFUSED = "refused", _("Turned away")

    class Method(models.TextChoices):
        QR = "qr", _("QR code")
        CODE = "code", _("Typed code")
        LIST = "list", _("Trainer's list")
        PAPER = "paper", _("Paper sheet")
        SELF = "self", _("By the person")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance_events")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="attendance_events")
    kind = models.CharField(max_length=8, choices=Kind)
    method = models.CharField(max_length=8, choices=Method)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    delay = models.PositiveSmallIntegerField(default=0)
    device = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    was = models.JSONField(default=dict)
    by = models.JSONField()

    class Meta:
        verbose_name = _("Event on a roll")
        ordering = ["pk"]
        indexes = [models.Index(fields=["session", "kind"], name="attendance_event_kind")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.officer_id} {self.kind}"


class LeaveRequest(models.Model):
    """Somebody asks to be excused from a session; a trainer decides. One open request a session and person."""

    class Decision(models.TextChoices):
        OPEN = "open", pgettext_lazy("leave", "Waiting")
        GRANTED = "granted", pgettext_lazy("leave", "Granted")
        REFUSED = "refused", pgettext_lazy("leave", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Withdrawn")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="leave_requests")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="leave_requests")
    reason = models.CharField(_("Reason"), max_length=200)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    answer = models.CharField(_("Answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Request for leave")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "officer"], condition=Q(decision="open"), name="leave_request_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.officer_id} {self.decision}"


class SessionFile(models.Model):
    """A photo or a document that shows a session took place. Photos are drawn anew when they come in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("Name"), max_length=120)
    mime = models.CharField(max_length=100)
    data = models.BinaryField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    by = models.JSONField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Evidence of a session")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name
