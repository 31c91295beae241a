"""Whether a bank satisfies a blueprint, exactly; and papers that are fair and can be replayed."""

import itertools
import secrets
import time
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.rules.assembly import Chosen, Item, Line, Shelf, allocate, arrange, compare

KINDS = ["single", "multi"]


def line(point, kind="single", count=1, marks="2"):
    return Line(point, kind, count, Decimal(marks))


def test_the_shortfall_of_each_line_is_exact():
    stock = {(1, "single"): 3, (2, "single"): 1}
    told = compare([line(1, count=5), line(2), line(None, count=2)], stock)
    assert [(one.wanted, one.available, one.missing) for one in told] == [(5, 3, 2), (1, 1, 0), (2, 4, 2)]


def test_an_open_line_makes_room_for_a_narrow_one_behind_it():
    stock = {(1, "single"): 2, (2, "single"): 2}
    assert [one.missing for one in compare([line(None, count=2), line(1, count=2)], stock)] == [0, 0]


def test_kinds_do_not_stand_in_for_each_other():
    assert compare([line(None, "multi")], {(1, "single"): 9})[0].missing == 1


lines = st.lists(
    st.builds(line, st.sampled_from([None, 1, 2, 3]), st.sampled_from(KINDS), st.integers(1, 6)),
    min_size=1,
    max_size=5,
)
stocks = st.dictionaries(
    st.tuples(st.sampled_from([None, 1, 2, 3]), st.sampled_from(KINDS)), st.integers(0, 6), max_size=8
)


def hall_maximum(asked, stock):
    """The greatest number of questions all lines together can get: the smallest cut over sets of lines."""
    best = None
    for chosen in itertools.product([False, True], repeat=len(asked)):
        outside = sum(one.count for one, inside in zip(asked, chosen, strict=True) if not inside)
        inner = [one for one, inside in zip(asked, chosen, strict=True) if inside]
        reach = sum(n for group, n in stock.items() if any(one.takes(group) for one in inner))
        best = outside + reach if best is None else min(best, outside + reach)
    return best


@given(lines, stocks)
@settings(max_examples=300, deadline=None)
def test_the_flow_is_maximal_and_within_the_stock(asked, stock):
    flow = allocate(asked, stock)
    assert sum(sum(held.values()) for held in flow) == hall_maximum(asked, stock)
    used = Counter()
    for one, held in zip(asked, flow, strict=True):
        assert sum(held.values()) <= one.count
        assert all(one.takes(group) for group in held)
        used.update(held)
    assert all(used[group] <= stock[group] for group in used)


@given(lines, stocks, st.binary(min_size=16, max_size=16))
@settings(max_examples=200, deadline=None)
def test_whatever_suffices_can_be_drawn(asked, stock, seed):
    ids = itertools.count(1)
    shelf = Shelf(Item(next(ids), group) for group, count in stock.items() for _ in range(count))
    if any(one.missing for one in compare(asked, shelf.stock())):
        with pytest.raises(ValueError, match="cannot satisfy"):
            shelf.draw(asked, seed)
        return
    chosen = shelf.draw(asked, seed)
    assert len({one.version for one in chosen}) == len(chosen) == sum(one.count for one in asked)


def test_exposure_is_balanced():
    shelf = Shelf(Item(n, (n % 4, "single")) for n in range(40))
    used = Counter()
    for _ in range(100):
        used.update(one.version for one in shelf.draw([line(None, count=10)], secrets.token_bytes(16)))
    assert set(used.values()) == {25}


def test_what_was_exposed_before_waits():
    shelf = Shelf((Item(n, (1, "single")) for n in range(4)), exposure={0: 1, 1: 1})
    assert {one.version for one in shelf.draw([line(1, count=2)], b"x" * 16)} == {2, 3}


def test_a_thousand_papers_replay_from_their_seeds():
    options = {n: ["a", "b", "c", "d"] for n in range(60)}
    chosen = [Chosen(n, KINDS[n % 2], Decimal(2)) for n in range(60)]
    orders = set()
    for n in range(1000):
        seed = n.to_bytes(16, "big")
        first = arrange(seed, chosen, options, KINDS)
        turned = {key: list(reversed(ids)) for key, ids in options.items()}
        assert first == arrange(seed, chosen[::-1], turned, KINDS)
        orders.add(tuple(item[0] for item in first))
    assert len(orders) == 1000


def test_kinds_stay_together_and_what_has_no_orders_keeps_them():
    chosen = [Chosen(1, "multi", Decimal("1.50")), Chosen(2, "single", Decimal(2))]
    items = arrange(b"s" * 16, chosen, {1: [], 2: []}, KINDS)
    assert items == [[2, "single", "2", [], 0], [1, "multi", "1.5", [], 0]]


def test_the_parts_of_a_case_are_shuffled_each_for_itself():
    chosen = [Chosen(1, "single", Decimal(2))]
    orders = {1: {"p": list("abcdef"), "q": list("abcdef")}}
    given = [arrange(n.to_bytes(16, "big"), chosen, orders, KINDS)[0][3] for n in range(20)]
    assert all(list(one) == ["p", "q"] and sorted(one["p"]) == list("abcdef") for one in given)
    assert any(one["p"] != one["q"] for one in given)


def test_thirteen_hundred_papers_of_eighty_five_from_ten_thousand_are_quick():
    shelf = Shelf(Item(n, (n % 40, KINDS[n % 3 == 0])) for n in range(10_000))
    asked = [line(None, "single", 45), line(None, "multi", 20), *(line(n, "single", 2) for n in range(10))]
    began = time.perf_counter()
    for n in range(1300):
        assert len(shelf.draw(asked, n.to_bytes(16, "big"))) == 85
    assert time.perf_counter() - began < 30


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 6),
    st.binary(min_size=16, max_size=16),
)
def test_a_line_on_a_point_takes_what_lies_below_it_and_drawing_never_fails(
    root, leaf, wide, narrow, free, seed
):
    """Point 1 lies above point 2; 3 stands apart."""
    lines = [
        Line(None, "k", free, Decimal(1)),
        Line(1, "k", wide, Decimal(1), below=frozenset({2})),
        Line(2, "k", narrow, Decimal(1)),
    ]
    items = [Item(n, (1, "k")) for n in range(root)] + [Item(50 + n, (2, "k")) for n in range(leaf)]
    shelf = Shelf([*items, Item(99, (3, "k"))])
    if any(one.missing for one in compare(lines, shelf.stock())):
        return
    drawn = [one.version for one in shelf.draw(lines, seed)]
    assert len(drawn) == len(set(drawn)) == wide + narrow + free
