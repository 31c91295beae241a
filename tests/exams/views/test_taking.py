"""The save protocol over HTTP, as a candidate's browser speaks it."""

import json

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exams.models import AnswerEvent, Attempt
from exams.rules.scoring import answers_sha256
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from tests.factories import exams, people
from tests.factories.exams import CLIENT, DEVICE, MINUTE, NOON, OTHER_CLIENT, OTHER_DEVICE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON + MINUTE):
        yield


@pytest.fixture
def attempt():
    return exams.attempt()


@pytest.fixture
def own(client, attempt):
    client.force_login(attempt.user)
    return client


def post(client, name, attempt, body, ticket=""):
    return client.post(
        reverse(f"exams:{name}", args=[attempt.uid]),
        body if isinstance(body, str | bytes) else json.dumps(body),
        content_type="application/json",
        headers={"X-Attempt-Ticket": ticket},
    )


def lease(client, attempt, client_id=CLIENT, device_id=DEVICE, **more):
    return post(client, "lease", attempt, {"client_id": client_id, "device_id": device_id, **more})


def body(taken, *events, client_id=CLIENT):
    return {"lease": taken["lease"], "client_id": client_id, "events": list(events)}


def test_a_whole_attempt_over_http(own, attempt):
    taken = lease(own, attempt).json()
    assert (taken["lease"], taken["acked_through"], taken["state"]) == (1, 0, "open")
    own.logout()  # the ticket alone is enough from here on
    event = {"seq": 1, "item": 1, "value": ["a1"], "mono_ms": 12.5}
    saved = post(own, "events", attempt, body(taken, event), taken["ticket"])
    assert saved.status_code == 200
    assert saved.json()["acked_through"] == 1
    said = {"lease": 1, "client_id": CLIENT, "final_seq": 1, "answers_sha256": saved.json()["answers_sha256"]}
    first = post(own, "submit", attempt, said, taken["ticket"])
    assert first.json()["receipt"] == post(own, "submit", attempt, said, taken["ticket"]).json()["receipt"]
    assert first.json()["receipt"]["answers_sha256"] == answers_sha256({"1": ["a1"]})


def test_the_page_holds_the_paper_without_key_or_explanation(own, attempt):
    page = own.get(reverse("exams:taking", args=[attempt.uid]))
    data = page.context["attempt_data"]
    assert len(data["items"]) == 10
    assert data["remaining_ms"] == 59 * 60 * 1000
    assert set(data["items"][0]) == {"position", "kind", "stem", "options", "marks"}
    assert b"SECRET-EXPLANATION" not in page.content
    assert page["Cache-Control"].count("no-store")


@pytest.mark.parametrize("name", ["taking", "result"])
def test_another_persons_attempt_does_not_exist(client, attempt, name):
    client.force_login(people.officer().user)
    assert client.get(reverse(f"exams:{name}", args=[attempt.uid])).status_code == 404


def test_another_person_cannot_take_the_pen(client, attempt):
    client.force_login(people.officer().user)
    assert lease(client, attempt).status_code == 404


@pytest.mark.parametrize("name", ["events", "submit"])
@pytest.mark.parametrize("ticket", ["", "x", "1.1.1.ff", "é"])
def test_without_a_valid_ticket_nothing_is_saved(client, attempt, name, ticket):
    said = {"lease": 1, "client_id": CLIENT, "events": [], "final_seq": 0, "answers_sha256": ""}
    assert post(client, name, attempt, said, ticket).status_code == 401


def test_another_device_needs_the_password(own, attempt):
    attempt.user.set_password(people.PASSWORD)
    attempt.user.save()
    own.force_login(attempt.user)
    lease(own, attempt)
    other = {"client_id": OTHER_CLIENT, "device_id": OTHER_DEVICE}
    assert lease(own, attempt, **other).status_code == 409
    assert lease(own, attempt, **other, password="wrong").json() == {"error": "wrong_password"}
    assert lease(own, attempt, **other, password=people.PASSWORD).json()["lease"] == 2


def test_guessing_the_password_is_slowed_down(own, attempt):
    lease(own, attempt)
    other = {"client_id": OTHER_CLIENT, "device_id": OTHER_DEVICE, "password": "wrong"}
    replies = [lease(own, attempt, **other).json() for _ in range(6)]
    assert replies[4] == {"error": "wrong_password"}
    assert replies[5] == {"error": "wrong_password", "wait": True}


def test_a_password_that_cannot_be_encoded_is_refused_in_words(own, attempt):
    lease(own, attempt)
    assert lease(own, attempt, OTHER_CLIENT, OTHER_CLIENT, password="\ud800").status_code == 400


def test_a_superseded_tab_is_told_so(own, attempt):
    first = lease(own, attempt).json()
    lease(own, attempt, client_id=OTHER_CLIENT)
    reply = post(own, "events", attempt, body(first, {"seq": 1, "item": 1, "value": []}), first["ticket"])
    assert (reply.status_code, reply.json()["error"]) == (409, "superseded")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"lease": 1}',
        b"[" * 200_000,
        b'{"lease": true, "client_id": "a", "events": []}',
    ],
)
def test_nonsense_is_refused_in_words(own, attempt, sent):
    taken = lease(own, attempt).json()
    reply = post(own, "events", attempt, sent, taken["ticket"])
    assert reply.status_code == 400
    assert reply.json()["message"]


def test_a_bad_event_is_named_and_nothing_stored(own, attempt):
    taken = lease(own, attempt).json()
    events = [{"seq": 1, "item": 1, "value": ["a1"]}, {"seq": 2, "item": 1, "value": ["forged"]}]
    reply = post(own, "events", attempt, body(taken, *events), taken["ticket"])
    assert (reply.status_code, reply.json()["seq"]) == (400, 2)
    assert not AnswerEvent.objects.exists()


def test_too_many_events_are_refused(own, attempt):
    taken = lease(own, attempt).json()
    events = [{"seq": n, "item": 1, "value": []} for n in range(1, 202)]
    assert post(own, "events", attempt, body(taken, *events), taken["ticket"]).status_code == 413
    assert post(own, "events", attempt, b" " * 300_000, taken["ticket"]).status_code == 413


def test_status_hands_in_when_time_is_over(own, attempt):
    taken = lease(own, attempt).json()
    with clock.pinned(attempt.deadline + 2 * MINUTE):
        reply = own.get(
            reverse("exams:status", args=[attempt.uid]), headers={"X-Attempt-Ticket": taken["ticket"]}
        )
    assert reply.json()["state"] == "submitted"
    assert reply.json()["receipt"]["how"] == "deadline"


def test_extra_time_reaches_the_next_save(own, attempt):
    taken = lease(own, attempt).json()
    Attempt.objects.update(deadline=attempt.deadline + 5 * MINUTE)
    reply = post(own, "events", attempt, body(taken, {"seq": 1, "item": 1, "value": []}), taken["ticket"])
    assert reply.json()["remaining_ms"] == 64 * 60 * 1000


def test_starting_twice_is_one_attempt(client):
    candidate = exams.candidate(exams.sitting())
    client.force_login(candidate.officer.user)
    address = reverse("exams:start", args=[candidate.sitting.uid])
    assert client.post(address)["Location"] == client.post(address)["Location"]
    assert Attempt.objects.count() == 1


def test_an_uninvited_person_finds_nothing(client):
    sitting = exams.sitting()
    client.force_login(people.officer(sitting.unit).user)
    assert client.post(reverse("exams:start", args=[sitting.uid])).status_code == 404


def test_an_auxiliary_is_refused_at_a_qualification_exam_on_record(client):
    sitting = exams.sitting(is_qualification=True)
    client.force_login(people.officer(sitting.unit, category="auxiliary").user)
    assert client.post(reverse("exams:start", args=[sitting.uid])).status_code == 403
    assert AuditRecord.objects.get(action="qualification_refused").subject_id == str(sitting.pk)


def test_before_the_opening_nobody_starts(client):
    candidate = exams.candidate(exams.sitting(opens_at=NOON + 60 * MINUTE))
    client.force_login(candidate.officer.user)
    assert client.post(reverse("exams:start", args=[candidate.sitting.uid])).status_code == 403


def test_a_database_that_cannot_write_is_no_acknowledgement(own, attempt, monkeypatch):
    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("exams.services.saving.save", full)
    said = {"lease": 1, "client_id": CLIENT, "events": []}
    reply = post(own, "events", attempt, said, "1.1.1.x")
    assert (reply.status_code, reply.json(), reply["Retry-After"]) == (503, {"error": "busy"}, "2")


def test_the_short_way_keeps_the_headers(client, attempt):
    reply = client.get(reverse("exams:status", args=[attempt.uid]))
    assert reply.status_code == 401
    assert reply["X-Frame-Options"] == "DENY"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors" in reply["Content-Security-Policy"]
    assert reply["Cache-Control"] == "no-store"


def test_starting_and_the_first_page_cost_few_statements(client):
    candidate = exams.candidate(exams.sitting())
    client.force_login(candidate.officer.user)
    with CaptureQueriesContext(connection) as caught:
        client.post(reverse("exams:start", args=[candidate.sitting.uid]), follow=True)
    assert len(caught) <= 24, [query["sql"][:90] for query in caught]
