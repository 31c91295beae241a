"""What exams tell: mistakes come into the book once and without what is reserved; goals are told anew."""

import datetime

import pytest

from courses.drills.models import Goal, Mistake
from courses.drills.services import clear_goal, record_mistakes, set_goal
from question_bank.models import Question
from question_bank.ports import tell_merged
from tests.factories import drills
from tests.factories.drills import DAY, NOON

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 12, 10)


@pytest.fixture
def officer():
    return drills.learner()


def _versions(questions):
    return [one.published_version_id for one in questions]


def test_exam_errors_come_into_the_book_once(officer):
    wrong = {officer.pk: _versions(drills.questions(2))}
    assert record_mistakes(wrong=wrong, at=NOON) == 2
    assert record_mistakes(wrong=wrong, at=NOON) == 0
    assert set(Mistake.objects.values_list("origin", "put_in_at")) == {("exam", NOON)}


def test_told_again_after_it_was_cleared_nothing_comes_back(officer):
    wrong = {officer.pk: _versions(drills.questions(1))}
    record_mistakes(wrong=wrong, at=NOON)
    Mistake.objects.update(cleared_at=NOON + DAY)
    assert record_mistakes(wrong=wrong, at=NOON) == 0
    assert record_mistakes(wrong=wrong, at=NOON + 30 * DAY) == 1


def test_what_is_reserved_for_exams_stays_out_of_the_book(officer):
    open_one, reserved = drills.questions(2)
    Question.objects.filter(pk=reserved.pk).update(pool="exam")
    assert record_mistakes(wrong={officer.pk: _versions([open_one, reserved])}, at=NOON) == 1
    assert Mistake.objects.get().question == open_one


def test_what_stands_in_the_book_stays_as_it_is(officer):
    asked = drills.questions(1)
    drills.take_all(drills.drill_set(officer, asked), is_right=False)
    assert record_mistakes(wrong={officer.pk: _versions(asked)}, at=NOON + DAY) == 0
    assert Mistake.objects.get().origin == "drill"


@pytest.mark.parametrize("count", [1, 3])
def test_books_of_many_cost_as_much_as_of_one(count, django_assert_max_num_queries):
    unit = drills.learner().appointments.get().unit
    asked = _versions(drills.questions(3))
    wrong = {drills.learner(unit).pk: asked for _ in range(count)}
    with django_assert_max_num_queries(10):
        assert record_mistakes(wrong=wrong, at=NOON) == 3 * count


def test_a_goal_told_again_replaces_what_was_said(officer):
    other = drills.learner(officer.appointments.get().unit)
    set_goal(exam="x", title="资格考试", on=ON, weights={5: 2}, officers=[officer.pk])
    set_goal(exam="x", title="资格考试", on=ON + DAY, weights={6: 3}, officers=[other.pk])
    goal = Goal.objects.get()
    assert (goal.on, goal.weights) == (ON + DAY, {"6": 3.0})
    assert [one.pk for one in goal.officers.all()] == [other.pk]
    clear_goal(exam="x")
    assert not Goal.objects.exists()


def test_a_merged_knowledge_point_takes_its_weight_along(officer):
    set_goal(exam="x", title="考试", on=ON, weights={5: 2, 6: 1}, officers=[officer.pk])
    tell_merged(5, 6)
    assert Goal.objects.get().weights == {"6": 3.0}
