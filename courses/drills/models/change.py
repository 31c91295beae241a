"""Change-training (R42): a law or a card changed, and the posts concerned learn it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.drills.models.sets import DrillSet
from lianbing.library.models import CardVersion, LawEdition
from lianbing.people.models import Officer


class ChangeTraining(models.Model):
    """One change and whom it concerns: an edition's coming or going, or an approved version of a card.

    `articles` are the articles that changed (of whatever edition), `posts` the posts concerned; without any
    it is for everybody. Withdrawn, nobody is asked any more; what was passed stays.
    """

    title = models.CharField(_("Title"), max_length=200)
    edition = models.ForeignKey(
        LawEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="change_trainings"
    )
    event = models.CharField(max_length=16, blank=True)
    card_version = models.OneToOneField(
        CardVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="change_training"
    )
    articles = models.JSONField(default=list, blank=True)
    posts = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    due_on = models.DateField(_("Due"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=50, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("drill", "Change training")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition__isnull=True) ^ models.Q(card_version__isnull=True),
                name="change_training_one_cause",
            ),
            models.UniqueConstraint(fields=["edition", "event"], name="change_training_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ChangeTask(models.Model):
    """What one officer has to do about a change: pass a short test. Each try is a drill set; `drill_set` the last.

    `failed_at` is when a try was last not passed; it stays when a later one is. `withdrawn_at`: the person
    is concerned no more.
    """

    training = models.ForeignKey(ChangeTraining, on_delete=models.PROTECT, related_name="tasks")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="change_tasks")
    made_at = models.DateTimeField()
    due_on = models.DateField(_("Due"))
    drill_set = models.OneToOneField(
        DrillSet, on_delete=models.PROTECT, null=True, blank=True, related_name="change_task"
    )
    tries = models.PositiveSmallIntegerField(_("Tries"), default=0)
    passed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Task of change training")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["training", "officer"], name="change_task_once")]
        indexes = [models.Index(fields=["officer", "passed_at", "withdrawn_at"], name="change_task_open")]

    def __str__(self) -> str:
        return f"{self.training_id} {self.officer_id}"
