"""What candidates say is wrong with a question, and what a reviewer answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once
from question_bank.models.questions import QuestionVersion


@frozen_once("answered_at")
class ErrorReport(models.Model):
    """One person about one version they were asked; answered once. `reporter_name` is for the record only."""

    class Outcome(models.TextChoices):
        MENDED = "mended", _("Mended")
        RETIRED = "retired", _("Retired")
        RIGHT = "right", _("Right as it is")

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="error_reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reporter_name = models.CharField(max_length=50)
    text = models.CharField(_("What is wrong"), max_length=500)
    reported_at = models.DateTimeField(_("Reported at"))
    outcome = models.CharField(_("Outcome"), max_length=8, choices=Outcome, blank=True)
    answer = models.CharField(_("Answer"), max_length=500, blank=True)
    answered_by_name = models.CharField(_("Answered by"), max_length=50, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Error report")
        ordering = ["-reported_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["version", "reporter"], name="error_report_once")]

    def __str__(self) -> str:
        return self.text[:40]
