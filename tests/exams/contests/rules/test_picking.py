"""Questions of a match: none twice, points and difficulty spread, narrow rounds first."""

from collections import Counter
from decimal import Decimal

from exams.contests.rules.picking import Lacking, Stocked, Wanted, level_of, pick

SEED = b"seed"


def _stock(count=60, kind="single_choice", first=1):
    return [Stocked(n, n % 6, kind, n % 5 + 1) for n in range(first, first + count)]


def test_no_question_is_asked_twice_and_every_round_has_its_spares():
    picked, lacking = pick(_stock(), [Wanted(0, 12, 2), Wanted(1, 20, 3)], SEED)
    assert lacking == []
    assert len({one.version_id for one in picked}) == len(picked) == 37
    assert Counter((one.round, one.spare) for one in picked) == {
        (0, False): 12,
        (0, True): 2,
        (1, False): 20,
        (1, True): 3,
    }


def test_points_are_spread():
    picked, _lacking = pick(_stock(), [Wanted(0, 12, 0)], SEED)
    by_point = Counter(one.version_id % 6 for one in picked)
    assert set(by_point.values()) == {2}


def test_a_round_runs_from_easy_to_hard():
    picked, _lacking = pick(_stock(), [Wanted(0, 10, 0)], SEED)
    levels = [one.version_id % 5 + 1 for one in picked]
    assert levels == sorted(levels)
    assert set(levels) == {1, 2, 3, 4, 5}


def test_a_round_of_cases_is_served_before_a_round_of_anything():
    stock = [*_stock(10), *_stock(3, "case_analysis", 100)]
    picked, lacking = pick(stock, [Wanted(0, 10, 0), Wanted(1, 3, 0, frozenset({"case_analysis"}))], SEED)
    assert lacking == []
    assert sorted(one.version_id for one in picked if one.round == 1) == [100, 101, 102]


def test_what_lacks_is_said_by_round():
    picked, lacking = pick(_stock(5), [Wanted(0, 6, 2)], SEED)
    assert lacking == [Lacking(0, 8, 5)]
    assert all(not one.spare for one in picked)


def test_the_same_seed_picks_the_same():
    wanted = [Wanted(0, 8, 2)]
    assert pick(_stock(), wanted, SEED) == pick(list(reversed(_stock())), wanted, SEED)
    assert pick(_stock(), wanted, SEED) != pick(_stock(), wanted, b"other")


def test_what_is_worth_more_is_harder():
    wanted = [
        Wanted(0, 3, 1, value=Decimal(value), level=level_of(place, 3))
        for place, value in enumerate((10, 20, 30))
    ]
    picked, _lacking = pick(_stock(), wanted, SEED)
    levels = {}
    for one in picked:
        levels.setdefault(one.value, set()).add(one.version_id % 5 + 1)
    assert levels == {Decimal(10): {2}, Decimal(20): {4}, Decimal(30): {5}}
    assert len({one.version_id for one in picked}) == 12
