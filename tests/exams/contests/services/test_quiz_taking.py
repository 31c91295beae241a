"""Taking a public quiz: attempts, answers, handing in."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from exams.contests.models import QuizAttempt, QuizGuest
from exams.contests.services import quiz_setting, quiz_taking
from exams.contests.services.quiz_setting import QuizRefused
from exams.contests.services.quiz_taking import Said
from tests.factories import quizzes
from tests.factories.quizzes import BEFORE, CLOSES, MINUTE, OPENS, ORGANISER, SECOND

pytestmark = pytest.mark.django_db
TICK = datetime.timedelta(microseconds=1)


def _code(function, **told):
    with pytest.raises(QuizRefused) as refused:
        function(**told)
    return refused.value.code


@pytest.fixture
def quiz():
    return quizzes.published()


@pytest.fixture
def who(quiz):
    return quizzes.guest(quiz)


@pytest.mark.parametrize(
    ("at", "opens"), [(OPENS - TICK, False), (OPENS, True), (CLOSES - TICK, True), (CLOSES, False)]
)
def test_one_joins_within_the_window_to_the_microsecond(quiz, at, opens):
    if opens:
        assert quizzes.guest(quiz, at=at).pk
    else:
        told = {"quiz": quiz, "nickname": "小明", "group": None, "code": "", "consents": True}
        assert _code(quiz_taking.join, **told, at=at) == "not_open"


def test_without_consent_nothing_is_kept(quiz):
    told = {"quiz": quiz, "nickname": "小明", "group": None, "code": "", "consents": False, "at": OPENS}
    assert _code(quiz_taking.join, **told) == "consent"
    assert not QuizGuest.objects.exists()


def test_a_cookie_is_kept_as_a_digest(quiz):
    joined = quizzes.join(quiz)
    assert joined.token not in str(QuizGuest.objects.values().get())


def test_a_quiz_with_communities_asks_for_one():
    quiz = quizzes.published(groups=[("001", "滨河社区", 100)])
    told = {"quiz": quiz, "nickname": "小明", "group": None, "code": "", "consents": True, "at": OPENS}
    assert _code(quiz_taking.join, **told) == "group"
    assert quizzes.guest(quiz, group=quiz.groups.get()).group.code == "001"


def test_a_code_admits_one_person_who_may_change_phones():
    quiz = quizzes.saved(codes_only=True)
    [code] = quiz_setting.make_codes(quiz=quiz, count=1, by=ORGANISER, at=BEFORE)
    quiz = quizzes.fresh(quiz_setting.publish(quiz=quiz, by=ORGANISER, at=BEFORE))
    first = quizzes.join(quiz, code=code)
    second = quizzes.join(quiz, "别名", code=code.lower().replace("-", " "))
    assert second.guest == first.guest
    assert second.token != first.token
    assert QuizGuest.objects.count() == 1


def test_a_code_of_another_quiz_admits_nobody():
    quiz = quizzes.published(codes_only=True)
    other = quizzes.saved(codes_only=True, unit=quiz.unit)
    [code] = quiz_setting.make_codes(quiz=other, count=1, by=ORGANISER, at=BEFORE)
    for wrong in ("", code, "AAAA-BBBB-CCCC"):
        told = {"quiz": quiz, "nickname": "小明", "group": None, "code": wrong, "consents": True, "at": OPENS}
        assert _code(quiz_taking.join, **told) == "code"


def test_starting_again_goes_on_with_the_running_attempt(quiz, who):
    first = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    again = quiz_taking.start(quiz=quiz, guest=who, at=OPENS + MINUTE)
    assert again == first
    assert again.ends_at == OPENS + 10 * MINUTE


def test_the_database_lets_one_attempt_run(quiz, who):
    quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizAttempt.objects.create(guest=who, number=2, items=[], started_at=OPENS, ends_at=CLOSES)


def test_the_fourth_attempt_is_refused_with_words(quiz, who):
    for n in range(3):
        quizzes.attempt(quiz, who, at=OPENS + n * MINUTE)
    with pytest.raises(QuizRefused, match="3") as refused:
        quiz_taking.start(quiz=quiz, guest=who, at=OPENS + 5 * MINUTE)
    assert refused.value.code == "used_up"
    assert QuizAttempt.objects.count() == 3


def test_attempts_that_ran_out_of_time_count_too(quiz, who):
    for n in range(3):
        quiz_taking.start(quiz=quiz, guest=who, at=OPENS + n * 11 * MINUTE)
    assert _code(quiz_taking.start, quiz=quiz, guest=who, at=OPENS + 40 * MINUTE) == "used_up"


def test_the_best_attempt_is_kept(quiz, who):
    quizzes.attempt(quiz, who, right=3, seconds=20)
    quizzes.attempt(quiz, who, right=4, seconds=300, at=OPENS + MINUTE)
    quizzes.attempt(quiz, who, right=2, seconds=5, at=OPENS + 20 * MINUTE)
    who.refresh_from_db()
    assert (who.best_score, who.best_seconds, who.handed_in) == (100, 300, 3)


def test_an_attempt_asks_each_question_once_and_shuffles(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    assert len({item[0] for item in begun.items}) == len(begun.items) == 4
    assert all(sorted(item[2]) == ["a1", "b2", "c3", "d4"] for item in begun.items)


def test_answers_sent_again_change_nothing_and_get_the_same_reply(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    sent = {"guest": who, "number": 1, "answers": [Said(1, 5, ["a1"])]}
    assert quiz_taking.save(**sent, at=OPENS + SECOND) == {1: 5}
    assert quiz_taking.save(**sent, at=OPENS + 2 * SECOND) == {1: 5}
    begun.refresh_from_db()
    assert begun.answers == {"1": [5, ["a1"]]}


def test_what_arrives_late_does_not_undo_what_is_newer(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    quiz_taking.save(guest=who, number=1, answers=[Said(1, 9, ["b2"])], at=OPENS + SECOND)
    kept = quiz_taking.save(guest=who, number=1, answers=[Said(1, 8, ["a1"])], at=OPENS + SECOND)
    begun.refresh_from_db()
    assert kept == {1: 9}
    assert begun.answers["1"][1] == ["b2"]


@pytest.mark.parametrize(
    "bad",
    [
        Said(0, 1, ["a1"]),
        Said(5, 1, ["a1"]),
        Said(1, -1, ["a1"]),
        Said(1, 2**60, ["a1"]),
        Said(1, 1, ["zz"]),
        Said(1, 1, ["a1", "b2"]),
        Said(1, 1, {"a": 1}),
        Said(1, 1, [["a1"]]),
    ],
)
def test_what_no_honest_page_sends_saves_nothing(quiz, who, bad):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    told = {"guest": who, "number": 1, "answers": [Said(2, 1, ["a1"]), bad], "at": OPENS + SECOND}
    assert _code(quiz_taking.save, **told) == "unreadable"
    begun.refresh_from_db()
    assert begun.answers == {}


def test_answers_count_until_the_very_end_and_not_at_it(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    told = {"guest": who, "number": 1, "answers": [Said(1, 1, ["a1"])]}
    assert quiz_taking.save(**told, at=begun.ends_at - TICK) == {1: 1}
    assert _code(quiz_taking.save, **told, at=begun.ends_at) == "ended"


def test_an_attempt_begun_late_ends_with_the_window(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=CLOSES - MINUTE)
    assert begun.ends_at == CLOSES


def test_handing_in_twice_marks_once(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    sent = {"guest": who, "number": 1, "answers": quizzes.said(begun, 3)}
    first = quiz_taking.hand_in(**sent, at=OPENS + MINUTE)
    again = quiz_taking.hand_in(guest=who, number=1, answers=quizzes.said(begun, 4, 2), at=OPENS + 2 * MINUTE)
    who.refresh_from_db()
    assert (again.score, again.seconds) == (first.score, first.seconds) == (75, 60)
    assert who.handed_in == 1


def test_an_old_hand_in_does_not_touch_the_next_attempt(quiz, who):
    quizzes.attempt(quiz, who)
    second = quiz_taking.start(quiz=quiz, guest=who, at=OPENS + 5 * MINUTE)
    quiz_taking.hand_in(guest=who, number=1, answers=(), at=OPENS + 6 * MINUTE)
    second.refresh_from_db()
    assert second.submitted_at is None


def test_out_of_time_what_was_saved_counts_and_what_is_sent_does_not(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    quiz_taking.save(guest=who, number=1, answers=quizzes.said(begun)[:2], at=OPENS + MINUTE)
    late = quiz_taking.hand_in(guest=who, number=1, answers=quizzes.said(begun, 4, 9), at=OPENS + 60 * MINUTE)
    assert (late.how, late.score, late.submitted_at) == ("time", 50, begun.ends_at)
    assert late.seconds == 600


def test_the_clock_closes_what_is_overdue_once(quiz, who):
    begun = quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    assert quiz_taking.close_due(at=begun.ends_at - TICK) == 0
    assert quiz_taking.close_due(at=begun.ends_at) == 1
    assert quiz_taking.close_due(at=begun.ends_at) == 0


def test_the_database_refuses_to_change_an_attempt_handed_in(quiz, who):
    handed = quizzes.attempt(quiz, who, right=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuizAttempt.objects.filter(pk=handed.pk).update(score=100)


def test_a_blank_attempt_is_worth_nothing_and_counts(quiz, who):
    quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    handed = quiz_taking.hand_in(guest=who, number=1, answers=(), at=OPENS + SECOND)
    assert handed.score == 0
    assert handed.marks == [0, 0, 0, 0]


def test_a_quiz_called_off_starts_nothing(quiz, who):
    quiz_setting.stop(quiz=quiz, reason="题目有误，另行通知", by=ORGANISER, at=OPENS)
    assert _code(quiz_taking.start, quiz=quizzes.fresh(quiz), guest=who, at=OPENS) == "not_open"
