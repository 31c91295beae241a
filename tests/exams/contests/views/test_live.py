"""The live channel over HTTP: the whole picture, one act, one move."""

import json
import uuid

import pytest
from django.urls import reverse

from exams.contests.models import PadAnswer, Seat
from exams.contests.services import tickets
from tests.exams.contests.consumers.test_source import Stage
from tests.factories import contests, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def address(name, stage):
    return reverse(f"contests:{name}", args=[stage.uid])


def post(client, url, ticket="", **said):
    return client.post(
        url, json.dumps(said), content_type="application/json", headers={"X-Contest-Ticket": ticket}
    )


def test_the_snapshot_is_what_a_socket_says_first(client, stage):
    stage.ask()
    told = client.get(address("snapshot", stage), {"ticket": tickets.issue(stage.seats[0])}).json()
    assert (told["t"], told["seq"]) == ("hello", 4)
    assert told["view"]["turn"]["phase"] == "open"
    assert told["you"]["role"] == "audience"
    assert "staff" not in told


def test_only_a_desk_sees_the_key(client, stage):
    stage.ask()
    seat = contests.seat(stage.match, "host", user=stage.host)
    told = client.get(address("snapshot", stage), {"ticket": tickets.issue(seat)}).json()
    assert told["staff"]["key"]


def test_an_answer_over_http_counts_once(client, stage):
    turn, ticket = stage.ask(), tickets.issue(stage.seats[0])
    said = {"id": str(uuid.uuid4()), "what": "answer", "turn": turn, "response": ["a1"]}
    for _ in range(3):
        assert post(client, address("act", stage), ticket, **said).json()["t"] == "ack"
    assert PadAnswer.objects.count() == 1
    other = post(client, address("act", stage), ticket, **{**said, "id": str(uuid.uuid4())}).json()
    assert (other["t"], other["code"]) == ("no", "answered")


@pytest.mark.parametrize("ticket", ["", "x", "eyJ9:1:x"])
def test_without_a_ticket_nobody_gets_in(client, stage, ticket):
    assert client.get(address("snapshot", stage), {"ticket": ticket}).status_code == 401
    assert post(client, address("act", stage), ticket, what="answer").status_code == 401


def test_the_ticket_of_another_match_opens_nothing(client, stage):
    other = contests.match(teams=0)
    ticket = tickets.issue(contests.audience(other, 1)[0])
    assert client.get(address("snapshot", stage), {"ticket": ticket}).status_code == 401


def test_a_withdrawn_seat_is_told_so(client, stage):
    seat = stage.seats[0]
    ticket = tickets.issue(seat)
    Seat.objects.filter(pk=seat.pk).update(generation=1)
    reply = client.get(address("snapshot", stage), {"ticket": ticket})
    assert (reply.status_code, reply.json()["code"]) == (403, "replaced")


@pytest.mark.parametrize("body", ["", "[]", "{", "1", "[" * 3000, '{"a": "' + "x" * 9000 + '"}'])
def test_what_cannot_be_read_is_refused(client, stage, body):
    ticket = tickets.issue(stage.seats[0])
    sent = {"content_type": "application/json", "headers": {"X-Contest-Ticket": ticket}}
    assert client.post(address("act", stage), body, **sent).status_code in {400, 413}


def test_a_pad_that_never_stops_is_slowed_down(client, stage):
    ticket = tickets.issue(stage.seats[2])
    replies = {client.get(address("snapshot", stage), {"ticket": ticket}).status_code for _ in range(60)}
    assert replies == {200, 429}


def test_the_host_moves_the_match_and_is_told_the_number(client, stage):
    client.force_login(stage.host)
    reply = post(client, address("move", stage), kind="round_opened", data={"round": 0}, seen=1)
    assert (reply.status_code, reply.json()) == (200, {"seq": 2})


def test_a_move_on_what_has_changed_meanwhile_is_refused_in_words(client, stage):
    client.force_login(stage.host)
    stage.move("round_opened", round=0)
    reply = post(client, address("move", stage), kind="turn_opened", data={}, seen=1)
    assert (reply.status_code, reply.json()["code"]) == (409, "moved_on")
    assert reply.json()["text"]


@pytest.mark.parametrize(
    "said",
    [
        {"kind": 1},
        {"kind": "started", "data": []},
        {"kind": "paused", "seen": "1"},
        {"kind": "paused", "seen": True},
    ],
)
def test_a_malformed_move_is_refused(client, stage, said):
    client.force_login(stage.host)
    assert post(client, address("move", stage), **said).status_code in {400, 409}


def test_who_does_not_serve_at_the_contest_moves_nothing(client, stage):
    client.force_login(people.UserFactory())
    reply = post(client, address("move", stage), kind="paused", data={}, seen=1)
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours")


@pytest.mark.parametrize(("name", "method"), [("snapshot", "post"), ("act", "get"), ("move", "get")])
def test_the_wrong_method(client, stage, name, method):
    client.force_login(stage.host)
    assert getattr(client, method)(address(name, stage)).status_code == 405


DEEP = "[" * 900 + "]" * 900


@pytest.mark.parametrize(
    "body",
    [
        f'{{"ticket": {DEEP}}}',
        f'{{"id": {DEEP}}}',
        f'{{"id": "{uuid.UUID(int=1)}", "what": ["x"]}}',
        f'{{"id": "{uuid.UUID(int=1)}", "what": "answer", "turn": 1, "response": {DEEP}}}',
        f'{{"id": "{uuid.UUID(int=1)}", "what": "choose", "turn": 1, "value": {DEEP}}}',
        '{"id": "\\ud800"}',
    ],
)
def test_what_is_not_of_its_type_is_refused_in_words(client, stage, body):
    for ticket in ("", tickets.issue(stage.seats[0])):
        headers = {"X-Contest-Ticket": ticket}
        reply = client.post(address("act", stage), body, content_type="application/json", headers=headers)
        assert reply.status_code in {200, 400, 401}
        assert (reply.json()["t"], bool(reply.json()["text"])) == ("no", True)


def test_a_reason_that_is_no_text_is_none(client, stage):
    client.force_login(stage.host)
    reply = post(client, address("move", stage), kind="paused", data={}, reason={"a": 1}, seen=1)
    assert (reply.status_code, reply.json()["code"]) == (409, "reason_needed")
