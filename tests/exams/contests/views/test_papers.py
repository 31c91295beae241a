"""The result sheet and the record of a match as PDF."""

import io

import pypdf
import pytest
from django.urls import reverse

from exams.contests.models import Contest
from exams.contests.rendering import papers
from lianbing.people.models import User
from tests.factories import contests as factory
from tests.factories import people
from tests.factories.contests import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    """A played and announced match, confirmed, with a foul, an undone ruling and an override in its record."""
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    Contest.objects.update(state="announced", place="大会议室")
    stage.start()
    stage.turn()
    stage.move("ruled", {"verdict": "wrong"})
    stage.move("undone", {"reason": "误判"})
    stage.move("ruled", {"verdict": "right"})
    stage.move("turn_closed")
    stage.turn("wrong")
    stage.turn("timeout")
    stage.move("fouled", {"team": 3, "code": "assisting", "reason": "提示队友"}, by=stage.chief)
    stage.move("overridden", {"team": 2, "points": "5", "reason": "复核后更正"}, by=stage.chief)
    stage.move("round_closed")
    stage.move("finished")
    stage.move("confirmed", by=stage.chief)
    stage.match.refresh_from_db()
    return stage


def text_of(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def get(client, stage, name, user):
    client.force_login(user)
    return client.get(reverse(f"contests:{name}", args=[stage.match.uid]))


def test_the_result_sheet_holds_places_points_and_who_signs(client, played):
    answer = get(client, played, "result_pdf", people.officer().user)
    text = text_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    for said in (
        "城管业务知识竞赛",
        "大会议室",
        "钟楼队",
        "110",
        "天宁队",
        "105",
        "新北队",
        "90",
        played.chief.name,
    ):
        assert said in text


def test_the_record_holds_every_event_with_time_and_actor(client, played):
    answer = get(client, played, "record_pdf", User.objects.get(pk=played.host.user_id))
    text = text_of(answer.content)
    for said in ("12:00:00", played.host.name, "误判", "提示队友", "复核后更正", "题目", "钟1", "+10", "-10"):
        assert said in text


def test_the_record_is_for_those_who_ran_the_match(client, played):
    assert get(client, played, "record_pdf", people.officer().user).status_code == 404


def test_there_is_nothing_to_print_before_the_start(client):
    stage = factory.stage()
    Contest.objects.update(state="announced")
    assert get(client, stage, "result_pdf", people.officer().user).status_code == 404


def test_a_result_that_is_not_confirmed_says_so(played):
    played.match.phase = "finished"
    unconfirmed = text_of(papers.result_pdf(match=played.match, at=NOON))
    played.match.phase = "confirmed"
    assert unconfirmed != text_of(papers.result_pdf(match=played.match, at=NOON))


def test_the_same_match_and_moment_give_the_same_bytes(played):
    assert papers.record_pdf(match=played.match, at=NOON) == papers.record_pdf(match=played.match, at=NOON)
