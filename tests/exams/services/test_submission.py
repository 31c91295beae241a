"""Closing by the deadline: by the ticker, lazily on any read, exactly once."""

import datetime

import pytest

from exams.models import Attempt, MarkRecord
from exams.services import submission
from exams.tasks import close_overdue
from lianbing.kit.models import AuditRecord
from tests.factories import exams
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


def test_the_ticker_hands_in_what_is_over_and_nothing_else():
    over = exams.attempt()
    writing = exams.attempt(started_at=NOON + MINUTE)
    assert close_overdue(over.deadline + 61 * SECOND) == 1
    assert set(Attempt.objects.values_list("pk", "state")) == {(over.pk, "submitted"), (writing.pk, "open")}
    assert close_overdue(over.deadline + 62 * SECOND) == 0


def test_within_the_grace_nothing_is_closed():
    attempt = exams.attempt()
    assert close_overdue(attempt.deadline + 60 * SECOND) == 0


def test_a_read_notices_and_the_time_is_the_deadline():
    attempt = exams.attempt()
    submission.refresh(attempt, at=attempt.deadline + 60 * MINUTE)
    assert (attempt.state, attempt.submitted_at, attempt.submitted_how) == (
        "submitted",
        attempt.deadline,
        "deadline",
    )
    assert MarkRecord.objects.get().score == 0


def test_marks_cannot_be_rewritten():
    submission.refresh(exams.attempt(), at=NOON + 200 * MINUTE)
    with pytest.raises(Exception, match="official"):
        MarkRecord.objects.update(score=100)


def test_the_audit_trail_names_the_candidate():
    attempt = exams.attempt()
    close_overdue(attempt.deadline + 61 * SECOND)
    record = AuditRecord.objects.get(action="attempt_submitted")
    assert record.subject_name == str(attempt.candidate)
    assert record.actor["staff_number"] == "system"
