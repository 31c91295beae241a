"""Courses in the editor: handing in leads to the page of the review, and nothing leads past it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import PublishMenuItem, UnpublishMenuItem
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage
from courses.queries.lessons import prepare
from courses.rendering import troubles
from courses.services.authoring import STREAM
from courses.views.files import cms_picture
from lianbing.kit import audit, clock

HANDED_IN = {"action-submit", "action-restart-workflow"}


@hooks.register("register_admin_urls")
def pictures() -> list[URLPattern]:
    """The address under which the editor shows pictures (settings.MEDIA_URL)."""
    return [path("media/<path:name>", cms_picture, name="course_picture")]


@hooks.register("construct_page_action_menu")
def no_way_past_the_review(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail offers these to superusers; `CoursePage.publish` would refuse."""
    del request
    page, parent = context.get("page"), context.get("parent_page")
    if isinstance(page, CoursePage) or (parent and isinstance(parent.specific, CourseIndexPage)):
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def on_to_the_review(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who hands a course in sees what it changes; what is amiss is said at once and the course comes back."""
    course = page.specific
    if not isinstance(course, CoursePage) or not HANDED_IN & request.POST.keys():
        return None
    course.refresh_from_db()
    state = course.current_workflow_state
    if state is None or not course.workflow_in_progress:
        return None
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]  # set by AccessMiddleware
    outcome = prepare(course.get_latest_revision_as_object(), at)
    if outcome.troubles:
        state.cancel(user=request.user)
        for one in outcome.troubles:
            messages.error(request, troubles.say(one))
        return redirect("wagtailadmin_pages:edit", course.pk)
    audit.record(stream=STREAM, action="course_submitted", by=by, at=at, subject=course)
    messages.success(request, _("Handed in for review."))
    return redirect("courses:review", course.pk)


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> None:
    """A published course is withdrawn, never deleted; one in review is taken back first. Raises PermissionDenied."""
    del request
    course = page.specific
    if isinstance(course, CoursePage) and (course.editions.exists() or course.workflow_in_progress):
        raise PermissionDenied


@hooks.register("after_delete_page")
def record_what_went(request: HttpRequest, page: Page) -> None:
    """A discarded draft stays on record by its name."""
    if page.content_type.model_class() is CoursePage:
        by, at = request.actor, clock.now()  # type: ignore[attr-defined]  # set by AccessMiddleware
        audit.record(stream=STREAM, action="course_discarded", by=by, at=at, subject_name=page.title)
