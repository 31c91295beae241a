"""Which question versions stand on the papers of a sitting, so that a change of law finds its papers at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.sittings import Sitting


class VersionUse(models.Model):
    """On how many papers of a sitting a question version stands. Counted when papers are frozen."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="uses", db_index=False)
    version = models.ForeignKey("question_bank.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    papers = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Version on papers")
        constraints = [models.UniqueConstraint(fields=["sitting", "version"], name="version_use_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.version_id} x {self.papers}"
