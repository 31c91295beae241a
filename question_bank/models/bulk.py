"""Changes of many questions at once, each with what it needs to be undone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from question_bank.models.banks import QuestionBank
from question_bank.models.questions import Question


class BulkEdit(models.Model):
    """One act on many questions. `told` is what was wanted of it: {"value": ...}.

    `kept` says after an undo which questions could not be put back, and why: [[uid, reason code]].
    """

    class Action(models.TextChoices):
        POOL = "pool", _("Move to a pool")
        DIFFICULTY = "difficulty", _("Set the difficulty")
        POINT = "point", _("Set the knowledge point")
        CITATION = "citation", _("Add a citation")
        SUBMIT = "submit", _("Hand in for review")
        RETIRE = "retire", _("Retire")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=16, choices=Action)
    told = models.JSONField(default=dict)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=50)
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("Bulk edit")
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["by", "-done_at"], name="bulk_edit_mine")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.count})"


class BulkEditItem(models.Model):
    """One question of a bulk edit: how it stood `before`, and `after`, so that an undo sees what came since."""

    edit = models.ForeignKey(BulkEdit, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edit", "question"], name="bulk_edit_item_once")]

    def __str__(self) -> str:
        return f"{self.edit_id}/{self.question_id}"
