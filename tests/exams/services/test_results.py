"""Releasing: only when everybody has finished, once, and only then anybody sees a score."""

import pytest

from exams.queries import released_outcomes
from exams.queries.results import exams_of
from exams.services import results
from lianbing.kit.models import OutboxMessage
from lianbing.people.rules import SYSTEM
from question_bank.models import Question
from tests.factories import exams
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
END = NOON + 120 * MINUTE


def release(sitting, at=END + MINUTE):
    return results.release_results(sitting=sitting, by=SYSTEM, at=at)


def test_release_tells_everybody_and_counts_the_questions():
    attempt = exams.attempt()
    sitting = attempt.candidate.sitting
    absent = exams.candidate(sitting)
    assert released_outcomes(sitting) == []
    assert release(sitting) == 1
    told = {one.officer_id: (one.state, one.score) for one in released_outcomes(sitting)}
    assert told == {attempt.candidate.officer_id: ("failed", 0), absent.officer_id: ("absent", None)}
    assert OutboxMessage.objects.get().topic == "results_published"
    assert Question.objects.filter(times_used=1).count() == 10


def test_no_score_before_release():
    attempt = exams.attempt()
    [one] = exams_of(attempt.candidate.officer_id, END + MINUTE)
    assert (one.record, one.outcome) == (None, "")
    release(attempt.candidate.sitting)
    [one] = exams_of(attempt.candidate.officer_id, END + 2 * MINUTE)
    assert (one.record.score, one.outcome) == (0, "failed")


def test_not_before_the_end_and_not_twice():
    sitting = exams.sitting()
    with pytest.raises(results.CannotRelease, match="not_closed"):
        release(sitting, at=END - MINUTE)
    release(sitting)
    with pytest.raises(results.CannotRelease, match="already_released"):
        release(sitting, at=END + 2 * MINUTE)


def test_not_while_somebody_with_extra_time_is_writing():
    attempt = exams.attempt(deadline=END + 10 * MINUTE)
    with pytest.raises(results.CannotRelease, match="still_writing"):
        release(attempt.candidate.sitting)
