"""Taking a course: beginning, going over to a newer edition, completing it once."""

import pytest

from courses.models import Enrolment, Progress
from courses.services import learning
from courses.services.learning import CannotLearn
from lianbing.kit.models import AuditRecord, OutboxMessage
from tests.factories import courses, people
from tests.factories.learning import NOON, SECOND, enrolment, learner, study

pytestmark = pytest.mark.django_db


def completions():
    return [m.payload for m in OutboxMessage.objects.filter(topic="course_completed")]


def test_beginning_twice_is_one_enrolment():
    edition, (_officer, by) = courses.edition(), learner()
    first = learning.begin(course=edition.course, by=by, at=NOON)
    again = learning.begin(course=edition.course, by=by, at=NOON + SECOND)
    assert (first, first.edition, first.started_at) == (again, edition, NOON)


def test_the_newest_edition_is_begun():
    first = courses.edition()
    second = courses.edition(first.course)
    assert enrolment(first).edition == second


def test_an_account_without_an_officer_learns_nothing():
    with pytest.raises(CannotLearn, match="stranger"):
        learning.begin(course=courses.edition().course, by=people.actor(people.staff("trainer")), at=NOON)


def test_a_course_without_an_edition_cannot_be_begun():
    with pytest.raises(CannotLearn, match="nothing"):
        learning.begin(course=courses.course(), by=learner()[1], at=NOON)


def test_a_withdrawn_course_cannot_be_begun():
    course = courses.edition().course
    type(course).objects.filter(pk=course.pk).update(withdrawn_at=NOON)
    with pytest.raises(CannotLearn, match="withdrawn"):
        learning.begin(course=course, by=learner()[1], at=NOON)


def test_what_must_come_before_is_named():
    before = courses.edition(courses.course("入门"))
    after = courses.edition(courses.course("进阶"), prerequisites=[before.course_id])
    with pytest.raises(CannotLearn, match="missing") as refused:
        learning.begin(course=after.course, by=learner()[1], at=NOON)
    assert [page.title for page in refused.value.before] == ["入门"]


def test_what_was_completed_opens_what_comes_after():
    before = courses.edition(courses.course("入门"))
    after = courses.edition(courses.course("进阶"), prerequisites=[before.course_id])
    by = learner()[1]
    study(learning.begin(course=before.course, by=by, at=NOON), by)
    assert learning.begin(course=after.course, by=by, at=NOON).edition == after


def test_the_last_lesson_completes_the_course_and_tells_of_it():
    edition, (officer, by) = courses.edition(lessons=2), learner()
    made = enrolment(edition, by)
    study(made, by, 1)
    assert completions() == []
    end = study(made, by, 2, at=NOON + 600 * SECOND)
    assert Enrolment.objects.get(pk=made.pk).completed_at == end
    told = {"enrolment": str(made.uid), "officer": officer.pk, "course": edition.course_id}
    told |= {"edition": edition.pk, "minutes": 10, "test_passed": False, "on": "2026-11-20"}
    assert completions() == [told]
    assert AuditRecord.objects.filter(action="course_completed").count() == 1


def test_completing_again_is_another_enrolment():
    edition, (_officer, by) = courses.edition(), learner()
    first = enrolment(edition, by)
    study(first, by)
    second = learning.begin(course=edition.course, by=by, at=NOON + 3600 * SECOND)
    assert second.pk != first.pk
    assert second.completed_at is None


def test_a_learner_keeps_the_edition_begun():
    edition, (_officer, by) = courses.edition(), learner()
    made = enrolment(edition, by)
    courses.edition(edition.course)
    assert learning.begin(course=edition.course, by=by, at=NOON + SECOND).edition == made.edition == edition


def test_going_over_keeps_what_lessons_did_not_change():
    old = courses.edition(lessons=2)
    by = learner()[1]
    made = enrolment(old, by)
    study(made, by, 1)
    new = courses.edition(old.course, lessons=0)
    kept, changed = old.lessons.all()
    courses.lesson(new, key=kept.key, title="新题目")
    courses.lesson(new, key=changed.key, body=[])
    fresh = learning.take_newer(enrolment=made, by=by, at=NOON + 3600 * SECOND)
    assert [row.lesson.title for row in Progress.objects.filter(enrolment=fresh)] == ["新题目"]
    assert Enrolment.objects.get(pk=made.pk).left_at is not None


def test_there_must_be_something_newer_to_go_over_to():
    made = enrolment()
    with pytest.raises(CannotLearn, match="no_newer"):
        learning.take_newer(enrolment=made, by=learner()[1], at=NOON)


def test_a_completed_enrolment_is_not_left():
    edition, (_officer, by) = courses.edition(), learner()
    made = enrolment(edition, by)
    study(made, by)
    courses.edition(edition.course)
    with pytest.raises(CannotLearn, match="closed"):
        learning.take_newer(enrolment=made, by=by, at=NOON)


def test_a_merged_record_goes_on_where_it_was():
    old, by = learner()
    made = enrolment(None, by)
    officer, new = learner(unit=old.appointments.get().unit)
    type(old).objects.filter(pk=old.pk).update(merged_into=officer)
    assert learning.begin(course=made.course, by=new, at=NOON + SECOND) == made
