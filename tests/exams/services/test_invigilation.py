"""Extra time, handing in and closing by staff: with a reason, never for oneself, on record."""

import datetime

import pytest

from exams.models import Attempt, Candidate
from exams.services import invigilation, saving
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Actor
from tests.factories import exams
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
REASON = "停电五分钟"
AT = NOON + MINUTE


@pytest.fixture
def attempt():
    return exams.attempt()


def extend(candidate, seconds=300, reason=REASON, by=SYSTEM, at=AT):
    return invigilation.extend(candidate=candidate, seconds=seconds, reason=reason, by=by, at=at)


def oneself(candidate):
    return Actor(user_id=1, staff_number="x", name="x", officer_id=candidate.officer_id)


def test_extra_time_moves_the_deadline_and_is_on_record(attempt):
    before = attempt.deadline
    assert extend(attempt.candidate) == 300
    attempt.refresh_from_db()
    assert attempt.deadline == before + 5 * MINUTE
    record = AuditRecord.objects.get(action="time_extended")
    assert (record.reason, record.details["total_seconds"]) == (REASON, 300)


def test_time_given_before_the_start_is_used_at_the_start():
    candidate = exams.candidate(exams.sitting())
    extend(candidate)
    assert Candidate.objects.get().extra_seconds == 300


def test_time_can_be_taken_back_but_not_below_nothing(attempt):
    extend(attempt.candidate)
    assert extend(attempt.candidate, seconds=-120) == 180
    with pytest.raises(invigilation.Refused, match="range"):
        extend(attempt.candidate, seconds=-181)


@pytest.mark.parametrize("reason", ["", "    ", "停电了", " 四个字了 "])
def test_without_a_reason_nothing_moves(attempt, reason):
    with pytest.raises(invigilation.Refused, match="reason"):
        extend(attempt.candidate, reason=reason)
    assert not AuditRecord.objects.exists()


def test_nobody_extends_their_own_exam(attempt):
    with pytest.raises(invigilation.Refused, match="oneself"):
        extend(attempt.candidate, by=oneself(attempt.candidate))
    with pytest.raises(invigilation.Refused, match="oneself"):
        invigilation.force_submit(attempt=attempt, reason=REASON, by=oneself(attempt.candidate), at=AT)


def test_what_is_over_stays_over_even_unnoticed(attempt):
    with pytest.raises(invigilation.Refused, match="over"):
        extend(attempt.candidate, at=attempt.deadline + 2 * MINUTE)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.submitted_how) == ("submitted", "deadline")


def test_everybody_but_oneself_and_those_handed_in_gets_time():
    sitting = exams.sitting()
    first, second, third = (exams.attempt(exams.candidate(sitting)) for _ in range(3))
    invigilation.force_submit(attempt=third, reason=REASON, by=SYSTEM, at=AT)
    count = invigilation.extend_all(
        sitting=sitting, seconds=60, reason=REASON, by=oneself(second.candidate), at=AT
    )
    assert count == 1
    assert Attempt.objects.get(pk=first.pk).extra_seconds == 60


def test_handing_in_for_somebody_keeps_what_was_saved(attempt):
    pen = exams.pen(attempt)
    event = {"seq": 1, "item": 1, "value": ["a1"]}
    saving.save(uid=attempt.uid, ticket=pen.ticket, client=pen.client, lease=1, events=[event], at=AT)
    receipt = invigilation.force_submit(attempt=attempt, reason=REASON, by=SYSTEM, at=AT)
    assert (receipt.how, receipt.answered) == ("staff", 1)
    assert AuditRecord.objects.get(action="attempt_submitted").reason == REASON


def test_closing_hands_everybody_in_and_nobody_starts():
    attempt = exams.attempt()
    sitting = attempt.candidate.sitting
    assert invigilation.close_sitting(sitting=sitting, reason=REASON, by=SYSTEM, at=AT) == 1
    attempt.refresh_from_db()
    assert attempt.submitted_how == "staff"
    later = AT + datetime.timedelta(seconds=1)
    with pytest.raises(invigilation.Refused, match="not_running"):
        invigilation.close_sitting(sitting=sitting, reason=REASON, by=SYSTEM, at=later)
