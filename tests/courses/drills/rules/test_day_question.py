"""The draw of the question of the day, and what may be told of others' answers."""

import datetime

import pytest

from courses.drills.rules.day_question import Share, choose, told

ON = datetime.date(2026, 11, 20)


def ago(days):
    return ON - datetime.timedelta(days=days)


@pytest.mark.parametrize("offered", [[3, 1, 2, 5, 4], [5, 4, 3, 2, 1], {1, 2, 3, 4, 5}])
def test_the_draw_is_the_same_whoever_draws_it(offered):
    assert choose(offered, asked={}, post=7, on=ON) == choose([1, 2, 3, 4, 5], asked={}, post=7, on=ON)


def test_another_day_or_post_draws_anew():
    many = range(1, 101)
    days = {choose(many, asked={}, post=7, on=ago(back)) for back in range(20)}
    posts = {choose(many, asked={}, post=post, on=ON) for post in range(20)}
    assert min(len(days), len(posts)) > 10


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, {1, 2}),
        ({1: ago(1)}, {2}),
        ({1: ago(30)}, {2}),
        ({1: ago(31)}, {1, 2}),
        ({1: ago(31), 2: ago(30)}, {1}),
        ({1: ago(4), 2: ago(9)}, {2}),
        ({1: ago(4), 2: ago(4)}, {1}),
        ({9: ago(1)}, {1, 2}),
    ],
)
def test_what_was_asked_within_thirty_days_rests_while_there_is_other(asked, chosen):
    drawn = {choose([1, 2], asked=asked, post=post, on=ON) for post in range(40)}
    assert drawn == chosen


def test_where_nothing_is_offered_nothing_is_drawn():
    assert choose([], asked={1: ago(1)}, post=1, on=ON) is None


@pytest.mark.parametrize(("stock", "different"), [(31, 31), (40, 31), (5, 5)])
def test_in_a_month_nothing_comes_twice_that_need_not(stock, different):
    asked = {}
    for day in range(31):
        on = ON + datetime.timedelta(days=day)
        asked[choose(range(stock), asked=asked, post=1, on=on)] = on
    assert len(asked) == different


@pytest.mark.parametrize(
    ("post", "unit", "post_told", "unit_told"),
    [
        (0, 0, False, False),
        (4, 4, False, False),
        (5, 4, True, False),
        (5, 5, True, True),
        (9, 5, True, False),
        (10, 5, True, True),
        (20, 0, True, False),
    ],
)
def test_nothing_is_told_of_fewer_than_five_people(post, unit, post_told, unit_told):
    shown = told(Share(post, 1), Share(unit, 0))
    assert (shown[0] is not None, shown[1] is not None) == (post_told, unit_told)


@pytest.mark.parametrize(("answered", "right", "percent"), [(0, 0, 0), (8, 5, 62), (3, 3, 100)])
def test_a_share_is_told_in_whole_percent(answered, right, percent):
    assert Share(answered, right).percent == percent
