"""What is to be learned by whom: learning paths, reading lists, and the tasks of each officer (decision 0022).

A path and a reading list are one kind of thing, an assignment: an audience and items in order. Published ones
are frozen; to change one is to publish another in its place. Tasks follow from them and are written by
`services.tasks` alone.
"""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.authoring import CoursePage
from lianbing.kit.append_only import append_only, frozen_once, frozen_with
from lianbing.library.models import Article, Law, LibraryDocument
from lianbing.people.models import Officer


@frozen_once("withdrawn_at")
class Assignment(models.Model):
    """A learning path (steps with days after joining its audience) or a reading list (one day for all).

    `induction`: a path that must be finished before one may be posted (R16). `replaces`: the published one
    this one takes the place of once it is published itself.
    """

    class Kind(models.TextChoices):
        PATH = "path", _("Learning path")
        LIST = "list", _("Reading list")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(_("Title"), max_length=100)
    note = models.CharField(_("Word to the learners"), max_length=300, blank=True)
    audience = models.JSONField(default=dict, blank=True)
    induction = models.BooleanField(_("Induction: to be finished before being posted"), default=False)
    due_on = models.DateField(_("To be done by"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    made_by = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(_("Published at"), null=True, blank=True)
    published_by = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_because = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("learning", "Assignment")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_withdrawn_after_published",
                condition=models.Q(withdrawn_at=None) | models.Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_induction_is_a_path",
                condition=models.Q(induction=False) | models.Q(kind="path"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:assignment", args=[self.uid])

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.published_at is None

    @property
    def in_force(self) -> bool:
        """Whether tasks follow from it."""
        return self.published_at is not None and self.withdrawn_at is None


@frozen_with("assignment", "published_at")
class AssignmentItem(models.Model):
    """One thing to learn or read. `uid` stays the same in what replaces the assignment or takes its items over.

    `due_days` (paths): days after coming into the audience. An elective one is offered and never overdue.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("Course")
        LAW = "law", _("Law")
        ARTICLE = "article", _("Article")
        DOCUMENT = "document", _("Document")
        FILM = "film", _("Film")
        TEXT = "text", _("Text to confirm")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="items")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    title = models.CharField(_("Title"), max_length=255)
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(
        LibraryDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("Text"), blank=True)
    due_days = models.PositiveSmallIntegerField(_("Days"), default=30)
    elective = models.BooleanField(_("Elective"), default=False)

    class Meta:
        verbose_name = _("Item")
        ordering = ["assignment", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "uid"], name="assignment_item_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What its tasks are known by: a course is one task however many assignments name it."""
        return f"course:{self.course_id}" if self.course_id else f"item:{self.uid}"


class LearningTask(models.Model):
    """Something one officer is to do. `key` as of the item; `item` is the one it was last wanted through.

    `sources` are the pks of the assignments that want it. Withdrawn ones are kept; what is done is never
    withdrawn. One live task for each officer and key.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="learning_tasks")
    key = models.CharField(max_length=60)
    item = models.ForeignKey(AssignmentItem, on_delete=models.PROTECT, related_name="tasks")
    sources = models.JSONField(default=list)
    compulsory = models.BooleanField(default=True)
    assigned_at = models.DateTimeField()
    due_on = models.DateField(_("To be done by"))
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Learning task")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "key"],
                condition=models.Q(withdrawn_at=None),
                name="learning_task_one_live",
            ),
            models.CheckConstraint(
                name="learning_task_done_is_kept",
                condition=models.Q(done_at=None) | models.Q(withdrawn_at=None),
            ),
        ]
        indexes = [models.Index(fields=["key", "officer"], name="learning_task_by_key")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.key}"


@append_only
class ReadConfirmation(models.Model):
    """An officer says that they have read or watched something on their list."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    item = models.ForeignKey(AssignmentItem, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Confirmation of reading")
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="read_confirmation_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.key}"


class TaskRound(models.Model):
    """When the tasks of everybody were last worked out. One row; `stale_since`: something changed since."""

    only = models.BooleanField(primary_key=True, default=True)
    settled_on = models.DateField(null=True, blank=True)
    stale_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Round of tasks")
        constraints = [models.CheckConstraint(name="task_round_one_row", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return str(self.settled_on)
