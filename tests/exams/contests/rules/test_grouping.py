"""From a heat to groups: the order with its ties, and a draw that anybody can recompute."""

from decimal import Decimal

import pytest

from exams.contests.rules import grouping
from exams.contests.rules.grouping import CannotDraw, Entry, draw_groups, standings

SEED = "5a" * 32


def _heat(by, places=2, best=3, **members):
    scores = {
        int(key[1:]): [None if v is None else Decimal(v) for v in values] for key, values in members.items()
    }
    return standings(scores, by=by, best=best, places=places)


def test_teams_stand_by_the_sum_of_their_members():
    rows = _heat("sum", t1=[80, 70, 60], t2=[90, 90, 10], t3=[50, 50, 50])
    assert [(row.key, row.score, row.place) for row in rows] == [(1, 210, 1), (2, 190, 2), (3, 150, 3)]


def test_the_best_count_where_the_rule_says_so():
    rows = _heat("best", best=2, t1=[80, 70, 60], t2=[90, 90, 10])
    assert [(row.key, row.score) for row in rows] == [(2, 180), (1, 150)]


def test_staying_away_does_not_raise_a_mean():
    rows = _heat("mean", t1=[90, None, None], t2=[40, 40, 40])
    assert [(row.key, row.score, row.missing) for row in rows] == [(2, 40, 0), (1, 30, 2)]


def test_a_tie_at_the_last_place_is_shown_and_not_cut():
    rows = _heat("sum", places=2, t1=[9], t2=[8], t3=[8], t4=[7])
    assert [(row.key, row.place, row.through) for row in rows] == [
        (1, 1, "yes"),
        (2, 2, "tied"),
        (3, 2, "tied"),
        (4, 4, "no"),
    ]


def test_a_tie_within_the_places_goes_through():
    rows = _heat("sum", places=2, t1=[8], t2=[8], t3=[7])
    assert [row.through for row in rows] == ["yes", "yes", "no"]


def _entries(count):
    return [Entry(key, Decimal(100 - key)) for key in range(1, count + 1)]


def test_the_same_seed_gives_the_same_groups_in_whatever_order_the_teams_come():
    first = draw_groups(_entries(12), 4, spread=True, seed=SEED)
    again = draw_groups(list(reversed(_entries(12))), 4, spread=True, seed=SEED)
    assert first == again
    assert draw_groups(_entries(12), 4, spread=True, seed="5b" * 32) != first


def test_the_strongest_are_spread_over_the_groups():
    for number in range(20):
        groups = draw_groups(_entries(12), 4, spread=True, seed=f"{number:064x}")
        assert sorted(min(group) for group in groups) == [1, 2, 3, 4]
        assert [len(group) for group in groups] == [3, 3, 3, 3]


def test_every_team_stands_in_one_group_and_sizes_differ_by_one():
    for teams, count in ((7, 3), (16, 1), (48, 3), (30, 4)):
        for spread in (True, False):
            groups = draw_groups(_entries(teams), count, spread=spread, seed=SEED)
            assert sorted(key for group in groups for key in group) == list(range(1, teams + 1))
            assert max(map(len, groups)) - min(map(len, groups)) <= 1


@pytest.mark.parametrize(
    ("teams", "groups", "code"),
    [
        (1, 1, "too_few_teams"),
        (4, 0, "too_few_teams"),
        (5, 3, "groups_too_small"),
        (17, 1, "groups_too_large"),
    ],
)
def test_groups_hold_two_to_sixteen_teams(teams, groups, code):
    with pytest.raises(CannotDraw) as refused:
        draw_groups(_entries(teams), groups, spread=False, seed=SEED)
    assert refused.value.code == code


def test_the_fingerprint_is_that_of_the_seed_and_the_list_hash_that_of_the_teams():
    assert grouping.fingerprint("00") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    mine = grouping.list_hash(_entries(4), 2, True)
    assert mine == grouping.list_hash(list(reversed(_entries(4))), 2, True)
    assert mine != grouping.list_hash(_entries(4), 2, False)
