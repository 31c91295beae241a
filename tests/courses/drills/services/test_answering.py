"""Answers are taken once, in order, at the server's moment; only what was asked; only what may be shown."""

import datetime

import pytest

from courses.drills.models import DrillAnswer, Memory, Mistake
from courses.drills.rules import mastery
from courses.drills.services.answering import MOST, DrillRefused, take
from question_bank.models import Question
from tests.factories import drills, people
from tests.factories.drills import DAY, MADE, MINUTE, NOON, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return drills.learner()


@pytest.fixture
def asked():
    return drills.questions(3)


@pytest.fixture
def drilled(officer, asked):
    return drills.drill_set(officer, asked)


def _take(drilled, *answers, at=NOON, **fields):
    return take(drill_set=drilled, answers=answers, by=drills.actor(drilled.officer), at=at, **fields)


def test_an_answer_gets_a_verdict_and_a_day_to_come_back(drilled, asked):
    taken = _take(drilled, given(asked[0]), given(asked[1], is_right=False))
    assert [(one.right, one.share) for one in taken.verdicts] == [(True, 1), (False, 0)]
    assert taken.verdicts[0].due_at > NOON + DAY > taken.verdicts[1].due_at
    assert taken.ignored == []
    kept = DrillAnswer.objects.get(uid=taken.verdicts[0].uid)
    assert (kept.unit.name, kept.rating, kept.on) == ("测试局", 3, datetime.date(2026, 11, 20))


def test_an_answer_sent_again_gets_its_verdict_and_changes_nothing(drilled, asked):
    answer = given(asked[0], is_right=False)
    first = _take(drilled, answer)
    again = _take(drilled, answer, answer, at=NOON + MINUTE)
    assert again.verdicts == first.verdicts
    assert again.points == 0
    assert DrillAnswer.objects.count() == 1
    assert Memory.objects.get().reps == 1


def test_a_uid_sent_again_with_another_answer_keeps_the_first(drilled, asked):
    answer = given(asked[0], is_right=False)
    _take(drilled, answer)
    forged = given(asked[0], uid=answer.uid)
    assert not _take(drilled, forged).verdicts[0].right


def test_a_second_phone_with_the_same_question_is_ignored(drilled, asked):
    _take(drilled, given(asked[0], is_right=False))
    second = given(asked[0])
    taken = _take(drilled, second, at=NOON + MINUTE)
    assert (taken.verdicts, taken.ignored, taken.points) == ([], [second.uid], 0)
    assert DrillAnswer.objects.count() == 1


def test_what_the_set_does_not_ask_is_ignored(drilled):
    other = given(drills.questions(1)[0])
    assert _take(drilled, other).ignored == [other.uid]


def test_a_forged_response_is_ignored_and_the_rest_is_taken(drilled, asked):
    forged = given(asked[0], response=["no-such-option"])
    odd = given(asked[1], response={"a": [1, 2]})
    taken = _take(drilled, forged, odd, given(asked[2]))
    assert taken.ignored == [forged.uid, odd.uid]
    assert [one.right for one in taken.verdicts] == [True]


def test_a_question_reserved_for_exams_since_is_out_of_reach(drilled, asked):
    Question.objects.filter(pk=asked[0].pk).update(pool="exam")
    answer = given(asked[0])
    assert _take(drilled, answer).ignored == [answer.uid]


def test_somebody_elses_set_is_refused(drilled, asked):
    other = drills.actor(drills.learner(people.unit("另一局")))
    with pytest.raises(DrillRefused) as refused:
        take(drill_set=drilled, answers=[given(asked[0])], by=other, at=NOON)
    assert refused.value.code == "own"
    assert not DrillAnswer.objects.exists()


def test_more_than_a_batch_is_refused(drilled, asked):
    with pytest.raises(DrillRefused) as refused:
        _take(drilled, *[given(asked[0]) for _ in range(MOST + 1)])
    assert refused.value.code == "many"


def test_the_device_is_believed_inside_the_window(drilled, asked):
    early = given(asked[0], said_at=MADE - DAY)
    between = given(asked[1], said_at=MADE + MINUTE)
    late = given(asked[2], said_at=NOON + DAY)
    _take(drilled, early, between, late)
    moments = list(DrillAnswer.objects.order_by("pk").values_list("at", flat=True))
    assert moments == [MADE, MADE + MINUTE, NOON]


def test_answers_of_one_person_never_run_backwards(drilled, asked):
    _take(drilled, given(asked[0], said_at=NOON - MINUTE), given(asked[1], said_at=NOON - 2 * MINUTE))
    first, second = DrillAnswer.objects.order_by("pk")
    assert second.at == first.at
    assert not second.point_worthy


def test_a_clock_that_is_off_is_put_right_by_what_it_says_at_the_sending(drilled, asked):
    ahead = datetime.timedelta(hours=5)
    answers = [given(one, said_at=NOON + ahead - MINUTE * (3 - place)) for place, one in enumerate(asked)]
    _take(drilled, *answers, sent_at=NOON + ahead)
    assert all(DrillAnswer.objects.values_list("point_worthy", flat=True))
    assert DrillAnswer.objects.latest("pk").at == NOON - MINUTE


def test_a_question_earns_once_a_day_in_whatever_set(officer, asked):
    for number in range(2):
        drills.take_all(drills.drill_set(officer, asked), at=NOON + number * DAY / 24)
    worthy = DrillAnswer.objects.filter(point_worthy=True)
    assert (worthy.count(), DrillAnswer.objects.count()) == (3, 6)


def test_days_made_up_by_the_device_earn_one_day(officer, asked):
    """Three sets made on three days, all sent today with forged days: each question earns once."""
    for back in (2, 1, 0):
        made = drills.drill_set(officer, asked, made_at=MADE - back * DAY)
        answers = [given(one, said_at=NOON - back * DAY + n * MINUTE) for n, one in enumerate(asked, -3)]
        _take(made, *answers)
    assert DrillAnswer.objects.filter(point_worthy=True).count() == 3
    assert DrillAnswer.objects.values("on").distinct().count() == 3


def test_nobody_earns_faster_than_a_person_reads(officer):
    many = drills.questions(20)
    made = drills.drill_set(officer, many, made_at=NOON - 5 * datetime.timedelta(seconds=1))
    _take(made, *[given(one, said_at=NOON - DAY) for one in many])
    assert DrillAnswer.objects.filter(point_worthy=True).count() <= 5


def test_a_wrong_answer_goes_into_the_book_and_leaves_after_three_days_right(officer, asked):
    drills.take_all(drills.drill_set(officer, asked[:1]), is_right=False)
    for day in (1, 2, 3):
        assert Mistake.objects.filter(cleared_at=None).count() == 1
        made = drills.drill_set(officer, asked[:1], made_at=MADE + day * DAY)
        drills.take_all(made, at=NOON + day * DAY)
    assert Mistake.objects.get().cleared_at == NOON + 3 * DAY - MINUTE


def test_a_guess_comes_back_sooner_and_does_not_clear_the_book(officer, asked):
    made = drills.drill_set(officer, asked[:2])
    taken = _take(made, given(asked[0]), given(asked[1], guessed=True))
    known, guessed = taken.verdicts
    assert guessed.right
    assert guessed.due_at < known.due_at


def test_a_set_is_finished_when_nothing_in_reach_is_left(drilled, asked):
    assert not _take(drilled, given(asked[0])).finished
    Question.objects.filter(pk=asked[2].pk).update(pool="exam")
    assert _take(drilled, given(asked[1]), at=NOON + MINUTE).finished
    drilled.refresh_from_db()
    assert drilled.finished_at == NOON + MINUTE


def test_a_batch_costs_the_same_whatever_its_size(officer, django_assert_max_num_queries):
    for count in (1, 12):
        made = drills.drill_set(officer, drills.questions(count))
        with django_assert_max_num_queries(34):
            drills.take_all(made, at=NOON + count * MINUTE)


def test_an_empty_batch_is_no_error(drilled):
    taken = _take(drilled)
    assert (taken.verdicts, taken.ignored, taken.finished) == ([], [], False)


def test_wrong_adds_to_the_book_right_often_enough_removes_and_mastery_follows(officer, asked):
    """R22: what a post drills, the wrong-answer book and mastery of a question, end to end."""

    def standing():
        row = Memory.objects.get(question=asked[0])
        now = row.last_at + DAY
        known = mastery.of_question(stability=row.stability, state=row.state, last_at=row.last_at, now=now)
        return Mistake.objects.filter(cleared_at=None).count(), known

    drills.take_all(drills.drill_set(officer, asked[:1]), is_right=False)
    seen = [standing()]
    for day in (1, 2, 3):
        made = drills.drill_set(officer, asked[:1], made_at=MADE + day * DAY)
        drills.take_all(made, at=NOON + day * DAY)
        seen.append(standing())
    assert [book for book, _known in seen] == [1, 1, 1, 0]
    assert seen[0][1] == 0 < seen[1][1] < seen[2][1] < seen[3][1]
