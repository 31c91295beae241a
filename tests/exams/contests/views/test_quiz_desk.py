"""The organisers' desk of quizzes."""

import pytest
from django.urls import reverse

from exams.contests.models import Quiz, QuizCode, QuizDraw, QuizOffer
from exams.contests.services import lottery
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, quizzes
from tests.factories.quizzes import AFTER, BEFORE, OPENS

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return people.unit("测试局")


@pytest.fixture
def trainer(client, bureau):
    user = people.staff(Role.TRAINER, unit=bureau)
    client.force_login(user)
    return user


def _url(name, quiz, *rest):
    return reverse(f"contests:{name}", args=[quiz.uid, *rest])


def _get(client, address, at=BEFORE):
    with clock.pinned(at):
        return client.get(address)


def _post(client, address, data=None, at=BEFORE):
    with clock.pinned(at):
        return client.post(address, data or {})


def _form(bureau, **told):
    lines = {"lines-TOTAL_FORMS": "6", "lines-INITIAL_FORMS": "0", "lines-0-point": "", "lines-0-count": "4"}
    given = {
        "title": "答题",
        "organiser": "城管局",
        "unit": bureau.pk,
        "bank": quizzes.values(unit=bureau)["bank"].pk,
        "uses_drill_pool": "on",
        "opens_at": "2026-12-04T09:00",
        "closes_at": "2026-12-07T09:00",
        "attempts": "3",
        "minutes": "10",
        "certificate_at": "90",
        "reveal": "handed_in",
        "target": "20",
        "draw_from": "60",
        "answer_days": "7",
        "contact_days": "30",
        "groups": "001，滨河社区，320\n002\t东园社区\n",
        "prizes": "一等奖,1\n二等奖,3",
    }
    return lines | given | told


def test_a_quiz_is_made_published_and_opens(client, bureau, trainer):
    quizzes.stock()
    made = _post(client, reverse("contests:quiz_new"), _form(bureau))
    quiz = Quiz.objects.get()
    assert made.url == _url("quiz_desk", quiz)
    assert [(g.code, g.name, g.people) for g in quiz.groups.all()] == [
        ("001", "滨河社区", 320),
        ("002", "东园社区", 0),
    ]
    _post(client, _url("quiz_publish", quiz))
    assert 'name="nickname"' in _get(client, _url("quiz", quiz), OPENS).content.decode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"closes_at": "2026-12-04T09:00"}, "closes_at"),
        ({"groups": "001"}, "groups"),
        ({"groups": "001,甲,1\n001,乙,2"}, "groups"),
        ({"groups": "001,甲,很多"}, "groups"),
        ({"prizes": "一等奖,0"}, "prizes"),
        ({"prizes": "一等奖,-1"}, "prizes"),
        ({"prizes": "一等奖,1\n一等奖,2"}, "prizes"),
        ({"minutes": "0"}, "minutes"),
        ({"attempts": "99999"}, "attempts"),
        ({"certificate_at": "101"}, "certificate_at"),
        ({"title": ""}, "title"),
        ({"unit": "987654321987654321987"}, "unit"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(client, bureau, trainer, told, field):
    response = _post(client, reverse("contests:quiz_new"), _form(bureau, **told))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not Quiz.objects.exists()


@pytest.mark.parametrize("told", [{"lines-0-count": ""}, {"lines-1-count": "4"}, {"lines-0-count": "51"}])
def test_a_quiz_asks_something_once_and_not_too_much(client, bureau, trainer, told):
    response = _post(client, reverse("contests:quiz_new"), _form(bureau, **told))
    assert response.status_code == 200
    assert not Quiz.objects.exists()


def test_a_draft_can_be_changed_and_a_published_quiz_not(client, bureau, trainer):
    quiz = quizzes.saved(unit=bureau, groups=[("001", "滨河社区", 320)])
    assert "001，滨河社区，320" in _get(client, _url("quiz_edit", quiz)).content.decode()
    _post(client, _url("quiz_edit", quiz), _form(bureau, title="新题目"))
    quiz.refresh_from_db()
    assert quiz.title == "新题目"
    _post(client, _url("quiz_publish", quiz))
    assert _get(client, _url("quiz_edit", quiz)).status_code == 302


def test_another_units_quiz_does_not_exist(client, trainer):
    quiz = quizzes.published(unit=people.unit("邻局"))
    for name in ("quiz_desk", "quiz_edit", "quiz_publish", "quiz_stop", "quiz_draw"):
        assert _get(client, _url(name, quiz)).status_code == 404


def test_low_communities_are_named_to_the_organiser_alone(client, bureau, trainer):
    groups = [("001", "滨河社区", 2), ("002", "东园社区", 100)]
    quiz = quizzes.published(unit=bureau, groups=groups)
    for group in quiz.groups.all():
        quizzes.attempt(quiz, quizzes.guest(quiz, group=group))
    desk = _get(client, _url("quiz_desk", quiz), OPENS)
    assert [one.name for one in desk.context["low"]] == ["东园社区"]
    assert "1.0 %" not in _get(client, _url("quiz_ranking", quiz), OPENS).content.decode()


def test_a_leader_follows_and_changes_nothing(client, bureau):
    client.force_login(people.staff(Role.LEADER, unit=bureau))
    quiz = quizzes.published(unit=bureau)
    assert "quiz_stop" not in _get(client, _url("quiz_desk", quiz)).content.decode()
    assert _post(client, _url("quiz_stop", quiz), {"reason": "因故取消了"}).status_code == 403


def test_the_draw_is_made_at_the_desk_once(client, bureau, trainer):
    quiz = quizzes.published(unit=bureau)
    quizzes.attempt(quiz, quizzes.guest(quiz))
    assert _get(client, _url("quiz_draw", quiz), OPENS).status_code == 302
    assert _get(client, _url("quiz_draw", quiz), AFTER).status_code == 200
    for _ in range(2):
        _post(client, _url("quiz_draw", quiz), at=AFTER)
    assert QuizDraw.objects.count() == 1
    assert "****" not in _get(client, _url("quiz_desk", quiz), AFTER).content.decode()


def test_a_contact_is_masked_until_the_one_role_asks_on_record(client, bureau, trainer):
    drawn = quizzes.drawn(unit=bureau, asks_contact=True)
    offer = QuizOffer.objects.get(place=1)
    lottery.answer(guest=offer.guest, contact="13800138000", consents=True, at=AFTER)
    desk = _get(client, _url("quiz_desk", drawn.quiz), AFTER).content.decode()
    assert "****" in desk
    assert "13800138000" not in desk
    assert _post(client, _url("quiz_contact", drawn.quiz, 1), at=AFTER).status_code == 403
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=bureau))
    assert "13800138000" in _post(client, _url("quiz_contact", drawn.quiz, 1), at=AFTER).content.decode()
    assert "13800138000" not in _get(client, _url("quiz_desk", drawn.quiz), AFTER).content.decode()


def test_codes_come_as_a_file_once(client, bureau, trainer):
    quiz = quizzes.saved(unit=bureau, codes_only=True)
    response = _post(client, _url("quiz_codes", quiz), {"count": "3"})
    assert response["Content-Type"].startswith("text/csv")
    assert len(response.content.decode("utf-8-sig").split()) == 4
    assert QuizCode.objects.count() == 3


def test_calling_off_asks_for_a_reason(client, bureau, trainer):
    quiz = quizzes.published(unit=bureau)
    assert _post(client, _url("quiz_stop", quiz), {"reason": "无"}).context["form"].errors
    _post(client, _url("quiz_stop", quiz), {"reason": "题目有误，另行通知"})
    assert Quiz.objects.get().stop.reason


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    client, bureau, trainer, count, django_assert_max_num_queries
):
    for _ in range(count):
        quizzes.published(unit=bureau)
    with django_assert_max_num_queries(12):
        _get(client, reverse("contests:quizzes"))


@pytest.mark.parametrize("count", [1, 6])
def test_the_desk_asks_a_fixed_number_of_questions(
    client, bureau, trainer, count, django_assert_max_num_queries
):
    drawn = quizzes.drawn(guests=count, unit=bureau, prizes=[("奖", count)])
    with django_assert_max_num_queries(15):
        _get(client, _url("quiz_desk", drawn.quiz), AFTER)
