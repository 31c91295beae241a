"""The wrong-answer book and bookmarks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.people.models import Officer
from question_bank.models import Question


class Mistake(models.Model):
    """A question in somebody's wrong-answer book: in by itself, out after spaced successes.

    `successes` count days on which it was right, with a day between at least; the last is
    `last_success_on`. A question that is wrong again after `cleared_at` comes in anew.
    """

    class Origin(models.TextChoices):
        DRILL = "drill", pgettext_lazy("mistake", "Drill")
        EXAM = "exam", pgettext_lazy("mistake", "Exam")

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="mistakes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("From"), max_length=8, choices=Origin, default=Origin.DRILL)
    put_in_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    successes = models.PositiveSmallIntegerField(default=0)
    last_success_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("Wrong answer")
        ordering = ["-put_in_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "question"],
                condition=models.Q(cleared_at=None),
                name="mistake_once_in_the_book",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.question_id}"


class Bookmark(models.Model):
    """A question somebody wants to find again."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="bookmarks")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Bookmark")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "question"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.question_id}"
