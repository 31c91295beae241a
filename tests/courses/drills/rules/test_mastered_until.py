"""Until when a question stays mastered agrees with what mastery says at any moment."""

import datetime

import pytest

from courses.drills.rules import mastery
from courses.drills.rules.memory import LEARNT

AT = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize("stability", [0.6, 1.0, 2.3, 8.0, 60.0, 900.0])
@pytest.mark.parametrize("days", [0.1, 1, 2, 5, 30, 400])
def test_mastered_until_says_what_the_predicted_recall_says(stability, days):
    now = AT + datetime.timedelta(days=days)
    until = mastery.mastered_until(stability=stability, state=LEARNT, last_at=AT)
    recall = mastery.of_question(stability=stability, state=LEARNT, last_at=AT, now=now)
    assert mastery.is_mastered(recall) == (until is not None and now <= until)


def test_what_is_being_learnt_is_not_mastered():
    assert mastery.mastered_until(stability=90.0, state=LEARNT - 1, last_at=AT) is None


def test_a_memory_beyond_all_calendars_still_has_a_day():
    until = mastery.mastered_until(stability=1e9, state=LEARNT, last_at=AT)
    assert until is not None
    assert until > AT + HOUR
