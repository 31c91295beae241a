"""The state tables of attempts and sittings."""

import datetime

import pytest

from exams import state
from exams.state import SittingState, sitting_state

NOW = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PLAIN = {
    "frozen_at": NOW - 3 * HOUR,
    "opens_at": NOW - HOUR,
    "closes_at": NOW + HOUR,
    "closed_early_at": None,
    "released_at": None,
    "at": NOW,
}


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("not frozen", {"frozen_at": None}, "draft"),
        ("before the opening", {"opens_at": NOW + HOUR / 2}, "scheduled"),
        ("at the opening", {"opens_at": NOW}, "open"),
        ("at the closing", {"closes_at": NOW}, "closed"),
        ("closed early", {"closed_early_at": NOW}, "closed"),
        ("closed before opening", {"opens_at": NOW + HOUR / 2, "closed_early_at": NOW}, "closed"),
        ("released", {"closes_at": NOW - HOUR / 2, "released_at": NOW}, "released"),
    ],
)
def test_where_a_sitting_stands(name, case, expected):
    assert sitting_state(**PLAIN | case) == expected, name


def test_an_attempt_is_handed_in_once_and_for_good():
    moves = {(a, b) for a in state.ATTEMPT_MOVES for b in state.ATTEMPT_MOVES if state.may_move(a, b)}
    assert moves == {("open", "submitted")}


def test_nothing_leads_back_from_released():
    assert state.SITTING_MOVES[SittingState.RELEASED] == frozenset()
    assert SittingState.DRAFT not in set().union(*state.SITTING_MOVES.values())
