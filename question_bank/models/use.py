"""Which exams used which questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from question_bank.models.questions import Question


class QuestionUse(models.Model):
    """One question in the papers of one exam (or of whatever else draws).

    `used_in` and `title` are snapshots of what used it: the bank knows nothing of exams. `times`: in how
    many papers it stood.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="uses")
    used_in = models.UUIDField()
    title = models.CharField(max_length=200)
    used_at = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Use of a question")
        ordering = ["-used_at", "pk"]
        indexes = [
            models.Index(fields=["used_in", "title", "used_at", "question"], name="question_use_by_exam")
        ]
        constraints = [models.UniqueConstraint(fields=["question", "used_in"], name="question_use_once")]

    def __str__(self) -> str:
        return self.title
