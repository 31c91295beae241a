"""A paper of every kind: what its page holds, what it costs to save, what the result shows."""

import json

import pytest
from django.urls import reverse

from exams.models import Attempt
from exams.queries import papers
from exams.services import saving
from lianbing.kit import clock
from question_bank.kinds import case_analysis
from tests.factories import exams
from tests.factories import kinds as questions
from tests.factories.exams import CLIENT, DEVICE, MINUTE, NOON
from tests.factories.kinds import EVERY

pytestmark = pytest.mark.django_db
ASKED = [*map(questions.of, EVERY), questions.wild_case()]


@pytest.fixture
def attempt(client):
    with clock.pinned(NOON):
        versions = [exams.question(of=one) for one in ASKED]
        made = exams.attempt(exams.candidate(exams.sitting(), versions=versions))
        client.force_login(made.user)
        yield made


def events():
    return [{"seq": n, "item": n, "value": one.right, "mono_ms": n} for n, one in enumerate(ASKED, start=1)]


def test_the_page_holds_every_question_and_nothing_of_a_key(client, attempt):
    page = client.get(reverse("exams:taking", args=[attempt.uid])).content.decode()
    data = json.loads(
        page.split('<script id="attempt-data" type="application/json">')[1].split("</script>")[0]
    )
    assert [item["kind"] for item in data["items"]] == [one.kind.name for one in ASKED]
    assert "KEY-" not in page
    assert "SECRET-EXPLANATION" not in page
    told = json.dumps(data["items"])
    secret = (
        "right",
        "key_lines",
        "accepted",
        "reference",
        "points",
        "sets",
        "share",
        "explanation",
        "difficulty",
    )
    assert not [word for word in secret if f'"{word}"' in told]


def test_every_answer_is_kept_as_it_was_given(client, attempt):
    pen = exams.pen(attempt)
    reply = saving.save(
        uid=attempt.uid,
        ticket=pen.ticket,
        client=pen.client,
        lease=pen.lease,
        events=events(),
        at=NOON + MINUTE,
    )
    assert reply.acked_through == len(ASKED)
    kept = Attempt.objects.get(pk=attempt.pk).answers
    assert kept == {str(n): one.right for n, one in enumerate(ASKED, start=1)}


def test_saving_costs_no_statement_more_once_the_page_was_shown(client, attempt, django_assert_num_queries):
    client.get(reverse("exams:taking", args=[attempt.uid]))
    pen = exams.pen(attempt)
    with django_assert_num_queries(5):  # three, and a savepoint and its release for BEGIN and COMMIT
        saving.save(
            uid=attempt.uid,
            ticket=pen.ticket,
            client=CLIENT,
            lease=pen.lease,
            events=events(),
            at=NOON + MINUTE,
        )


def test_a_process_that_never_showed_the_paper_reads_it_once(attempt, django_assert_num_queries):
    pen = exams.pen(attempt)
    papers.forget()
    for count in (6, 5):
        with django_assert_num_queries(count):
            saving.save(
                uid=attempt.uid,
                ticket=pen.ticket,
                client=CLIENT,
                lease=pen.lease,
                events=[events()[0] | {"seq": 7 - count + 1}],
                at=NOON + MINUTE,
            )


@pytest.mark.parametrize(
    "value",
    [{"k3": "\x00"}, {"k3": "\ud800"}, {"?": "x"}, {"k3": "字" * 201}, "text", 5, None, {"k3": {"a": 1}}],
)
def test_a_forged_answer_stores_nothing(client, attempt, value):
    place = EVERY.index("fill_blank") + 1
    pen = client.post(
        reverse("exams:lease", args=[attempt.uid]),
        json.dumps({"client_id": CLIENT, "device_id": DEVICE}),
        content_type="application/json",
    ).json()
    said = {"lease": 1, "client_id": CLIENT, "events": [{"seq": 1, "item": place, "value": value}]}
    reply = client.post(
        reverse("exams:events", args=[attempt.uid]),
        json.dumps(said),
        content_type="application/json",
        headers={"X-Attempt-Ticket": pen["ticket"]},
    )
    assert (reply.status_code, reply.json()["error"]) == (400, "bad_event")
    assert Attempt.objects.get(pk=attempt.pk).answers == {}


def test_a_case_stays_one_unit_whose_parts_share_its_marks(attempt):
    shown = papers.shown_items(attempt.candidate.paper)[EVERY.index("case_analysis")]
    assert case_analysis.kind.name == shown["kind"]
    assert [part["marks"] for part in shown["parts"]] == ["0.33", "0.67", "1"]
