"""Places by points, by tie-break, shared."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exams.contests import rounds, state
from exams.contests.rules.match import Crowd, TeamStart
from exams.contests.rules.ranking import by_score, crowd_places, open_ties, places


def _match(*scores, qualify=0, ties=()):
    document = {"name": "规则", "on_stage": 1, "qualify": qualify, "rounds": [{"kind": "risk", "title": ""}]}
    begin = state.start(
        rounds.parse(document), [TeamStart(n, str(n), (n,)) for n in range(1, len(scores) + 1)], b"x"
    )
    teams = tuple(replace(t, score=Decimal(s)) for t, s in zip(begin.teams, scores, strict=True))
    return replace(begin, teams=teams, ties=ties)


@pytest.mark.parametrize(
    ("scores", "ties", "expected"),
    [
        ((100, 120, 110), (), [(2, 1), (3, 2), (1, 3)]),
        ((100, 120, 100), (), [(2, 1), (1, 2), (3, 2)]),
        ((100, 100, 120), (((2,), (1,)),), [(3, 1), (2, 2), (1, 3)]),
        ((100, 100, 100), (((3,), (1, 2)), ((2,), (1,))), [(3, 1), (2, 2), (1, 3)]),
        # A tie-break says nothing about a team that had no part in it.
        ((100, 100, 100), (((2,), (1,)),), [(1, 1), (2, 1), (3, 1)]),
        ((-10, 0, -20), (), [(2, 1), (1, 2), (3, 3)]),
    ],
)
def test_places_follow_points_then_the_tie_breaks_of_all_equal_ones(scores, ties, expected):
    assert [(one.seat, one.place) for one in places(_match(*scores, ties=ties))] == expected


@pytest.mark.parametrize(
    ("scores", "qualify", "expected"),
    [
        ((100, 90, 80), 0, []),
        ((100, 100, 80), 0, [(1, 2)]),
        ((120, 110, 105, 100, 100), 0, []),  # places behind the third may be shared
        ((120, 100, 100), 2, [(2, 3)]),
        ((120, 120, 100), 2, []),  # both go through
        ((120, 100, 100), 1, []),
    ],
)
def test_a_tie_is_open_where_it_decides_something(scores, qualify, expected):
    assert open_ties(_match(*scores, qualify=qualify)) == expected


def test_who_shares_the_last_place_that_goes_through_goes_through():
    assert [one.seat for one in places(_match(120, 100, 100, qualify=2)) if one.through] == [1, 2, 3]


@pytest.mark.parametrize(
    ("order", "expected"), [("seat", [1, 2, 3]), ("lowest", [2, 1, 3]), ("highest", [1, 3, 2])]
)
def test_the_order_of_asking(order, expected):
    scores = {1: Decimal(10), 2: Decimal(5), 3: Decimal(10)}
    assert by_score([3, 1, 2], scores, order=order, ties="seat", seed=b"s", label="l") == expected


def test_a_drawn_order_can_be_recomputed():
    scores = dict.fromkeys(range(1, 9), Decimal(10))
    drawn = [by_score(scores, scores, order="lowest", ties="draw", seed=b"s", label="l") for _ in range(2)]
    assert drawn[0] == drawn[1] != sorted(scores)


def test_the_audience_ranks_by_points_then_by_the_shorter_time():
    crowd = {
        "a1": Crowd(Decimal(500), 900, 1),
        "a2": Crowd(Decimal(500), 800, 1),
        "a3": Crowd(Decimal(700), 5000, 1),
        "a4": Crowd(Decimal(500), 800, 1),
    }
    assert [(party, place) for party, _one, place in crowd_places(crowd)] == [
        ("a3", 1),
        ("a2", 2),
        ("a4", 2),
        ("a1", 4),
    ]
