"""Marks: appended, never overwritten; the latest record of an attempt counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.attempts import Attempt
from lianbing.kit.append_only import append_only


@append_only
class MarkRecord(models.Model):
    """One marking of an attempt. `marks` lists the marks of each item as text, in the order of the paper."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="mark_records", db_index=False
    )
    number = models.PositiveSmallIntegerField(default=1)
    score = models.DecimalField(_("Score"), max_digits=7, decimal_places=2)
    full_marks = models.DecimalField(max_digits=7, decimal_places=2)
    marks = models.JSONField()
    rule = models.CharField(max_length=32)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    by = models.JSONField()

    class Meta:
        verbose_name = _("Mark")
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="mark_record_number")]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score}"
