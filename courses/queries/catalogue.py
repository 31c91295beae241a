"""The catalogue: what somebody takes, what is assigned to them, what else can be begun."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from courses.models import CourseEdition, CoursePage, Enrolment, LearningTask
from courses.queries import categories
from courses.queries.learning import enrolments_of, newest_editions


@dataclass(frozen=True)
class Mine:
    """A person's enrolments: those under way (what was begun last stands first), those completed."""

    learning: list[Enrolment] = field(default_factory=list)
    completed: list[Enrolment] = field(default_factory=list)

    @property
    def taken(self) -> set[int]:
        """The courses under way."""
        return {one.course_id for one in self.learning}

    @property
    def finished(self) -> set[int]:
        """The courses completed."""
        return {one.course_id for one in self.completed}


@dataclass(frozen=True)
class Assigned:
    """A course somebody is to complete by a day."""

    edition: CourseEdition
    due_on: datetime.date


def mine(officer_id: int | None) -> Mine:
    """What somebody takes and has completed, each course once under each. One statement."""
    rows = list(enrolments_of(officer_id).filter(left_at=None).order_by("-enrolled_at", "-pk"))
    completed: dict[int, Enrolment] = {}
    for row in rows:
        if row.completed_at is not None:
            completed.setdefault(row.course_id, row)
    return Mine([row for row in rows if row.completed_at is None], list(completed.values()))


def offered(words: str, category: str, without: Collection[int] = ()) -> QuerySet[CourseEdition]:
    """What can be begun, narrowed by words of title and summary and by a category with those below it."""
    found = newest_editions().exclude(course__in=without)
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    if category:
        found = found.filter(category__code__in=categories.known().below([category]))
    return found


def last_completed(course_pk: int, officer_id: int | None) -> Enrolment | None:
    """The newest completion of a course by somebody."""
    if officer_id is None:
        return None
    own = Q(officer=officer_id) | Q(officer__merged_into=officer_id)
    found = Enrolment.objects.filter(own, course=course_pk, completed_at__isnull=False)
    return found.select_related("edition").order_by("-completed_at").first()


def opened_by(course_pk: int) -> list[CoursePage]:
    """The courses for which this one had to be completed."""
    rows = [one.course for one in newest_editions() if course_pk in one.prerequisites]
    return sorted(rows, key=lambda page: page.title)


def dues(officer_id: int | None) -> dict[int, datetime.date]:
    """The courses somebody must still complete, with their last day. One statement."""
    if officer_id is None:
        return {}
    tasks = LearningTask.objects.filter(
        officer=officer_id, done_at=None, withdrawn_at=None, item__course__isnull=False, compulsory=True
    )
    return dict(tasks.order_by("-due_on").values_list("item__course", "due_on"))


def assigned(due: Mapping[int, datetime.date], mine: Mine) -> list[Assigned]:
    """What somebody is to complete and has not begun, what is due first standing first."""
    left = set(due) - mine.taken
    rows = newest_editions().filter(course__in=left) if left else []
    found = [Assigned(row, due[row.course_id]) for row in rows]
    return sorted(found, key=lambda one: (one.due_on, one.edition.title))


def with_dues(mine: Mine, due: Mapping[int, datetime.date]) -> list[tuple[Enrolment, datetime.date | None]]:
    """What somebody takes, each with its last day, what is due first standing first."""
    rows = [(one, due.get(one.course_id)) for one in mine.learning]
    return sorted(rows, key=lambda row: row[1] or datetime.date.max)
