"""An attempt on a phone, over HTTP."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from exams.contests.models import QuizAttempt
from exams.contests.services import quiz_setting, quiz_taking
from exams.contests.views import quiz_gate
from lianbing.kit import clock
from tests.factories import quizzes
from tests.factories.quizzes import BEFORE, CLOSES, MINUTE, OPENS, ORGANISER, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def quiz():
    return quizzes.published()


@pytest.fixture
def who(client, quiz):
    joined = quizzes.join(quiz)
    client.cookies[quiz_gate.cookie_name(quiz)] = joined.token
    return joined.guest


def _url(name, quiz, *rest):
    return reverse(f"contests:{name}", args=[quiz.uid, *rest])


def _get(client, name, quiz, at=OPENS, *rest):
    with clock.pinned(at):
        return client.get(_url(name, quiz, *rest))


def _post(client, name, quiz, at=OPENS, **data):
    with clock.pinned(at):
        return client.post(_url(name, quiz), data)


def _send(client, quiz, body, at=OPENS):
    text = body if isinstance(body, str) else json.dumps(body)
    with clock.pinned(at):
        return client.post(_url("quiz_answers", quiz), text, content_type="application/json")


def _one(item=1, n=1, response=("a1",)):
    return {"attempt": 1, "answers": [{"item": item, "n": n, "response": list(response)}]}


def test_the_page_holds_no_key_and_no_explanation(client, quiz, who):
    _post(client, "quiz_start", quiz)
    text = _get(client, "quiz_attempt", quiz).content.decode()
    assert text.count('class="drill-piece quiz-card"') == 4
    assert "SECRET-EXPLANATION" not in text
    assert "is-right" not in text


def test_a_reload_goes_on_with_the_servers_clock_and_what_was_saved(client, quiz, who):
    _post(client, "quiz_start", quiz)
    assert _send(client, quiz, _one(2, response=["b2"]), OPENS + SECOND).json()["kept"] == {"2": 1}
    response = _get(client, "quiz_attempt", quiz, OPENS + MINUTE)
    assert response.context["left_ms"] == 9 * 60_000
    card = response.context["cards"][1]
    assert (card.count, card.question["ticked"]) == (1, ["b2"])


def test_no_clock_of_a_phone_gains_anything(client, quiz, who):
    _post(client, "quiz_start", quiz)
    forged = _one() | {"at": "2020-01-01T00:00:00Z", "started_at": 0, "seconds": 1, "left_ms": 10**9}
    _send(client, quiz, forged, OPENS + SECOND)
    _post(client, "quiz_submit", quiz, OPENS + 90 * SECOND, attempt="1", seconds="1", started_at="0")
    assert QuizAttempt.objects.get().seconds == 90


def test_after_the_end_an_answer_is_refused_with_words(client, quiz, who):
    _post(client, "quiz_start", quiz)
    response = _send(client, quiz, _one(), OPENS + 10 * MINUTE)
    assert response.status_code == 409
    assert response.json()["code"] == "ended"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "nul",
        "[" * 5000,
        {"attempt": 1},
        {"attempt": 1, "answers": {}},
        {"attempt": True, "answers": []},
        {"attempt": 1, "answers": [{"item": "1", "n": 1, "response": []}]},
        {"attempt": 1, "answers": [{"item": 1, "n": 1.5, "response": []}]},
        {"attempt": 1, "answers": [{"item": 1, "n": 1, "response": ["zz"]}]},
        {"attempt": 1, "answers": [{"item": 99, "n": 1, "response": []}]},
        {"attempt": 1, "answers": [7] * 10},
        {"attempt": 1, "answers": [{"item": 1, "n": 1, "response": []}] * 60},
    ],
)
def test_rubbish_is_refused_and_never_a_fault(client, quiz, who, body):
    _post(client, "quiz_start", quiz)
    assert _send(client, quiz, body).status_code == 400


def test_a_body_too_large_is_not_read(client, quiz, who):
    _post(client, "quiz_start", quiz)
    assert _send(client, quiz, _one() | {"padding": "x" * 40_000}).status_code == 400


def test_the_plain_form_hands_everything_in_without_a_script(client, quiz, who):
    _post(client, "quiz_start", quiz)
    attempt = QuizAttempt.objects.get()
    data = {f"q{place}": quizzes.key(attempt, place) for place in range(1, 5)}
    response = _post(client, "quiz_submit", quiz, OPENS + MINUTE, attempt="1", **data)
    assert response.url == _url("quiz_result", quiz, 1)
    assert QuizAttempt.objects.get().score == 100


def test_a_replayed_submit_leads_to_the_same_result(client, quiz, who):
    quizzes.attempt(quiz, who, right=2)
    _post(client, "quiz_start", quiz, OPENS + 5 * MINUTE)
    response = _post(client, "quiz_submit", quiz, OPENS + 6 * MINUTE, attempt="1", q1="a1")
    assert response.url == _url("quiz_result", quiz, 1)
    assert QuizAttempt.objects.get(number=2).submitted_at is None


@pytest.mark.parametrize("number", ["", "0", "9", "x", "１", "99999", "-1"])
def test_handing_in_what_is_not_there_is_refused(client, quiz, who, number):
    response = _post(client, "quiz_submit", quiz, attempt=number)
    assert response.status_code in {302, 404}
    assert not QuizAttempt.objects.exists()


def test_the_fourth_attempt_is_refused_on_the_page(client, quiz, who):
    for n in range(3):
        quizzes.attempt(quiz, who, at=OPENS + n * MINUTE)
    assert "quiz_start" not in _get(client, "quiz", quiz, OPENS + 5 * MINUTE).content.decode()
    response = _post(client, "quiz_start", quiz, OPENS + 5 * MINUTE)
    assert response.url == _url("quiz", quiz)
    assert QuizAttempt.objects.count() == 3


def test_the_result_shows_key_and_explanation_after_handing_in(client, quiz, who):
    quizzes.attempt(quiz, who, right=3)
    text = _get(client, "quiz_result", quiz, OPENS + 5 * MINUTE, 1).content.decode()
    assert "SECRET-EXPLANATION" in text
    assert "75 %" in text


def test_or_only_when_the_quiz_has_closed(client):
    quiz = quizzes.published(reveal="closed")
    joined = quizzes.join(quiz)
    client.cookies[quiz_gate.cookie_name(quiz)] = joined.token
    quizzes.attempt(quiz, joined.guest)
    assert "SECRET" not in _get(client, "quiz_result", quiz, CLOSES - SECOND, 1).content.decode()
    assert "SECRET" in _get(client, "quiz_result", quiz, CLOSES, 1).content.decode()


def test_a_running_attempt_has_no_result(client, quiz, who):
    quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    assert _get(client, "quiz_result", quiz, OPENS, 1).status_code == 404


def test_an_attempt_whose_time_is_up_is_handed_in_when_one_looks(client, quiz, who):
    quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    assert _get(client, "quiz_attempt", quiz, OPENS + 10 * MINUTE).status_code == 302
    _get(client, "quiz", quiz, OPENS + 10 * MINUTE)
    assert QuizAttempt.objects.get().how == "time"


def test_the_certificate_is_for_its_score_and_up(client, quiz, who):
    quizzes.attempt(quiz, who, right=3)
    assert _get(client, "quiz_certificate", quiz).status_code == 404
    quizzes.attempt(quiz, who, right=4, at=OPENS + 5 * MINUTE)
    response = _get(client, "quiz_certificate", quiz)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_a_quiz_called_off_takes_no_answer(client, quiz, who):
    quiz_taking.start(quiz=quiz, guest=who, at=OPENS)
    quiz_setting.stop(quiz=quiz, reason="题目有误，另行通知", by=ORGANISER, at=BEFORE)
    assert _send(client, quiz, _one()).status_code == 409
    assert _get(client, "quiz_attempt", quiz).status_code == 302


def test_no_page_of_an_attempt_asks_much_of_the_database(client, quiz, who, django_assert_max_num_queries):
    _post(client, "quiz_start", quiz)
    with django_assert_max_num_queries(5):
        _get(client, "quiz_attempt", quiz)
    with django_assert_max_num_queries(9):
        _send(client, quiz, _one())
    quiz_taking.hand_in(guest=who, number=1, answers=(), at=OPENS + MINUTE)
    with django_assert_max_num_queries(6):
        _get(client, "quiz_result", quiz, OPENS, 1)
    with django_assert_max_num_queries(10):
        _get(client, "quiz", quiz)
