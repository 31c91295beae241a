"""Questions that ask nearly the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from question_bank.models.questions import Question


class LikenessKey(models.Model):
    """One band of a question's sketch (`rules.likeness`); questions that share a key are candidates."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="likeness_keys")
    band = models.PositiveSmallIntegerField()
    key = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "band"], name="likeness_key_once")]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.band}"


class Twin(models.Model):
    """Two questions that are nearly alike, the older first. Settled = a person said that both may stay."""

    older = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="newer_twins")
    newer = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="older_twins")
    percent = models.PositiveSmallIntegerField(_("Likeness"))
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        verbose_name = _("Near-duplicate")
        ordering = ["-percent", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="twin_once"),
            models.CheckConstraint(
                condition=models.Q(older_id__lt=models.F("newer_id")), name="twin_older_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older_id} ~ {self.newer_id}"

    @property
    def pair(self) -> tuple[Question, Question]:
        return self.older, self.newer
