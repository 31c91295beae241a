"""The question of the day: one for a post and a day, whoever comes first and whatever changes meanwhile."""

import pytest
from django.db import IntegrityError

from courses.drills.models import DayQuestion, DrillSet
from courses.drills.services import day_question, sets
from courses.drills.services.answering import DrillRefused
from lianbing.people.models import Appointment
from question_bank.models import Question
from tests.factories import changes, drills, people
from tests.factories.drills import DAY, MINUTE, NOON

pytestmark = pytest.mark.django_db
STREET, DESK = "市容岗", "内勤岗"


@pytest.fixture
def crew():
    """Two of one post and one of another, in one unit."""
    return changes.crew(STREET, STREET, DESK)


def _open(officer, at=NOON):
    return sets.of_period(kind="question", officer=officer, by=drills.actor(officer), at=at)


def test_everybody_of_a_post_is_asked_the_same(crew):
    drills.questions(30)
    one, two, other = (_open(officer, NOON + MINUTE * turn) for turn, officer in enumerate(crew))
    assert (len(one.versions), one.versions) == (1, two.versions)
    assert one.day_question == two.day_question != other.day_question
    assert _open(crew[0], NOON + MINUTE * 9) == one


def test_what_is_added_during_the_day_changes_nothing(crew):
    drills.questions(2)
    first = _open(crew[0])
    drills.questions(20)
    assert _open(crew[1]).versions == first.versions


def test_the_next_days_ask_something_else(crew):
    drills.questions(3)
    asked = [_open(crew[0], NOON + DAY * turn).versions[0] for turn in range(6)]
    assert len(set(asked[:3])) == 3
    assert asked[3:] == asked[:3]


def test_a_post_with_a_list_is_asked_what_it_must_know(crew):
    drills.questions(10, point="甲")
    wanted = drills.questions(1, point="乙")[0]
    changes.must_know(changes.post(STREET), point=wanted.published_version.knowledge_point)
    assert _open(crew[0]).versions == [wanted.published_version_id]


def test_a_question_taken_away_during_the_day_gives_way_to_another(crew):
    drills.questions(2)
    first = _open(crew[0])
    Question.objects.filter(published_version=first.versions[0]).update(pool="exam")
    second = _open(crew[1])
    assert second.versions != first.versions
    assert (second.day_question, DayQuestion.objects.count()) == (first.day_question, 1)


def test_who_serves_nowhere_has_a_question_too():
    drills.questions(2)
    one, two = (_open(people.officer()) for _turn in range(2))
    assert (one.versions, one.day_question.post) == (two.versions, None)


def test_without_questions_there_is_none_but_a_reason(crew):
    with pytest.raises(DrillRefused) as refused:
        _open(crew[0])
    assert refused.value.code == "empty"
    assert not DrillSet.objects.exists()
    assert not DayQuestion.objects.exists()


def test_another_post_has_another_question_until_it_was_answered(crew):
    drills.questions(30)
    made, target = _open(crew[0]), _open(crew[2])
    Appointment.objects.filter(officer=crew[0]).update(post=changes.post(DESK))
    assert sets.choose_again(officers=[crew[0].pk], at=NOON) == 1
    made.refresh_from_db()
    assert (made.versions, made.day_question) == (target.versions, target.day_question)
    drills.take_all(made)
    assert sets.choose_again(officers=[crew[0].pk], at=NOON) == 0


def test_it_earns_as_any_answer_and_nothing_for_being_finished(crew):
    drills.questions(1)
    taken = drills.take_all(_open(crew[0], NOON - DAY / 24))
    assert (taken.points, taken.finished) == (2, True)


@pytest.mark.parametrize("post", [None, STREET])
def test_the_database_lets_a_post_have_one_a_day(crew, post):
    asked = drills.questions(2)
    fields = {"post": changes.post(post) if post else None, "on": NOON.date(), "made_at": NOON}
    DayQuestion.objects.create(question=asked[0], **fields)
    with pytest.raises(IntegrityError):
        DayQuestion.objects.create(question=asked[1], **fields)


def test_to_open_it_costs_little_once_it_was_drawn(crew, django_assert_max_num_queries):
    drills.questions(5)
    _open(crew[0])
    with django_assert_max_num_queries(5):
        assert day_question.of_post(post=changes.post(STREET).pk, at=NOON)
