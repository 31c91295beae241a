"""No key, explanation, difficulty or score in any response before release (I1)."""

import json

import pytest
from django.urls import reverse

from exams.models import Attempt, Paper
from exams.services import papers
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from tests.factories import exams, people
from tests.factories.exams import CLIENT, DEVICE, MINUTE, NOON

pytestmark = pytest.mark.django_db
SECRETS = ("SECRET-EXPLANATION", '"key"', "explanation", "difficulty", '"right"', '"score"')


@pytest.fixture
def attempt(client):
    with clock.pinned(NOON):
        made = exams.attempt()
        client.force_login(made.user)
        yield made


def crawl(client, attempt):
    """Every response an open attempt can bring out of the server."""
    send = {"content_type": "application/json"}
    pages = ["home", "blueprint_list", "sitting_list"]
    yield from (client.get(reverse(f"exams:{name}")) for name in pages)
    uid, sitting = attempt.uid, attempt.candidate.sitting.uid
    for name in ("taking", "result", "status"):
        yield client.get(reverse(f"exams:{name}", args=[uid]))
    for name in ("rules", "sitting", "board", "results", "room_list"):
        yield client.get(reverse(f"exams:{name}", args=[sitting]))
    pen = client.post(
        reverse("exams:lease", args=[uid]), json.dumps({"client_id": CLIENT, "device_id": DEVICE}), **send
    )
    yield pen
    ticket = {"headers": {"X-Attempt-Ticket": pen.json()["ticket"]}}
    said = {"lease": 1, "client_id": CLIENT, "events": [{"seq": 1, "item": 1, "value": ["a1"]}]}
    yield client.post(reverse("exams:events", args=[uid]), json.dumps(said), **send, **ticket)
    yield client.get(reverse("exams:status", args=[uid]), **ticket)
    said = {"lease": 1, "client_id": CLIENT, "final_seq": 1, "answers_sha256": "0"}
    mismatch = client.post(reverse("exams:submit", args=[uid]), json.dumps(said), **send, **ticket)
    yield mismatch
    said["answers_sha256"] = mismatch.json()["answers_sha256"]
    yield client.post(reverse("exams:submit", args=[uid]), json.dumps(said), **send, **ticket)
    yield client.get(reverse("exams:taking", args=[uid]))
    yield client.get(reverse("exams:result", args=[uid]))


def test_nothing_tells_what_is_right_before_release(client, attempt):
    seen = 0
    for response in crawl(client, attempt):
        seen += response.status_code == 200
        text = response.content.decode()
        main = text.split("<main", 1)[-1]
        assert not [word for word in SECRETS if word in main], response.request["PATH_INFO"]
    assert seen >= 9


def test_before_the_start_no_question_is_shown(client, attempt):
    stem = attempt.candidate.paper.items[0]
    Attempt.objects.filter(pk=attempt.pk).delete()
    for name in ("home", "rules"):
        args = [attempt.candidate.sitting.uid] if name == "rules" else []
        text = client.get(reverse(f"exams:{name}", args=args)).content.decode()
        assert f"题目 {stem[0]}" not in text


def test_the_order_of_options_says_nothing_about_the_key():
    unit = people.unit()
    bank = exams.bank("pool")
    for _ in range(20):
        exams.question(bank)
    for _ in range(100):
        people.officer(unit)
    sitting = exams.sitting(
        unit,
        frozen=False,
        pass_mark=1,
        blueprint=exams.blueprint((None, "single_choice", 20, "1"), in_bank=bank),
    )
    papers.freeze_papers(sitting=sitting, by=SYSTEM, at=NOON + MINUTE)
    places = [0, 0, 0, 0]
    for items in Paper.objects.values_list("items", flat=True):
        for _, _, _, order, *_ in items:
            places[order.index("a1")] += 1
    chi_square = sum((count - 500) ** 2 / 500 for count in places)
    assert chi_square < 16.27  # p > 0.001 with three degrees of freedom
