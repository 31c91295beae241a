"""The comparison of what candidates were told with what is stored."""

from decimal import Decimal

import pytest

from exams.models import Attempt
from exams.rehearsal import verdict
from exams.rehearsal.candidate import Ledger, fingerprint
from exams.rules import scoring
from exams.services import saving
from tests.factories import exams

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    """A candidate who answered two questions (one right) and handed in, as they were told it."""
    attempt = exams.attempt()
    pen = exams.pen(attempt)
    common = {
        "uid": attempt.uid,
        "ticket": pen.ticket,
        "client": pen.client,
        "lease": pen.lease,
        "at": exams.NOON,
    }
    events = [{"seq": 1, "item": 1, "value": ["a1"]}, {"seq": 2, "item": 2, "value": ["b2"]}]
    saving.save(events=events, **common)
    answers = {"1": ["a1"], "2": ["b2"]}
    reply = saving.submit(final_seq=2, answers_sha256=fingerprint(answers), **common)
    acked = {(pen.client, event["seq"]): (event["item"], event["value"]) for event in events}
    return Ledger("T1", str(attempt.uid), acked, answers, reply.receipt.as_json())


def compared(ledger):
    found = Attempt.objects.select_related("candidate__paper")
    return verdict.compare([ledger], {str(one.uid): one for one in found})


def test_what_was_told_and_what_is_stored_agree(ledger):
    result = compared(ledger)
    assert result == verdict.Verdict(2, 0, 1, True, [])


def test_an_acknowledged_answer_that_is_not_stored_is_lost(ledger):
    ledger.acked["another client", 1] = (3, ["a1"])
    assert compared(ledger).saves_lost == 1


def test_an_answer_stored_differently_is_lost(ledger):
    ledger.answers["2"] = ["c3"]
    assert compared(ledger).saves_lost == 1


def test_another_score_is_not_equal(ledger):
    ledger.answers["2"] = ["a1"]
    assert compared(ledger).scores_equal is False


def test_an_attempt_nobody_stored_loses_everything(ledger):
    ledger.attempt = "gone"
    result = compared(ledger)
    assert (result.saves_lost, result.submitted, result.scores_equal) == (2, 0, False)


def test_the_score_counts_exact_answers_only(ledger):
    attempt = Attempt.objects.select_related("candidate__paper").get()
    keys = {item[0]: {"options": ["a1"]} for item in attempt.candidate.paper.items}
    assert verdict.score(attempt, {"1": ["a1"], "2": ["a1", "b2"], "3": []}, keys) == Decimal(2)


def test_the_fingerprint_is_the_servers():
    answers = {"10": ["z"], "2": ["甲", "b"], "3": []}
    assert fingerprint(answers) == scoring.answers_sha256(answers)


@pytest.mark.parametrize(("values", "expected"), [([], 0.0), ([7], 7), (list(range(1, 101)), 95.0)])
def test_a_percentile(values, expected):
    assert verdict.percentile(values, 95) == pytest.approx(expected, abs=0.1)
