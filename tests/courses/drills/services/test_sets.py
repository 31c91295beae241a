"""Sets that come by themselves and chosen ones: only what drills may reach, once a period, prepared alike."""

import pytest

from courses.drills.models import DrillSet, Goal, GoalOfficer, Mistake
from courses.drills.queries.reach import open_versions
from courses.drills.services import sets
from courses.drills.services.answering import DrillRefused, take
from question_bank.models import Question
from tests.factories import drills, people
from tests.factories.drills import DAY, MADE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return drills.learner()


def _make(officer, kind="daily", at=NOON):
    return sets.of_period(kind=kind, officer=officer, by=drills.actor(officer), at=at)


def test_a_day_has_one_set_of_ten(officer):
    drills.questions(12)
    first = _make(officer)
    assert len(first.versions) == 10
    assert _make(officer, at=NOON + DAY / 24) == first
    assert _make(officer, at=NOON + DAY) != first


def test_a_set_holds_nothing_reserved_and_nothing_a_person_must_mark(officer):
    kept, reserved = drills.questions(2)
    Question.objects.filter(pk=reserved.pk).update(pool="exam")
    assert _make(officer).versions == [kept.published_version_id]


def test_a_question_reserved_after_the_making_is_not_shown(officer):
    kept, reserved = drills.questions(2)
    made = _make(officer)
    Question.objects.filter(pk=reserved.pk).update(pool="exam")
    assert list(open_versions(made.versions, NOON)) == [kept.published_version_id]


def test_without_questions_there_is_no_set_but_a_reason(officer):
    with pytest.raises(DrillRefused) as refused:
        _make(officer)
    assert refused.value.code == "empty"
    assert not DrillSet.objects.exists()


def test_nobody_opens_a_set_for_somebody_else(officer):
    other = drills.actor(drills.learner(people.unit("另一局")))
    with pytest.raises(DrillRefused):
        sets.daily(officer=officer, by=other, at=NOON)


def test_tomorrow_asks_what_was_not_asked_today(officer):
    drills.questions(20)
    today = _make(officer)
    drills.take_all(today)
    assert not set(today.versions) & set(_make(officer, at=NOON + DAY).versions)


def test_the_exam_ahead_decides_what_is_asked_first(officer):
    drills.questions(10, point="甲")
    wanted = drills.questions(10, point="乙")
    goal = Goal.objects.create(
        exam="1", title="考试", on=(NOON + 20 * DAY).date(), weights={_point(wanted[0]): 10}
    )
    GoalOfficer.objects.create(goal=goal, officer=officer)
    assert set(_make(officer).versions) == {one.published_version_id for one in wanted}


def _point(question):
    return str(question.published_version.knowledge_point_id)


def test_the_weekly_set_goes_over_the_book_first(officer):
    asked = drills.questions(30)
    drills.take_all(drills.drill_set(officer, asked[:24], made_at=MADE - 3 * DAY), at=NOON - 3 * DAY)
    drills.take_all(
        drills.drill_set(officer, asked[24:], made_at=MADE - 3 * DAY), is_right=False, at=NOON - 3 * DAY
    )
    assert Mistake.objects.count() == 6
    weekly = _make(officer, "weekly")
    assert weekly.on.isoformat() == "2026-11-16"
    assert {one.published_version_id for one in asked[24:]} <= set(weekly.versions[:10])


def test_the_monthly_test_is_the_same_for_the_whole_month(officer):
    drills.questions(5)
    first = _make(officer, "monthly")
    assert len(first.versions) == 5
    assert _make(officer, "monthly", at=NOON + 5 * DAY) == first


def test_a_chosen_set_leaves_out_what_is_out_of_reach(officer):
    kept, reserved = drills.questions(2)
    Question.objects.filter(pk=reserved.pk).update(pool="exam")
    wanted = [kept.published_version_id, reserved.published_version_id, 999_999]
    made = sets.make(officer=officer, kind="topic", versions=wanted, by=drills.actor(officer), at=NOON)
    assert made.versions == [kept.published_version_id]


def test_a_chosen_set_of_nothing_is_refused(officer):
    with pytest.raises(DrillRefused):
        sets.make(officer=officer, kind="topic", versions=[], by=drills.actor(officer), at=NOON)


def test_sets_prepared_for_many_are_those_made_one_by_one():
    drills.questions(15)
    unit = people.unit()
    one, two, three = (drills.learner(unit) for _ in range(3))
    drills.take_all(drills.drill_set(two, made_at=MADE - 2 * DAY), at=NOON - 2 * DAY)
    alone = [_make(officer, at=NOON).versions for officer in (one, two)]
    DrillSet.objects.filter(kind="daily").delete()
    assert sets.prepare_daily(officers=[one.pk, two.pk], at=NOON) == 2
    assert [_make(officer).versions for officer in (one, two)] == alone
    assert sets.prepare_daily(officers=[one.pk, two.pk, three.pk], at=NOON) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_preparing_costs_the_same_for_one_and_for_three(count, django_assert_max_num_queries):
    drills.questions(5)
    unit = people.unit()
    officers = [drills.learner(unit).pk for _ in range(count)]
    with django_assert_max_num_queries(12):
        assert sets.prepare_daily(officers=officers, at=NOON) == count


def test_a_phone_that_carries_the_set_of_the_former_post_is_still_answered(officer):
    carried, other = drills.questions(2)
    made = drills.drill_set(officer, [carried], kind="daily", on=NOON.date())
    Question.objects.filter(pk=carried.pk).update(pool="exam")
    assert sets.choose_again(officers=[officer.pk], at=NOON) == 1
    Question.objects.filter(pk=carried.pk).update(pool="drill")
    made.refresh_from_db()
    assert made.versions == [other.published_version_id]
    answer = drills.given(carried)
    taken = take(drill_set=made, answers=[answer], by=drills.actor(officer), at=NOON)
    assert ([one.uid for one in taken.verdicts], taken.finished) == ([answer.uid], False)
