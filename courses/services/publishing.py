"""From a draft to a frozen edition: by two people, each step on record (docs/decisions/0021)."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from wagtail.models import TaskState, WorkflowState

from courses.models import (
    CourseEdition,
    CourseFile,
    CourseFlag,
    CoursePage,
    Lesson,
    LessonArticle,
    LessonFile,
)
from courses.permissions import authoring as permissions
from courses.queries import authoring as reading
from courses.queries.lessons import Outcome, Prepared, Trouble, prepare
from courses.services import keeping
from courses.services.authoring import STREAM, Refused, account
from lianbing.kit import audit
from lianbing.people.models import User
from lianbing.people.rules import Actor


class Unfinished(Exception):
    """Something stands in the way of publishing: `troubles` name it with the lesson."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(", ".join(one.code for one in troubles))
        self.troubles = troubles


@transaction.atomic
def submit(*, course: CoursePage, by: Actor, at: datetime.datetime) -> None:
    """Hand a course in for review as it was last saved. Raises Unfinished or Refused."""
    if not permissions.can_author(by):
        raise Refused("role")
    CoursePage.objects.select_for_update().get(pk=course.pk)
    course.refresh_from_db()
    if course.workflow_in_progress:
        raise Refused("in_review")
    if reading.last_edition(course) and not reading.new_revisions(course).exists():
        raise Refused("nothing_new")
    outcome = prepare(reading.written(course, None), at)
    if outcome.troubles:
        raise Unfinished(outcome.troubles)
    _start(course, by)
    audit.record(stream=STREAM, action="course_submitted", by=by, at=at, subject=course)


def _start(course: CoursePage, by: Actor) -> None:
    """Begin the review, or go on with the one that sent the course back."""
    sent_back = course.current_workflow_state
    if sent_back is not None:
        sent_back.resume(user=account(by))
        return
    workflow = course.get_workflow()
    assert workflow is not None  # the index page has one from the start
    workflow.start(course, account(by))


@transaction.atomic
def take_back(*, course: CoursePage, by: Actor, at: datetime.datetime) -> None:
    """Take a course out of review to go on writing: who wrote it may. Raises Refused."""
    state = _open_state(course)
    if not permissions.can_author(by) or by.user_id not in reading.authors_of(course):
        raise Refused("not_author")
    state.workflow_state.cancel(user=account(by))
    audit.record(stream=STREAM, action="course_taken_back", by=by, at=at, subject=course)


@transaction.atomic
def send_back(*, course: CoursePage, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a course back to its author, with a reason. Raises Refused."""
    state = _open_state(course)
    _may_decide(course, by)
    if not reason.strip():
        raise Refused("reason")
    _decide(state, TaskState.STATUS_REJECTED, reason, by)
    audit.record(stream=STREAM, action="course_sent_back", by=by, at=at, subject=course, reason=reason)


def approve(*, course: CoursePage, note: str = "", by: Actor, at: datetime.datetime) -> CourseEdition:
    """Publish what is in review as the next edition. Raises Refused, Unfinished or keeping.FileGone."""
    state = _open_state(course)
    _may_decide(course, by)
    outcome = prepare(reading.written(course, state), at)
    if outcome.troubles:
        raise Unfinished(outcome.troubles)
    kept = keeping.keep_all(outcome.lessons, at)
    try:
        with transaction.atomic():
            return _publish(course, state.pk, outcome, kept, note, by, at)
    except IntegrityError:
        raise Refused("not_waiting") from None


def _publish(
    course: CoursePage,
    waiting: int,
    outcome: Outcome,
    kept: Mapping[str, CourseFile],
    note: str,
    by: Actor,
    at: datetime.datetime,
) -> CourseEdition:
    """Decide, set the page live and freeze the edition, all in the caller's transaction."""
    CoursePage.objects.select_for_update().get(pk=course.pk)
    state = _open_state(course)
    if state.pk != waiting:
        raise Refused("not_waiting")
    _may_decide(course, by)
    authors = reading.authors_of(course)
    _decide(state, TaskState.STATUS_APPROVED, note, by)
    revision = state.revision
    revision.publish(user=account(by), skip_permission_checks=True)
    page: CoursePage = revision.as_object()
    edition = _edition(page, revision.pk, outcome, note, authors, by, at)
    _freeze_lessons(edition, outcome.lessons, kept)
    settled = _settle_flags(edition, by, at)
    audit.record(
        stream=STREAM,
        action="course_published",
        by=by,
        at=at,
        subject=course,
        reason=note,
        edition=edition.number,
        lessons=len(outcome.lessons),
        alone=by.user_id in authors,
        flags_settled=settled,
    )
    course.refresh_from_db()
    return edition


def _edition(
    page: CoursePage,
    revision: int,
    outcome: Outcome,
    note: str,
    authors: frozenset[int],
    by: Actor,
    at: datetime.datetime,
) -> CourseEdition:
    last = reading.last_edition(page)
    people = User.objects.filter(pk__in=authors).order_by("pk")
    return CourseEdition.objects.create(
        course_id=page.pk,
        number=last.number + 1 if last else 1,
        title=page.title,
        summary=page.summary,
        category_id=page.category_id,
        prerequisites=[one.pk for one in page.prerequisites.all()],
        minutes=outcome.minutes,
        revision=revision,
        published_at=at,
        published_by=by.snapshot(),
        reviewed_by={} if by.user_id in authors else by.snapshot(),
        written_by=[{"user": one.pk, "name": one.name} for one in people],
        note=note[:300],
    )


def _freeze_lessons(
    edition: CourseEdition, lessons: Sequence[Prepared], kept: Mapping[str, CourseFile]
) -> None:
    for position, one in enumerate(lessons, 1):
        lesson = Lesson.objects.create(
            edition=edition,
            position=position,
            key=one.key,
            title=one.title,
            minimum_seconds=one.minimum_seconds,
            media_seconds=one.media_seconds,
            body=keeping.frozen(one.body, kept),
            check_versions=one.check,
            check_needed=one.check_needed,
        )
        LessonArticle.objects.bulk_create(LessonArticle(lesson=lesson, article_id=pk) for pk in one.articles)
        files = {kept[keeping.name_of(reference)].pk for reference in keeping.references(one.body)}
        LessonFile.objects.bulk_create(LessonFile(lesson=lesson, file_id=pk) for pk in sorted(files))


def _settle_flags(edition: CourseEdition, by: Actor, at: datetime.datetime) -> int:
    """A new edition answers every open flag of the course: its citations were resolved today."""
    open_flags = CourseFlag.objects.filter(settled_at=None, lesson__edition__course=edition.course_id)
    return CourseFlag.objects.filter(pk__in=list(open_flags.values_list("pk", flat=True))).update(
        settled_at=at, settled_by=by.snapshot(), settled_in=edition
    )


def _open_state(course: CoursePage) -> TaskState:
    state = reading.waiting_state(course)
    if state is None:
        raise Refused("not_waiting")
    return state


def _may_decide(course: CoursePage, by: Actor) -> None:
    if not permissions.can_author(by):
        raise Refused("role")
    if not permissions.can_approve(by, authors=reading.authors_of(course), alone=reading.alone()):
        raise Refused("author")


def _decide(state: TaskState, status: str, comment: str, by: Actor) -> None:
    """Write the decision where Wagtail's history shows it. Wagtail's own way on would publish unasked."""
    user = account(by)
    flow = state.workflow_state
    if status == TaskState.STATUS_APPROVED:
        state.approve(user=user, update=False, comment=comment)
        flow.status = WorkflowState.STATUS_APPROVED
    else:
        state.reject(user=user, update=False, comment=comment)
        flow.status = WorkflowState.STATUS_NEEDS_CHANGES
    flow.save()
