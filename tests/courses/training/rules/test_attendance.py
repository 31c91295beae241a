"""Late, early, absent: the tables of R10 and what minutes count."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.training.rules.attendance import (
    HERE,
    Counting,
    NoSignOut,
    State,
    Thresholds,
    Verdict,
    by_hand,
    judge,
)

BEGINS = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
ENDS = BEGINS + datetime.timedelta(minutes=90)


def minute(number):
    return BEGINS + datetime.timedelta(minutes=number)


@pytest.mark.parametrize(
    ("came", "left", "expected"),
    [
        (-10, None, Verdict(State.PRESENT, 90)),
        (0, None, Verdict(State.PRESENT, 90)),
        (5, None, Verdict(State.PRESENT, 90)),
        (6, None, Verdict(State.LATE, 84, 6)),
        (30, None, Verdict(State.LATE, 60, 30)),
        (31, None, Verdict(State.ABSENT, 0, 31)),
        (90, None, Verdict(State.ABSENT, 0, 90)),
        (0, 85, Verdict(State.PRESENT, 90)),
        (0, 84, Verdict(State.LEFT_EARLY, 84, 0, 6)),
        (6, 60, Verdict(State.LATE, 54, 6, 30)),
        (0, 120, Verdict(State.PRESENT, 90)),
        (-30, -10, Verdict(State.LEFT_EARLY, 0, 0, 100)),
        (None, None, Verdict(State.ABSENT, 0)),
    ],
)
def test_arrival_and_departure_by_the_usual_thresholds(came, left, expected):
    at = minute(came) if came is not None else None
    assert judge(BEGINS, ENDS, at, minute(left) if left is not None else None, Thresholds()) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (NoSignOut.FULL, Verdict(State.PRESENT, 90)),
        (NoSignOut.HALF, Verdict(State.LEFT_EARLY, 45)),
        (NoSignOut.NOTHING, Verdict(State.LEFT_EARLY, 0)),
    ],
)
def test_a_missing_sign_out_counts_by_its_rule(rule, expected):
    rules = Thresholds(sign_out=True, no_sign_out=rule)
    assert judge(BEGINS, ENDS, BEGINS, None, rules) == expected


@pytest.mark.parametrize(("came", "left", "minutes"), [(0, 90, 90), (0, 45, 45), (0, 44, 0), (30, 90, 45)])
def test_part_of_a_session_counts_as_half_or_nothing(came, left, minutes):
    rules = Thresholds(counting=Counting.HALVES)
    assert judge(BEGINS, ENDS, minute(came), minute(left), rules).minutes == minutes


def test_nobody_is_absent_by_lateness_without_a_limit():
    assert judge(BEGINS, ENDS, minute(80), None, Thresholds(absent=0)) == Verdict(State.LATE, 10, 80)


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (State.PRESENT, 3, Verdict(State.PRESENT, 90)),
        (State.LATE, 12, Verdict(State.LATE, 78, 12)),
        (State.LATE, 300, Verdict(State.LATE, 84, 6)),
        (State.LEFT_EARLY, 300, Verdict(State.LEFT_EARLY, 84, 0, 6)),
        (State.ABSENT, 3, Verdict(State.ABSENT, 0)),
        (State.LEAVE, 3, Verdict(State.LEAVE, 0)),
    ],
)
def test_what_is_put_down_by_hand_counts(state, at, expected):
    assert by_hand(state, BEGINS, ENDS, minute(at), Thresholds()) == expected


moments = st.none() | st.integers(min_value=-120, max_value=240).map(minute)
rules = st.builds(
    Thresholds,
    late=st.integers(0, 30),
    early=st.integers(0, 30),
    absent=st.integers(0, 60),
    sign_out=st.booleans(),
    no_sign_out=st.sampled_from(NoSignOut),
    counting=st.sampled_from(Counting),
)


@given(moments, moments, rules)
def test_minutes_stay_within_the_session_and_only_who_was_there_has_any(came, left, thresholds):
    verdict = judge(BEGINS, ENDS, came, left, thresholds)
    assert 0 <= verdict.minutes <= 90
    assert verdict.state in HERE or verdict.minutes == 0


@given(st.integers(0, 89), st.integers(0, 89), rules)
def test_who_comes_earlier_never_counts_less(one, other, thresholds):
    early, late = sorted((one, other))
    first = judge(BEGINS, ENDS, minute(early), ENDS, thresholds)
    second = judge(BEGINS, ENDS, minute(late), ENDS, thresholds)
    assert first.minutes >= second.minutes
