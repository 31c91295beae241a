"""Marks: appended, never overwritten; the latest record of an attempt counts."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.attempts import Attempt
from lianbing.kit.append_only import append_only
from lianbing.people.models import User


@append_only
class MarkRecord(models.Model):
    """One marking of an attempt. `marks` lists the marks of each item as text, in the order of the paper.

    A mark is null, and counted in `waiting`, while a marker must still give it; `score` is then the sum of
    the others. `parts` holds the marks of the parts of each item that has several ({"3": ["2", null]}).
    `sections` keeps each section as it was marked (rule, settings, floor) with its sum, floor included;
    `rule` is their rule, "mixed" where they differ.
    """

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="mark_records", db_index=False
    )
    number = models.PositiveSmallIntegerField(default=1)
    score = models.DecimalField(_("Score"), max_digits=7, decimal_places=2)
    full_marks = models.DecimalField(max_digits=7, decimal_places=2)
    marks = models.JSONField()
    parts = models.JSONField(default=dict)
    waiting = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=32)
    sections = models.JSONField(default=list)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    by = models.JSONField()

    class Meta:
        verbose_name = _("Mark")
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="mark_record_number")]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score}"


class MarkingTask(models.Model):
    """One written answer somebody must mark. Made when the attempt is handed in; blank answers get none.

    `position` and `part` say which answer ("" = the whole item); `version_id` which question. Markers see
    `uid` alone, in the order of `place`, drawn from the paper's secret seed. `fingerprint` is equal for
    answers that say the same. A marker holds the task until `claimed_until`; nobody else may mark it then.
    `kind` and `round` leave room for second marks, appeals and regrades beside the first.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First marking")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="marking_tasks")
    sitting = models.ForeignKey("exams.Sitting", on_delete=models.PROTECT, related_name="marking_tasks")
    version = models.ForeignKey("question_bank.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=36, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.FIRST)
    round = models.PositiveSmallIntegerField(default=1)
    full_marks = models.DecimalField(max_digits=6, decimal_places=2)
    place = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Written answer")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position", "part", "round"], name="marking_task_once")
        ]
        indexes = [
            models.Index(
                fields=["sitting", "version", "part", "place"],
                condition=models.Q(marked_at=None),
                name="marking_task_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)[:8]


@append_only
class WrittenMark(models.Model):
    """What a marker gave a written answer. The latest number of a task counts; a correction has a reason.

    `points` says how far each scoring point was met: {"p1": "full", "p2": "half"}; the marks are computed
    from it by `rules.written`. {} where the question has no scoring points and the marker gave the marks.
    """

    task = models.ForeignKey(MarkingTask, on_delete=models.PROTECT, related_name="given", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    marks = models.DecimalField(_("Marks"), max_digits=6, decimal_places=2)
    points = models.JSONField(default=dict)
    marker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.JSONField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("Written mark")
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="written_mark_number"),
            models.CheckConstraint(condition=models.Q(marks__gte=0), name="written_mark_counts"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="written_mark_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.number}: {self.marks}"
