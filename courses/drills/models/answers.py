"""Answers given in drills. Appended, never changed: everything else is reckoned from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.drills.models.sets import DrillSet
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit
from question_bank.models import Question, QuestionVersion


@append_only
class DrillAnswer(models.Model):
    """One answer to one question. `uid` comes from the device, so that it may be sent again.

    `said_at` is the device's word; `at` is what the server rules: between the making of the set and the
    receipt, never before the answer before it (`rules.rulings`). `on` is the local day of `at`, `unit` where
    the person served on it; `received_on` is the day on which it may earn, which no device can choose.
    `share` is how much of the question was right (0 to 1); `rating` (1 to 4) is what the scheduler was told.
    `point_worthy`: the first answer to this question received that day, given at a human pace; the database
    lets there be one. In a set the first answer to a question stands.
    """

    uid = models.UUIDField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="drill_answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    drill_set = models.ForeignKey(
        DrillSet, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    response = models.JSONField()
    right = models.BooleanField()
    share = models.DecimalField(max_digits=3, decimal_places=2)
    guessed = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    received_at = models.DateTimeField()
    received_on = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    point_worthy = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Drill answer")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "uid"], name="drill_answer_taken_once"),
            models.UniqueConstraint(
                fields=["officer", "question", "received_on"],
                condition=models.Q(point_worthy=True),
                name="drill_answer_earns_once_a_day",
            ),
            models.UniqueConstraint(fields=["drill_set", "version"], name="drill_answer_once_in_a_set"),
            models.CheckConstraint(condition=models.Q(rating__range=(1, 4)), name="drill_answer_rating"),
        ]
        indexes = [
            models.Index(fields=["officer", "-at"], name="drill_answer_newest"),
            models.Index(fields=["unit", "on"], name="drill_answer_unit_day"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.version_id} {self.at:%Y-%m-%d %H:%M}"
