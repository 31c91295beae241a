"""Warnings that a certificate ends: each written once, read by whoever it is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, User


@append_only
class EndingWarning(models.Model):
    """Somebody was warned that a certificate ends on a day.

    `key` names the certificate ("enforcement:<uid>", "training:<uid>"), `step` which warning it is ("m6", "d30").
    A certificate that was renewed ends on another day and is warned of anew.
    """

    class Kind(models.TextChoices):
        ENFORCEMENT = "enforcement", _("Enforcement certificate")
        TRAINING = "training", _("Training certificate")

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="ending_warnings")
    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    ends_on = models.DateField()
    step = models.CharField(max_length=8)
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "ends_on", "step"], name="ending_warned_once")]
        indexes = [models.Index(fields=["officer", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.key} {self.ends_on} {self.step}"


@append_only
class WarningRead(models.Model):
    """Somebody has taken note of a warning: the holder, or who looks after them."""

    warning = models.ForeignKey(EndingWarning, on_delete=models.PROTECT, related_name="reads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warning", "user"], name="warning_read_once")]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.user_id}"
