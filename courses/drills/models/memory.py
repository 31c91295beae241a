"""What the server believes somebody still knows of a question: the state of the spaced-repetition scheduler."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer
from question_bank.models import Question, QuestionVersion


class Memory(models.Model):
    """One officer's memory of one question. `version` is the one last answered.

    `stability` (days until recall falls to 0.9), `difficulty` (1 to 10), `state` and `step` are FSRS's;
    `due_at` is when it is to be asked again. `right` and `wrong` count answers, `lapses` those that were
    wrong after it had been known. `mastered_until`: until then predicted recall stays above what counts as
    mastered; null = it is not mastered. Counts over units compare it with the present moment.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="memories")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    stability = models.FloatField()
    difficulty = models.FloatField()
    state = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    last_at = models.DateTimeField()
    mastered_until = models.DateTimeField(null=True, blank=True)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Memory of a question")
        constraints = [models.UniqueConstraint(fields=["officer", "question"], name="memory_once")]
        indexes = [
            models.Index(fields=["officer", "due_at"], name="memory_due"),
            models.Index(fields=["question", "mastered_until", "officer"], name="memory_mastered"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.question_id}"
