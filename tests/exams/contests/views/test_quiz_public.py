"""The public pages of a quiz, as a stranger's phone gets them."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from exams.contests.models import QuizGuest, QuizOffer
from exams.contests.rules import lottery as rules
from exams.contests.rules.seats import MOST_WRONG_CODES
from exams.contests.services import code_brake, lottery, quiz_setting
from exams.contests.views import quiz_gate
from lianbing.kit import clock
from tests.factories import quizzes
from tests.factories.quizzes import AFTER, BEFORE, CLOSES, MINUTE, OPENS, ORGANISER

pytestmark = pytest.mark.django_db
JOINS = {"nickname": "小明同学", "consents": "on"}


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def quiz():
    return quizzes.published()


def _url(name, quiz, *rest):
    return reverse(f"contests:{name}", args=[quiz.uid, *rest])


def _get(client, name, quiz, at=OPENS, rest=()):
    with clock.pinned(at):
        return client.get(_url(name, quiz, *rest))


def _post(client, name, quiz, at=OPENS, **data):
    with clock.pinned(at):
        return client.post(_url(name, quiz), data)


def _text(response):
    return response.content.decode()


def _as_guest(client, quiz, joined):
    client.cookies[quiz_gate.cookie_name(quiz)] = joined.token


def test_a_draft_does_not_exist_for_the_public(client):
    quiz = quizzes.saved()
    for name in ("quiz", "quiz_ranking", "quiz_prizes", "quiz_draw_file", "quiz_list_file", "quiz_attempt"):
        assert _get(client, name, quiz).status_code == 404
    for name in ("quiz_join", "quiz_start", "quiz_answers", "quiz_submit", "quiz_prize_answer"):
        assert _post(client, name, quiz).status_code == 404


def test_the_page_opens_and_closes_by_itself(client, quiz):
    assert 'name="nickname"' not in _text(_get(client, "quiz", quiz, OPENS - MINUTE))
    assert 'name="nickname"' in _text(_get(client, "quiz", quiz, OPENS))
    assert 'name="nickname"' not in _text(_get(client, "quiz", quiz, CLOSES))


def test_joining_gives_a_cookie_for_this_quiz_alone(client, quiz):
    response = _post(client, "quiz_join", quiz, **JOINS)
    cookie = response.cookies[quiz_gate.cookie_name(quiz)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == _url("quiz", quiz)
    assert "小明同学" in _text(_get(client, "quiz", quiz))


def test_nothing_of_the_staff_side_stands_on_a_public_page(client, quiz):
    joined = quizzes.join(quiz)
    quizzes.attempt(quiz, joined.guest)
    _as_guest(client, quiz, joined)
    _post(client, "quiz_start", quiz)
    for name, rest in (
        ("quiz", ()),
        ("quiz_attempt", ()),
        ("quiz_ranking", ()),
        ("quiz_prizes", ()),
        ("quiz_result", (1,)),
    ):
        text = _text(_get(client, name, quiz, rest=rest))
        for foreign in (
            quiz.by_name,
            quiz.unit.name,
            quiz.bank.name,
            "/sign-in/",
            "/bank/",
            "/quizzes/",
            quiz.seed,
        ):
            assert foreign not in text, (name, foreign)


def test_a_stranger_has_no_result_and_no_certificate(client, quiz):
    quizzes.attempt(quiz, quizzes.guest(quiz))
    client.cookies[quiz_gate.cookie_name(quiz)] = "forged"
    assert _get(client, "quiz_result", quiz, rest=(1,)).status_code == 404
    assert _get(client, "quiz_certificate", quiz).status_code == 404
    assert _post(client, "quiz_submit", quiz, attempt="1").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"nickname": "小明"}, "consents"),
        ({"consents": "on"}, "nickname"),
        ({"nickname": "13800138000", "consents": "on"}, "nickname"),
    ],
)
def test_a_refused_entry_says_at_its_field_why(client, quiz, data, words):
    response = _post(client, "quiz_join", quiz, **data)
    assert response.status_code == 200
    assert response.context["form"].errors[words]
    assert not QuizGuest.objects.exists()


def test_the_community_of_the_address_is_chosen_beforehand(client):
    quiz = quizzes.published(groups=[("001", "滨河社区", 10), ("002", "东园社区", 10)])
    with clock.pinned(OPENS):
        text = _text(client.get(_url("quiz", quiz) + "?g=002"))
    assert f'<option value="{quiz.groups.get(code="002").pk}" selected>' in text


def test_the_ranking_shows_ties_and_masks_names(client, quiz):
    for name, right, seconds in (("甲先生", 4, 60), ("乙女士", 4, 60), ("丙", 3, 5)):
        quizzes.attempt(quiz, quizzes.guest(quiz, name), right=right, seconds=seconds)
    response = _get(client, "quiz_ranking", quiz)
    assert [row.place for row, _name, _used in response.context["rows"]] == [1, 1, 3]
    assert "甲先生" not in _text(response)
    assert "甲**" in _text(response)


def test_a_winner_answers_and_others_see_the_state(client):
    drawn = quizzes.drawn()
    winner = next(one for one in drawn.joined if one.guest.number == drawn.draw.order[0])
    _as_guest(client, drawn.quiz, winner)
    assert _post(client, "quiz_prize_answer", drawn.quiz, AFTER + MINUTE).status_code == 302
    assert QuizOffer.objects.get(place=1).answered_at is not None
    assert drawn.quiz.seed in _text(_get(client, "quiz_prizes", drawn.quiz, AFTER))


def test_a_refused_contact_says_why(client):
    drawn = quizzes.drawn(asks_contact=True)
    winner = next(one for one in drawn.joined if one.guest.number == drawn.draw.order[0])
    _as_guest(client, drawn.quiz, winner)
    response = _post(client, "quiz_prize_answer", drawn.quiz, AFTER, contact="138", consents="on")
    assert response.context["form"].errors["contact"]


def test_the_draw_and_its_list_come_as_files(client):
    drawn = quizzes.drawn()
    told = json.loads(_get(client, "quiz_draw_file", drawn.quiz, AFTER).content)
    assert rules.check(told, drawn.quiz.commitment).valid
    entries = [rules.Entry(*one) for one in told["list"]]
    assert _get(client, "quiz_list_file", drawn.quiz, AFTER).content == rules.list_text(entries)


def test_before_the_draw_there_is_a_list_and_no_seed(client, quiz):
    quizzes.attempt(quiz, quizzes.guest(quiz))
    assert _get(client, "quiz_list_file", quiz, AFTER).status_code == 404
    lottery.publish_list(quiz=quiz, at=AFTER)
    assert _get(client, "quiz_list_file", quiz, AFTER).status_code == 200
    assert _get(client, "quiz_draw_file", quiz, AFTER).status_code == 404
    text = _text(_get(client, "quiz_prizes", quiz, AFTER))
    assert quiz.commitment in text
    assert quiz.seed not in text


def test_a_quiz_called_off_says_so(client, quiz):
    quiz_setting.stop(quiz=quiz, reason="题目有误，另行通知", by=ORGANISER, at=BEFORE)
    assert "题目有误" in _text(_get(client, "quiz", quiz))


def test_one_address_is_slowed_down(client, quiz, monkeypatch):
    monkeypatch.setitem(quiz_gate.MOST_A_MINUTE, "read", 2)
    assert [_get(client, "quiz", quiz).status_code for _ in range(3)] == [200, 200, 429]
    assert _get(client, "quiz", quiz, OPENS + MINUTE).status_code == 200


def test_guessing_codes_is_braked(client):
    quiz = quizzes.published(codes_only=True)
    told = JOINS | {"code": "AAAA-BBBB-CCCC"}
    statuses = [_post(client, "quiz_join", quiz, **told).status_code for _ in range(60)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


@pytest.mark.parametrize("count", [1, 3])
def test_the_ranking_asks_a_fixed_number_of_questions(client, quiz, count, django_assert_max_num_queries):
    for n in range(count):
        quizzes.attempt(quiz, quizzes.guest(quiz, f"居民{n}"))
    with django_assert_max_num_queries(5):
        _get(client, "quiz_ranking", quiz)


@pytest.mark.parametrize("count", [1, 6])
def test_the_draw_asks_a_fixed_number_of_questions(client, count, django_assert_max_num_queries):
    drawn = quizzes.drawn(guests=count)
    with django_assert_max_num_queries(6):
        _get(client, "quiz_prizes", drawn.quiz, AFTER)


@pytest.mark.parametrize(
    "name", ["quiz_join", "quiz_start", "quiz_answers", "quiz_submit", "quiz_prize_answer"]
)
def test_acts_are_no_pages(client, quiz, name):
    assert _get(client, name, quiz).status_code == 405


def test_codes_tried_elsewhere_keep_nobody_out_of_an_open_quiz(client, quiz):
    for _ in range(MOST_WRONG_CODES):
        code_brake.count_wrong("127.0.0.1", OPENS)
    assert _post(client, "quiz_join", quiz, **JOINS).status_code == 302


def test_a_community_that_no_database_takes_is_none(client, quiz):
    assert client.get(_url("quiz", quiz) + "?g=%00x").status_code == 200
