"""Learning: who takes which course, how far they are, and the one clock of each person.

Written by `services.learning`, `services.playing` and `services.notes` only.
"""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer


class Enrolment(models.Model):
    """Somebody takes an edition of a course. It stays the edition of this enrolment to the end.

    Open = neither completed nor left; one open enrolment for each person and course. To take a newer edition
    is to leave this enrolment for another.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey("courses.CourseEdition", on_delete=models.PROTECT, related_name="enrolments")
    source = models.CharField(_("Source"), max_length=60, default="own")
    enrolled_at = models.DateTimeField(_("Enrolled at"))
    started_at = models.DateTimeField(_("Started at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("Completed at"), null=True, blank=True)
    left_at = models.DateTimeField(_("Left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Enrolment")
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "course"],
                condition=models.Q(completed_at=None, left_at=None),
                name="enrolment_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at=None) | models.Q(left_at=None),
                name="enrolment_completed_or_left",
            ),
        ]
        indexes = [models.Index(fields=["course", "completed_at"], name="enrolment_by_course")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.course_id}"

    def get_absolute_url(self) -> str:
        return reverse("courses:course", args=[self.course_id])

    @property
    def is_open(self) -> bool:
        """Whether it can still be learned in."""
        return self.completed_at is None and self.left_at is None

    @property
    def number(self) -> str:
        """What stands on the statement of completion: the first twelve signs of the uid."""
        return self.uid.hex[:12].upper()


class Progress(models.Model):
    """How far an enrolment is in one lesson. Lengths in milliseconds; `seen` are the ranges of each film.

    `films`: how long each film of the lesson runs, as it was when the lesson was first opened. `place`: which
    film, where in it, and how far down the page in thousandths, to go on from on any device.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="progress")
    lesson = models.ForeignKey("courses.Lesson", on_delete=models.PROTECT, related_name="+")
    credited_ms = models.PositiveBigIntegerField(default=0)
    reading_ms = models.PositiveBigIntegerField(default=0)
    films = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    place = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Progress")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once_per_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.lesson_id}"


class LearningClock(models.Model):
    """The one clock of a person: which lesson it runs for, counted up to when. Every device shares it.

    `lease` goes up with each opening of a lesson; only the newest opening is credited.
    """

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="learning_clock")
    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="+")
    lease = models.PositiveIntegerField(default=1)
    counted_to = models.DateTimeField()
    seq = models.PositiveBigIntegerField(default=0)
    live = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Learning clock")

    def __str__(self) -> str:
        return f"{self.officer_id} #{self.lease}"


@append_only
class LessonTry(models.Model):
    """One try at the questions of a lesson. `uid` is the player's: the same try sent twice is one row."""

    uid = models.UUIDField(unique=True, editable=False)
    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="tries")
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Try at a lesson's questions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


class Note(models.Model):
    """A learner's own note in a lesson; nobody else reads it. `second`: where in the video, if in one."""

    uid = models.UUIDField(unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="notes")
    lesson = models.ForeignKey("courses.Lesson", on_delete=models.PROTECT, related_name="+")
    second = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("Note"), max_length=2000)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Study note")
        ordering = ["lesson__position", "second", "made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
