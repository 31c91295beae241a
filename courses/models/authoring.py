"""A course while it is written: what Wagtail's editor knows (docs/decisions/0021).

Nobody learns from it. What is taught is the frozen `CourseEdition` it becomes once a second person approved.
"""

from typing import Any, ClassVar

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, Task, TaskState

from courses.blocks import CourseBlocks
from courses.models.categories import ContentCategory


class CourseIndexPage(Page):
    """The root under which courses are written."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("Courses")

    def get_absolute_url(self) -> str:
        return reverse("courses:manage")


class CourseRule(models.Model):
    """How many people stand behind a published course: 2, or 1 in a bureau with a single trainer. One row."""

    only = models.BooleanField(primary_key=True, default=True)
    alone = models.BooleanField(_("Who wrote a course may publish it alone"), default=False)

    class Meta:
        verbose_name = _("Rule of publishing courses")
        constraints = [models.CheckConstraint(name="course_rule_one_row", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return str(self.alone)


class CoursePage(Page):
    """One course. `withdrawn_at`: nobody can begin it any more; what was learned stays."""

    category = models.ForeignKey(
        ContentCategory,
        verbose_name=_("Content category"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    lessons = StreamField(CourseBlocks(), verbose_name=_("Lessons"), blank=True)
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("To be completed before"),
        symmetrical=False,
        related_name="opens",
        blank=True,
    )
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True, editable=False)

    # A plain field: Wagtail's own title panel looks for an address field, which authors of courses do not see.
    content_panels = [
        FieldPanel("title", classname="title"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("summary")]),
        FieldPanel("lessons"),
        FieldPanel("prerequisites"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []
    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")

    def get_absolute_url(self) -> str:
        return reverse("courses:manage_course", args=[self.pk])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        path = self.get_absolute_url()
        return (parts[0], parts[1], path) if parts else (0, "", path)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "courses/authoring/preview.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The preview stands in a frame of the editor, which the site's content policy forbids elsewhere."""
        response: HttpResponse = super().serve_preview(request, mode_name)
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        response.headers[HEADER] = build_policy(config={**directives, "frame-ancestors": ["'self'"]})
        return response

    def with_content_json(self, content: dict[str, Any]) -> "CoursePage":
        """A withdrawal is a fact about the course, not about one revision."""
        course: CoursePage = super().with_content_json(content)
        course.withdrawn_at = (
            CoursePage.objects.filter(pk=self.pk).values_list("withdrawn_at", flat=True).first()
        )
        return course

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail does, but only what was approved. Raises PermissionDenied otherwise.

        `services.publishing` calls this and makes the edition in the same transaction.
        """
        approved = TaskState.objects.filter(
            revision=revision, status=TaskState.STATUS_APPROVED, task__in=CourseReview.objects.all()
        )
        if not approved.exists():
            raise PermissionDenied
        return super().publish(revision, *args, **kwargs)


class CourseLock(WorkflowLock):
    """Locks a course while somebody looks at it, and says where they do."""

    def get_message(self, user: Any) -> SafeString:
        del user
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("This course is in review and cannot be edited meanwhile."),
            reverse("courses:review", args=[self.object.pk]),
            gettext("See what it changes"),
        )


class CourseReview(Task):
    """A second person's look at a course. It is decided on a page of ours, never in the editor (as law texts are)."""

    admin_form_fields: ClassVar[list[str]] = ["name"]
    lock_class = CourseLock

    class Meta:
        verbose_name = _("Review of a course")
        verbose_name_plural = _("Reviews of courses")

    def locked_for_user(self, obj: models.Model, user: Any) -> bool:
        del obj, user
        return True

    def get_actions(self, obj: models.Model, user: Any) -> list[Any]:
        del obj, user
        return []

    @classmethod
    def get_description(cls) -> str | Promise:
        return _("Approved or sent back by somebody who did not write the course")
