"""When an answer counts, how it is rated, what it does to memory and to the wrong-answer book."""

import datetime
from decimal import Decimal

import pytest

from courses.drills.rules import mastery, memory, mistakes, rulings
from courses.drills.rules.ratings import AGAIN, GOOD, HARD, rating

NOON = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "previous", "ruled"),
    [
        (None, None, 0),
        (-1, None, -1),
        (5, None, 0),
        (-30, None, -10),
        (-5, -3, -3),
        (-2, -3, -2),
        (-2, 1, 1),  # the server's clock was put back: still never before the answer before
    ],
)
def test_a_moment_is_ruled_between_making_and_receipt(said, previous, ruled):
    at = rulings.ruled(
        None if said is None else NOON + said * HOUR,
        made_at=NOON - 10 * HOUR,
        previous_at=None if previous is None else NOON + previous * HOUR,
        received_at=NOON,
    )
    assert at == NOON + ruled * HOUR


def test_a_phone_is_believed_for_three_days():
    at = rulings.ruled(NOON - 20 * DAY, made_at=NOON - 30 * DAY, previous_at=None, received_at=NOON)
    assert at == NOON - 3 * DAY


@pytest.mark.parametrize(("off", "moved"), [(0, 0), (1 / 60, 0), (5, -5), (-24, 24)])
def test_a_wrong_clock_is_put_right_beyond_two_minutes(off, moved):
    said = rulings.corrected(NOON, sent_at=NOON + off * HOUR, received_at=NOON)
    assert said == NOON + moved * HOUR


def test_a_clock_beyond_all_dates_says_nothing():
    far = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
    first = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
    assert rulings.corrected(far, sent_at=first, received_at=NOON) is None


@pytest.mark.parametrize(
    ("share", "guessed", "rated"),
    [("1", False, GOOD), ("1", True, HARD), ("0.99", False, AGAIN), ("0", False, AGAIN), ("0", True, AGAIN)],
)
def test_the_stated_rule_of_ratings(share, guessed, rated):
    assert rating(share=Decimal(share), guessed=guessed) == rated


def test_spaced_successes_lengthen_and_a_lapse_shortens():
    trace = memory.after(None, rating=GOOD, at=NOON)
    later = memory.after(trace, rating=GOOD, at=trace.due_at)
    lapsed = memory.after(later, rating=AGAIN, at=later.due_at)
    assert trace.due_at - NOON < later.due_at - later.last_at
    assert lapsed.stability < later.stability
    assert not lapsed.is_learnt
    assert lapsed.due_at - lapsed.last_at == memory.STEP


def test_a_guess_at_first_is_not_learnt_and_comes_back_today():
    trace = memory.after(None, rating=HARD, at=NOON)
    assert not trace.is_learnt
    assert trace.due_at - NOON < HOUR


def test_the_same_answers_give_the_same_memory():
    first, second = (
        memory.after(memory.after(None, rating=3, at=NOON), rating=3, at=NOON + DAY) for _ in "ab"
    )
    assert first == second


def test_mastery_falls_with_time_and_is_nothing_while_wrong():
    known = memory.after(None, rating=GOOD, at=NOON)
    wrong = memory.after(None, rating=AGAIN, at=NOON)
    soon, late, never = (
        mastery.of_question(stability=one.stability, state=one.state, last_at=NOON, now=NOON + days * DAY)
        for one, days in ((known, 0), (known, 60), (wrong, 0))
    )
    assert 1 > soon > late > 0
    assert never == 0


def test_mastery_of_a_list_counts_what_was_never_answered_as_nothing():
    assert mastery.of_list([1.0, 0.5], size=4) == pytest.approx(0.375)
    assert mastery.of_list([], size=0) == 0


@pytest.mark.parametrize(
    ("days", "cleared"),
    [
        ([(0, "right"), (1, "right"), (2, "right")], True),
        ([(0, "right"), (0, "right"), (0, "right")], False),
        ([(0, "right"), (1, "wrong"), (2, "right"), (3, "right")], False),
        ([(0, "right"), (1, "guess"), (2, "right"), (5, "right")], True),
        ([(0, "guess"), (1, "guess"), (2, "guess")], False),
    ],
)
def test_a_question_leaves_the_book_after_successes_on_three_days(days, cleared):
    entry = mistakes.Entry()
    for day, said in days:
        on = NOON.date() + day * DAY
        entry = mistakes.after(entry, right=said != "wrong", guessed=said == "guess", on=on)
    assert entry.is_cleared is cleared
