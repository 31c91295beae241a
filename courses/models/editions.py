"""What is taught: published editions of courses, frozen with their lessons (docs/decisions/0021).

Everything a learner sees comes from here. The body of a lesson is data with everything resolved: articles by
their rows (which are frozen themselves), questions by their versions, files by rows of `CourseFile`.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models.authoring import CoursePage
from courses.models.categories import ContentCategory
from lianbing.kit.append_only import append_only, frozen_once
from lianbing.library.models import Article, LawEdition


@append_only
class CourseEdition(models.Model):
    """One published edition. `published_by`, `reviewed_by` and `written_by` are snapshots of people.

    `minutes` is the sum of what its lessons take at least; `prerequisites` are pks of courses; `revision` is
    the pk of the revision in the editor it came from.
    """

    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("Edition"))
    title = models.CharField(_("Title"), max_length=255)
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    category = models.ForeignKey(ContentCategory, on_delete=models.PROTECT, related_name="+", null=True)
    prerequisites = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(_("Minutes"))
    revision = models.PositiveBigIntegerField(null=True)
    published_at = models.DateTimeField(_("Published at"))
    published_by = models.JSONField(default=dict)
    reviewed_by = models.JSONField(default=dict)
    written_by = models.JSONField(default=list)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Edition of a course")
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="course_edition_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("courses:edition", args=[self.pk])


@append_only
class Lesson(models.Model):
    """One lesson of an edition. `key` is the same through all editions of a course.

    `minimum_seconds` must be spent before it counts; `media_seconds` is how long its films run (0 = none, or
    unknown); `check_needed` of the questions `check_versions` (pks of QuestionVersion) must be right.
    `body` is what `rendering.lessons` shows.
    """

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=36)
    title = models.CharField(_("Title"), max_length=100)
    minimum_seconds = models.PositiveIntegerField()
    media_seconds = models.PositiveIntegerField(default=0)
    body = models.JSONField(default=list)
    check_versions = models.JSONField(default=list)
    check_needed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Lesson")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="lesson_position_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="lesson_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class LessonArticle(models.Model):
    """An article that a lesson teaches."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="cited")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Article in a lesson")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lesson", "article"], name="lesson_article_once")]

    def __str__(self) -> str:
        return f"{self.lesson} {self.article}"


@append_only
class CourseFile(models.Model):
    """A file as it was when a course was published: kept under its own digest, once, whatever the editor does later.

    `seconds` is the running time of a film. `lessons` that show it are its `uses`.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="courses", max_length=120)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("File of a course")

    def __str__(self) -> str:
        return self.name

    @property
    def filename(self) -> str:
        """The name it is kept under by whoever downloads it."""
        return self.name


@append_only
class LessonFile(models.Model):
    """A lesson shows a file."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(CourseFile, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = _("File in a lesson")
        constraints = [models.UniqueConstraint(fields=["lesson", "file"], name="lesson_file_once")]

    def __str__(self) -> str:
        return f"{self.lesson} {self.file}"


@frozen_once("settled_at")
class CourseFlag(models.Model):
    """An article that a lesson teaches was amended. It stands until a new edition is published or somebody says
    with a reason that nothing changes; `law_edition` and `event` name what came or went (library.LawEvent), `settled_by` is a snapshot of them, `settled_in` the new edition."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="flags")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    law_edition = models.ForeignKey(LawEdition, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=16)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.JSONField(default=dict, blank=True)
    settled_in = models.ForeignKey(
        CourseEdition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Course whose law changed")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "article", "law_edition", "event"], name="course_flag_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson} {self.article}"
