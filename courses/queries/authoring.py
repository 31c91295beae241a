"""Courses on their way: who wrote them, what waits for a second person, what the desk lists."""

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision, TaskState, WorkflowState

from courses.models import CourseEdition, CourseFlag, CoursePage, CourseRule
from lianbing.kit.models import AuditRecord

STATES = ("draft", "in_review", "published", "flagged", "withdrawn")


def alone() -> bool:
    """Whether who wrote a course may publish it alone."""
    return CourseRule.objects.filter(alone=True).exists()


def last_edition(course: CoursePage) -> CourseEdition | None:
    """The newest published edition."""
    return course.editions.order_by("-number").first()


def new_revisions(course: CoursePage) -> QuerySet[Revision]:
    """What was written since the last edition."""
    last = last_edition(course)
    since = last.revision if last and last.revision else 0
    return Revision.objects.for_instance(course).filter(pk__gt=since)


def authors_of(course: CoursePage) -> frozenset[int]:
    """The accounts that wrote or submitted what is not published yet."""
    wrote = set(new_revisions(course).values_list("user_id", flat=True))
    open_state = course.current_workflow_state
    asked = {open_state.requested_by_id} if open_state else set()
    return frozenset(pk for pk in wrote | asked if pk is not None)


def waiting_state(course: CoursePage) -> TaskState | None:
    """The open review of a course, with the revision it is about."""
    return (
        TaskState.objects.for_instance(course)
        .filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state__requested_by", "task")
        .first()
    )


def decisions_on(course: CoursePage) -> list[TaskState]:
    """What was decided about a course so far, newest first."""
    done = TaskState.objects.for_instance(course).exclude(status=TaskState.STATUS_IN_PROGRESS)
    return list(done.select_related("finished_by").order_by("-finished_at", "-pk"))


def written(course: CoursePage, state: TaskState | None) -> CoursePage:
    """The course as it is under review, else as it was last saved."""
    if state is not None:
        found: CoursePage = state.revision.as_object()
        return found
    latest: CoursePage = course.get_latest_revision_as_object()
    return latest


def _open_reviews() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        content_type__app_label=CoursePage._meta.app_label,
        content_type__model=CoursePage._meta.model_name,
    )


def courses() -> QuerySet[CoursePage]:
    """All courses with what the desk shows of each: `edition_number`, `edition_pk`, `reviewing`, `flag_count`."""
    newest = CourseEdition.objects.filter(course=OuterRef("pk")).order_by("-number")
    flags = CourseFlag.objects.filter(settled_at=None, lesson__edition__course=OuterRef("pk"))
    counted = flags.order_by().values("lesson__edition__course").annotate(count=Count("pk")).values("count")
    return (
        CoursePage.objects.annotate(
            edition_number=Subquery(newest.values("number")[:1]),
            edition_pk=Subquery(newest.values("pk")[:1]),
            published_on=Subquery(newest.values("published_at")[:1]),
            reviewing=Exists(_open_reviews().filter(object_id=Cast(OuterRef("pk"), CharField()))),
            flag_count=Subquery(counted),
        )
        .select_related("category", "owner")
        .defer("lessons")
        .order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")
    )


def narrowed(
    words: str = "", state: str = "", category: int | None = None, mine: int | None = None
) -> QuerySet[CoursePage]:
    """Courses under the filters of the desk. `mine`: pk of an account that began them."""
    found = courses()
    for word in words.split()[:8]:
        found = found.filter(Q(draft_title__icontains=word) | Q(summary__icontains=word))
    if category is not None:
        found = found.filter(category=category)
    if mine is not None:
        found = found.filter(owner=mine)
    standing = {
        "draft": Q(reviewing=False) & (Q(edition_number=None) | Q(has_unpublished_changes=True)),
        "in_review": Q(reviewing=True),
        "published": Q(edition_number__isnull=False, withdrawn_at=None),
        "flagged": Q(flag_count__gt=0),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    return found.filter(standing[state]) if state in standing else found


def counts() -> dict[str, int]:
    """How many courses stand in each state of the desk. One statement."""
    every = (
        courses()
        .order_by()
        .values("pk", "reviewing", "edition_number", "has_unpublished_changes", "withdrawn_at", "flag_count")
    )
    found = dict.fromkeys(STATES, 0)
    for one in every:
        unpublished = one["edition_number"] is None or one["has_unpublished_changes"]
        found["in_review"] += one["reviewing"]
        found["draft"] += unpublished and not one["reviewing"]
        found["published"] += one["edition_number"] is not None and one["withdrawn_at"] is None
        found["flagged"] += bool(one["flag_count"])
        found["withdrawn"] += one["withdrawn_at"] is not None
    return found


def acts_on(course: CoursePage, limit: int = 50) -> list[AuditRecord]:
    """What the audit trail holds of a course, newest first."""
    about = AuditRecord.objects.filter(
        stream="courses", subject_type=CoursePage._meta.label_lower, subject_id=str(course.pk)
    )
    return list(about.order_by("-pk")[:limit])
