"""Reading learning: who takes what, how far, what may be begun."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courses.models import CourseEdition, CoursePage, Enrolment, Lesson, Note, Progress
from courses.rules import accrual

SECOND = 1000


def newest_editions() -> QuerySet[CourseEdition]:
    """The newest edition of every course that can still be begun."""
    newer = CourseEdition.objects.filter(course=OuterRef("course"), number__gt=OuterRef("number"))
    found = CourseEdition.objects.filter(~Exists(newer), course__withdrawn_at=None)
    return found.select_related("category", "course").order_by("title", "pk")


def newest_edition_of(course_pk: int) -> CourseEdition | None:
    """The newest edition of a course, withdrawn or not."""
    found = CourseEdition.objects.filter(course=course_pk).select_related("category", "course")
    return found.order_by("-number").first()


def _own(officer_id: int | None) -> Q:
    """What belongs to a person: their own record and those merged into it."""
    return Q(officer=officer_id, officer__isnull=False) | Q(officer__merged_into=officer_id)


def enrolments_of(officer_id: int | None) -> QuerySet[Enrolment]:
    """Everything somebody takes, has completed or left; with `done` of `lessons` lessons. One statement."""
    done = Count("progress", filter=Q(progress__done_at__isnull=False))
    lessons = Lesson.objects.filter(edition=OuterRef("edition")).order_by().values("edition")
    found = Enrolment.objects.filter(_own(officer_id)) if officer_id else Enrolment.objects.none()
    return found.select_related("edition__category", "course").annotate(
        done=done, lessons=Subquery(lessons.annotate(count=Count("pk")).values("count"))
    )


def enrolment_named(uid: uuid.UUID, officer_id: int | None) -> Enrolment | None:
    """Somebody's own enrolment, or None: anybody else's does not exist for them."""
    if officer_id is None:
        return None
    found = Enrolment.objects.filter(_own(officer_id), uid=uid)
    return found.select_related("edition__category", "course", "officer").first()


def open_enrolment(course_pk: int, officer_id: int) -> Enrolment | None:
    """The enrolment in which somebody learns a course now."""
    found = Enrolment.objects.filter(_own(officer_id), course=course_pk, completed_at=None, left_at=None)
    return found.select_related("edition").first()


def completed_courses(officer_id: int | None) -> set[int]:
    """The courses somebody has completed, in whatever edition."""
    if officer_id is None:
        return set()
    rows = Enrolment.objects.filter(_own(officer_id), completed_at__isnull=False)
    return set(rows.order_by().values_list("course_id", flat=True).distinct())


def missing_before(edition: CourseEdition, officer_id: int | None) -> list[CoursePage]:
    """The courses that must be completed first and are not, by title. None of them withdrawn."""
    wanted = set(edition.prerequisites)
    if not wanted:
        return []
    left = wanted - completed_courses(officer_id)
    return list(CoursePage.objects.filter(pk__in=left, withdrawn_at=None).order_by("title"))


def film_lengths(lesson: Lesson) -> list[int]:
    """How long each film of a lesson runs, in milliseconds, in the order of the page; 0 = unknown."""
    films = [part["file"] for part in lesson.body if part["kind"] == "video"]
    return [int(film.get("seconds") or 0) * SECOND for film in films]


def need_of(progress: Progress) -> accrual.Need:
    """What a lesson asks for, in the milliseconds of the rule. A film of unknown length asks for nothing."""
    return accrual.Need(progress.lesson.minimum_seconds * SECOND, tuple(progress.films))


def standing_of(progress: Progress) -> accrual.Standing:
    """How far somebody is, as the rule takes it."""
    seen = tuple(tuple((start, end) for start, end in ranges) for ranges in progress.seen)
    video, where, scrolled = progress.place or (0, 0, 0)
    return accrual.Standing(progress.credited_ms, progress.reading_ms, seen, (video, where, scrolled))


@dataclass(frozen=True)
class Step:
    """One lesson of an enrolment and how far it is."""

    lesson: Lesson
    progress: Progress | None

    @property
    def done(self) -> bool:
        return self.progress is not None and self.progress.done_at is not None

    @property
    def credited_seconds(self) -> int:
        """What was credited, at most what is needed."""
        credited = self.progress.credited_ms // SECOND if self.progress else 0
        return min(credited, self.lesson.minimum_seconds)

    @property
    def checked(self) -> bool:
        return self.progress is not None and self.progress.checked_at is not None


def steps_of(edition: CourseEdition, enrolment: Enrolment | None) -> list[Step]:
    """The lessons of an edition in their order, with the progress of an enrolment. Two statements."""
    lessons = Lesson.objects.filter(edition=edition).defer("body").order_by("position")
    rows = Progress.objects.filter(enrolment=enrolment) if enrolment else Progress.objects.none()
    by_lesson = {row.lesson_id: row for row in rows}
    return [Step(lesson, by_lesson.get(lesson.pk)) for lesson in lessons]


def next_step(steps: Sequence[Step]) -> Step | None:
    """Where to go on: the first lesson that is not done."""
    return next((step for step in steps if not step.done), None)


def lesson_at(edition_id: int, position: int) -> Lesson | None:
    """A lesson of an edition by its place."""
    return Lesson.objects.filter(edition=edition_id, position=position).select_related("edition").first()


def notes_of(officer_id: int | None, enrolments: Collection[int] | None = None) -> QuerySet[Note]:
    """Somebody's own notes, by course and lesson; of these enrolments alone where they are named."""
    if officer_id is None:
        return Note.objects.none()
    owner = Q(enrolment__officer=officer_id) | Q(enrolment__officer__merged_into=officer_id)
    found = Note.objects.filter(owner)
    if enrolments is not None:
        found = found.filter(enrolment__in=enrolments)
    related = found.select_related("lesson", "enrolment__edition").defer("lesson__body")
    return related.order_by("enrolment__edition__title", "enrolment", "lesson__position", "second", "made_at")
