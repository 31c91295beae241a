"""Sets: what somebody is asked to drill, fixed at its making so that a phone may carry it along."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.people.models import Officer, Post
from question_bank.models import Question


class DayQuestion(models.Model):
    """The question of the day (每日一题) of a post, the same for everybody of it; `post` None: of those without one.

    Where a question goes out of the reach of drills during its day another takes its place.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("Day"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("drill", "Question of the day")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "on"], name="day_question_one_a_post"),
            models.UniqueConstraint(
                fields=["on"], condition=models.Q(post=None), name="day_question_one_without_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.on} {self.question_id}"


class DrillSet(models.Model):
    """One set of questions for one officer. There is one of the day, week and month for a day `on`.

    `versions` are the pks of the question versions in the order asked; `source` says what they were chosen
    from (`{"point": pk}`, `{"article": pk}`, ...). `on` is the day, the Monday of the week or the first of
    the month. `finished_at`: all of it was answered. `day_question`: which question of the day it asks.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", pgettext_lazy("drill", "Question of the day")
        DAILY = "daily", pgettext_lazy("drill", "Today's set")
        WEEKLY = "weekly", pgettext_lazy("drill", "Weekly set")
        MONTHLY = "monthly", pgettext_lazy("drill", "Monthly test")
        TOPIC = "topic", pgettext_lazy("drill", "By topic")
        MISTAKES = "mistakes", pgettext_lazy("drill", "Wrong answers")
        CHALLENGE = "challenge", pgettext_lazy("drill", "Challenge run")
        CHANGE = "change", pgettext_lazy("drill", "Change training")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="drill_sets")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    on = models.DateField(_("Day"))
    title = models.CharField(_("Title"), max_length=120, blank=True)
    versions = models.JSONField(default=list)
    source = models.JSONField(default=dict, blank=True)
    day_question = models.ForeignKey(
        DayQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="drill_sets"
    )
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Drill set")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "kind", "on"],
                condition=models.Q(kind__in=("question", "daily", "weekly", "monthly")),
                name="drill_set_one_a_period",
            )
        ]
        indexes = [models.Index(fields=["officer", "-made_at"], name="drill_set_newest")]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.on}"
