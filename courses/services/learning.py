"""Taking a course: beginning it, going over to a newer edition, completing it."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from courses.models import CourseEdition, CoursePage, Enrolment, Lesson, Progress
from courses.queries import learning as queries
from lianbing.kit import audit, outbox
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


class CannotLearn(Exception):
    """Nothing was saved. `code`: stranger (no officer behind the account), nothing (no edition to learn),
    withdrawn, missing (`before`: the courses to complete first), closed (the enrolment is over), no_newer."""

    def __init__(self, code: str, before: Sequence[CoursePage] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.before = list(before)


def begin(
    *,
    course: CoursePage,
    by: Actor,
    at: datetime.datetime,
    source: str = "own",
    officer: Officer | None = None,
) -> Enrolment:
    """Begin the newest edition of a course, or go on with the one begun. Twice at once is one enrolment.

    `officer`: whose learning it is where somebody else acts for them. Raises CannotLearn.
    """
    officer_id = officer.pk if officer else by.officer_id
    if officer_id is None:
        raise CannotLearn("stranger")
    known = queries.open_enrolment(course.pk, officer_id)
    return known or _enrol(_startable(course, officer_id), officer_id, source, by, at)


def _startable(course: CoursePage, officer_id: int) -> CourseEdition:
    """The edition to begin. Raises CannotLearn."""
    edition = queries.newest_edition_of(course.pk)
    if edition is None:
        raise CannotLearn("nothing")
    if edition.course.withdrawn_at is not None:
        raise CannotLearn("withdrawn")
    if before := queries.missing_before(edition, officer_id):
        raise CannotLearn("missing", before)
    return edition


def _enrol(
    edition: CourseEdition, officer_id: int, source: str, by: Actor, at: datetime.datetime
) -> Enrolment:
    """One open enrolment for each person and course: the database decides between two."""
    try:
        with transaction.atomic():
            made = Enrolment.objects.create(
                officer_id=officer_id,
                course_id=edition.course_id,
                edition=edition,
                source=source[:60],
                enrolled_at=at,
                started_at=at,
            )
            audit.record(
                stream="courses",
                action="learning_begun",
                by=by,
                at=at,
                subject=made,
                subject_name=edition.title,
                edition=edition.number,
            )
    except IntegrityError:
        return Enrolment.objects.get(
            officer=officer_id, course=edition.course_id, completed_at=None, left_at=None
        )
    return made


@transaction.atomic
def take_newer(*, enrolment: Enrolment, by: Actor, at: datetime.datetime) -> Enrolment:
    """Go over from the edition begun to the newest one. Lessons that are word for word the same keep what
    was credited. Raises CannotLearn: closed, no_newer, and what `begin` raises."""
    edition = _startable(enrolment.course, enrolment.officer_id)
    if edition.pk == enrolment.edition_id:
        raise CannotLearn("no_newer")
    changed = Enrolment.objects.filter(pk=enrolment.pk, completed_at=None, left_at=None).update(left_at=at)
    if changed != 1:
        raise CannotLearn("closed")
    made = _enrol(edition, enrolment.officer_id, enrolment.source, by, at)
    _carry_over(enrolment, made)
    settle(enrolment=made, by=by, at=at)
    return made


def _same(lesson: Lesson) -> tuple[object, ...]:
    return lesson.key, lesson.minimum_seconds, lesson.body, lesson.check_versions, lesson.check_needed


def _carry_over(old: Enrolment, new: Enrolment) -> None:
    """Copy the progress of lessons that did not change."""
    fresh = {lesson.key: lesson for lesson in Lesson.objects.filter(edition=new.edition_id)}
    rows = []
    for row in Progress.objects.filter(enrolment=old).select_related("lesson"):
        lesson = fresh.get(row.lesson.key)
        if lesson is not None and _same(lesson) == _same(row.lesson):
            rows.append(
                Progress(
                    enrolment=new,
                    lesson=lesson,
                    credited_ms=row.credited_ms,
                    reading_ms=row.reading_ms,
                    films=row.films,
                    seen=row.seen,
                    place=row.place,
                    opened_at=row.opened_at,
                    checked_at=row.checked_at,
                    done_at=row.done_at,
                )
            )
    Progress.objects.bulk_create(rows)


def settle(*, enrolment: Enrolment, by: Actor, at: datetime.datetime) -> bool:
    """Complete the enrolment if all its lessons are done. True for the one call that completed it.

    Call it in the transaction that made a lesson done. Its row is locked first, so that of two last lessons
    finished at once one call sees both.
    """
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    left = Lesson.objects.filter(edition=locked.edition_id).exclude(
        pk__in=Progress.objects.filter(enrolment=locked, done_at__isnull=False).values("lesson")
    )
    if left.exists():
        return False
    open_one = Enrolment.objects.filter(pk=locked.pk, completed_at=None, left_at=None)
    if open_one.update(completed_at=at) != 1:
        return False
    _tell(locked, by, at)
    return True


def _tell(enrolment: Enrolment, by: Actor, at: datetime.datetime) -> None:
    """What stands above learns of a completion through the outbox, in the same transaction."""
    edition = enrolment.edition
    tested = Progress.objects.filter(enrolment=enrolment, checked_at__isnull=False).exists()
    audit.record(
        stream="courses",
        action="course_completed",
        by=by,
        at=at,
        subject=enrolment,
        subject_name=edition.title,
        edition=edition.number,
        minutes=edition.minutes,
    )
    payload = {
        "enrolment": str(enrolment.uid),
        "officer": enrolment.officer_id,
        "course": enrolment.course_id,
        "edition": enrolment.edition_id,
        "minutes": edition.minutes,
        "test_passed": tested,
        "on": day_of(at).isoformat(),
    }
    outbox.publish("course_completed", payload, at=at)
