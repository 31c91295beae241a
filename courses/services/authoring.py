"""The place under which courses are written, with what editors may do there, and beginning, copying, withdrawing one."""

import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from courses.models import ContentCategory, CourseIndexPage, CoursePage, CourseReview, CourseRule
from courses.permissions import authoring as permissions
from courses.services import tasks
from lianbing.kit import audit
from lianbing.library.services import ensure_handbook
from lianbing.library.services.handbook import EDITORS
from lianbing.people.models import User
from lianbing.people.rules import Actor

STREAM = "courses"
# Never "publish_page": publishing is the second person's decision, on a page of our own.
MAY_WITH_PAGES = ("add_page", "change_page")
MAY_WITH_FILES = (
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
)
LONGEST_SLUG = 100


class Refused(Exception):
    """The person may not do this, or not now. `code`: see `rendering.troubles.refusal`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def ensure_courses() -> CourseIndexPage:
    """The root page of courses with its editors and its review, made on the first call. One statement once it is there."""
    index = CourseIndexPage.objects.first()
    if index is not None:
        return index
    handbook = ensure_handbook()
    root = Page.objects.get(pk=handbook.get_parent().pk)
    with translation.override("zh-hans"):
        index = root.add_child(instance=CourseIndexPage(title="课程", slug="courses", locale=handbook.locale))
        _permit(index)
        _review_for(index)
    return index


def _permit(index: CourseIndexPage) -> None:
    """What the editors' group may do with courses and the files they show."""
    group, _made = Group.objects.get_or_create(name=EDITORS)
    for codename in MAY_WITH_PAGES:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=permission)
    files = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for app_label, codename in MAY_WITH_FILES:
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def _review_for(index: CourseIndexPage) -> None:
    """Every course goes through the look of a second person."""
    name = _("Second person")
    workflow = Workflow.objects.create(name=_("Review of courses"))
    task = CourseReview.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=index)


@transaction.atomic
def write_course(
    *,
    title: str,
    lessons: list[Any],
    category: ContentCategory | None = None,
    summary: str = "",
    prerequisites: list[CoursePage] | None = None,
    by: Actor,
    at: datetime.datetime,
    action: str = "course_begun",
    **details: Any,
) -> CoursePage:
    """Begin a course as a draft. `lessons` is raw stream data (or pairs of block name and value).

    `action` and `details` go on record. Nobody without an account writes.
    """
    index = ensure_courses()
    course = CoursePage(
        title=title[:255],
        slug=free_slug(title),
        summary=summary,
        category=category,
        locale=index.locale,
        owner=account(by),
        live=False,
        has_unpublished_changes=True,
    )
    course.lessons = lessons
    course.prerequisites = prerequisites or []
    index.add_child(instance=course)
    course.save_revision(user=account(by), clean=False)
    audit.record(stream=STREAM, action=action, by=by, at=at, subject=course, **details)
    return course


@transaction.atomic
def rewrite_course(*, course: CoursePage, by: Actor, at: datetime.datetime, **facts: Any) -> CoursePage:
    """Save a new revision with other facts (title, lessons, summary ...), as the editor would. Raises Refused in review."""
    if course.workflow_in_progress:
        raise Refused("in_review")
    draft: CoursePage = course.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision(user=account(by), clean=False)
    audit.record(stream=STREAM, action="course_rewritten", by=by, at=at, subject=course)
    course.refresh_from_db()
    return course


@transaction.atomic
def copy_course(*, course: CoursePage, by: Actor, at: datetime.datetime) -> CoursePage:
    """A new draft with all lessons of a course, as they were last written."""
    latest: CoursePage = course.get_latest_revision_as_object()
    title = _("Copy of %(title)s") % {"title": latest.title}
    return write_course(
        title=title,
        lessons=latest.lessons.get_prep_value(),
        category=latest.category,
        summary=latest.summary,
        prerequisites=list(latest.prerequisites.all()),
        by=by,
        at=at,
        action="course_copied",
        copied_from=course.pk,
    )


@transaction.atomic
def withdraw(*, course: CoursePage, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Nobody begins this course any more; who began it goes on. Paths and lists stop asking for it at the next
    settling of tasks. Raises Refused.
    """
    _decide_standing(course, by)
    if CoursePage.objects.filter(pk=course.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("withdrawn")
    course.withdrawn_at = at
    tasks.mark_stale(at=at)
    audit.record(stream=STREAM, action="course_withdrawn", by=by, at=at, subject=course, reason=reason)


@transaction.atomic
def restore(*, course: CoursePage, by: Actor, at: datetime.datetime) -> None:
    """Take a withdrawal back. Raises Refused."""
    _decide_standing(course, by)
    known = CoursePage.objects.filter(pk=course.pk, withdrawn_at__isnull=False)
    if known.update(withdrawn_at=None) != 1:
        raise Refused("not_withdrawn")
    course.withdrawn_at = None
    tasks.mark_stale(at=at)
    audit.record(stream=STREAM, action="course_restored", by=by, at=at, subject=course)


def _decide_standing(course: CoursePage, by: Actor) -> None:
    if not permissions.can_author(by):
        raise Refused("role")
    if not course.editions.exists():
        raise Refused("no_edition")


@transaction.atomic
def set_rule(*, alone: bool, by: Actor, at: datetime.datetime) -> None:
    """Whether who wrote a course may publish it alone. Raises Refused."""
    if not permissions.can_rule(by):
        raise Refused("role")
    CourseRule.objects.update_or_create(only=True, defaults={"alone": alone})
    audit.record(stream=STREAM, action="course_rule_set", by=by, at=at, alone=alone)


def account(by: Actor) -> User | None:
    """The account behind a person; None for the system (the demo, an import)."""
    return User.objects.get(pk=by.user_id) if by.user_id is not None else None


def free_slug(title: str) -> str:
    """An address for a title that no course has yet."""
    wanted = slugify(title, allow_unicode=True)[:LONGEST_SLUG] or "course"
    taken = set(Page.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(
        slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
