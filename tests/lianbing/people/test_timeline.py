"""Moves in any order give the same timeline."""

import datetime
import itertools

import pytest

from lianbing.people.rules.timeline import Span, ended, on_day, placed

A, B, C = (1, 1), (2, 1), (3, 1)


def d(month, day=1):
    return datetime.date(2026, month, day)


def shape(spans):
    return [(s.starts_on, s.ends_on, s.place) for s in spans]


def build(moves):
    spans = []
    for starts_on, place in moves:
        spans = placed(spans, starts_on=starts_on, place=place, reason="")
    return spans


@pytest.mark.parametrize("order", list(itertools.permutations([(d(1), A), (d(3), B), (d(6), C)])))
def test_the_order_of_entry_does_not_matter(order):
    assert shape(build(order)) == [(d(1), d(3), A), (d(3), d(6), B), (d(6), None, C)]


def test_a_backdated_move_splits_what_was_in_force():
    spans = placed(build([(d(1), A), (d(6), B)]), starts_on=d(3), place=C, reason="补录")
    assert shape(spans) == [(d(1), d(3), A), (d(3), d(6), C), (d(6), None, B)]
    assert spans[1].reason == "补录"


def test_a_move_on_the_day_of_another_replaces_it():
    assert shape(build([(d(1), A), (d(3), B), (d(3), C)])) == [(d(1), d(3), A), (d(3), None, C)]


def test_moving_back_joins_the_neighbours():
    assert shape(build([(d(1), A), (d(3), B), (d(3), A)])) == [(d(1), None, A)]


def test_a_recorded_end_stays_the_end():
    spans = [Span(d(1), d(5), A), Span(d(8), None, B)]
    assert shape(placed(spans, starts_on=d(3), place=C, reason="")) == [
        (d(1), d(3), A),
        (d(3), d(5), C),
        (d(8), None, B),
    ]


def test_leaving_drops_what_would_have_come():
    spans = build([(d(1), A), (d(3), B), (d(6), C)])
    assert shape(ended(spans, on=d(4))) == [(d(1), d(3), A), (d(3), d(4), B)]
    assert on_day(ended(spans, on=d(4)), d(4)) is None


def test_before_the_first_day_there_is_nothing():
    assert on_day(build([(d(3), A)]), d(2)) is None
