"""Editions in time: tables of cases, and what holds whatever the dates are."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules.validity import Conflict, Moment, Span, Validity, begins, timeline

D = datetime.date.fromisoformat


def span(key, published="", start="", end="", order=0):
    days = {"published": published, "start": start, "end": end}
    return Span(key, order=order, **{name: D(day) for name, day in days.items() if day})


@pytest.mark.parametrize(
    ("published", "start", "begun"),
    [
        ("2020-01-02", None, "2020-01-02"),
        ("2020-01-02", "2020-06-01", "2020-06-01"),
        ("2020-01-02", "2020-01-02", "2020-01-02"),
        ("2020-01-02", "1995-06-01", "2020-01-02"),
        (None, "2020-06-01", "2020-06-01"),
        (None, None, None),
    ],
)
def test_an_edition_begins_as_stated_unless_that_is_before_its_publication(published, start, begun):
    assert begins(start and D(start), published and D(published)) == (begun and D(begun))


THREE = [
    span("a", "2004-04-30", "2004-07-01"),
    span("b", "2012-11-09", "2013-01-01"),
    span("c", "2026-10-01", "2027-01-01"),
]


@pytest.mark.parametrize(
    ("on", "holder", "states"),
    [
        ("2004-06-30", None, "pending pending pending"),
        ("2004-07-01", "a", "in_force pending pending"),
        ("2012-12-31", "a", "in_force pending pending"),
        ("2013-01-01", "b", "amended in_force pending"),
        ("2026-11-21", "b", "amended in_force pending"),
        ("2027-01-01", "c", "amended amended in_force"),
    ],
)
def test_an_edition_holds_until_the_next_one_begins(on, holder, states):
    line = timeline(reversed(THREE))
    assert line.holder(D(on)) == holder
    assert [str(state) for state in line.validity(D(on)).values()] == states.split()
    assert (line.gaps, line.clashes) == ((), ())


REPEALED = [span("a", "2000-01-01", end="2010-01-01"), span("b", "2012-01-01", end="2020-01-01")]


@pytest.mark.parametrize(
    ("on", "moment", "before", "after", "states"),
    [
        ("1999-12-31", "not_yet", None, "a", "pending pending"),
        ("2009-12-31", "held", "a", "b", "in_force pending"),
        ("2010-01-01", "gap", "a", "b", "repealed pending"),
        ("2011-12-31", "gap", "a", "b", "repealed pending"),
        ("2019-12-31", "held", "b", None, "repealed in_force"),
        ("2020-01-01", "repealed", "b", None, "repealed repealed"),
    ],
)
def test_a_repeal_opens_a_gap_or_ends_the_law(on, moment, before, after, states):
    line, day = timeline(REPEALED), D(on)
    assert (line.moment(day), line.before(day), line.after(day)) == (moment, before, after)
    assert [str(state) for state in line.validity(day).values()] == states.split()
    assert [(gap.start, gap.end) for gap in line.gaps] == [(D("2010-01-01"), D("2012-01-01"))]


def test_what_was_amended_does_not_come_back_when_the_amendment_is_repealed():
    line = timeline([span("a", "2000-01-01"), span("b", "2010-01-01", end="2015-01-01")])
    assert line.holder(D("2015-01-01")) is None
    assert line.validity(D("2016-01-01")) == {"a": Validity.AMENDED, "b": Validity.REPEALED}


def test_an_edition_repealed_before_it_began_is_repealed_and_was_never_in_force():
    line = timeline([span("a", "2020-01-01", "2022-01-01", end="2021-01-01")])
    states = [line.validity(D(day))["a"] for day in ("2020-06-01", "2021-01-01", "2023-01-01")]
    assert states == [Validity.PENDING, Validity.REPEALED, Validity.REPEALED]
    assert [line.moment(D(day)) for day in ("2020-06-01", "2023-01-01")] == [Moment.NOT_YET, Moment.REPEALED]
    assert line.clashes[0].kind == Conflict.ENDS_BEFORE_IT_BEGINS


def test_an_edition_without_dates_holds_until_a_dated_one_and_nobody_knows_since_when():
    assert timeline([span("a")]).validity(D("2020-01-01")) == {"a": Validity.UNKNOWN}
    line = timeline([span("b", "2020-01-01"), span("a")])
    assert [line.holder(D(day)) for day in ("1950-01-01", "2019-12-31", "2020-01-01")] == ["a", "a", "b"]
    assert line.validity(D("2020-01-01")) == {"a": Validity.AMENDED, "b": Validity.IN_FORCE}


def test_of_several_editions_without_dates_the_last_one_counts_and_the_conflict_is_named():
    line = timeline([span("a", order=2), span("b", order=1), span("c", "2020-01-01")])
    assert line.holder(D("2000-01-01")) == "a"
    assert line.validity(D("2020-06-01"))["b"] == Validity.UNKNOWN
    assert [(clash.kind, clash.keys) for clash in line.clashes] == [(Conflict.SAME_DAY, ("b", "a"))]


@pytest.mark.parametrize(
    ("spans", "kind", "keys"),
    [
        ([span("a", "2020-01-01", order=1), span("b", "2020-01-01", order=2)], "same_day", ("a", "b")),
        ([span("a", "2020-01-01", "2022-01-01"), span("b", "2021-01-01")], "never_held", ("a", "b")),
        ([span("a", "2020-01-01", end="2023-01-01"), span("b", "2021-01-01")], "overlap", ("a", "b")),
        ([span("a", "2020-01-01", end="2019-01-01")], "ends_before_it_begins", ("a",)),
        ([span("a", "2020-01-01", "2010-01-01")], "start_ignored", ("a",)),
    ],
)
def test_what_contradicts_itself_is_named(spans, kind, keys):
    assert [(clash.kind, clash.keys) for clash in timeline(spans).clashes] == [(kind, keys)]


def test_two_editions_of_one_day_that_begin_one_after_the_other_both_have_their_time():
    line = timeline(
        [
            span("late", "2020-01-01", "2021-01-01", order=1),
            span("early", "2020-01-01", "2020-02-01", order=2),
        ]
    )
    assert [line.holder(D(day)) for day in ("2020-06-01", "2021-06-01")] == ["early", "late"]
    assert line.clashes == ()


days = st.dates(D("2000-01-01"), D("2003-12-31"))
spans = st.lists(st.tuples(st.none() | days, st.none() | days, st.none() | days), max_size=6).map(
    lambda rows: [Span(n, start, end, published, n) for n, (start, end, published) in enumerate(rows)]
)


@given(spans, days)
def test_at_most_one_edition_holds_on_any_day_and_validity_says_the_same(made, on):
    line = timeline(made)
    covering = [p.span.key for p in line.periods if not p.empty and p.covers(on)]
    assert len(covering) <= 1
    in_force = [k for k, state in line.validity(on).items() if state == Validity.IN_FORCE]
    assert set(in_force) <= set(covering) == ({line.holder(on)} - {None})


@given(spans, days)
def test_every_day_of_a_laws_life_is_held_or_in_a_named_gap(made, on):
    line = timeline(made)
    held = [p for p in line.periods if not p.empty]
    inside = bool(held) and (held[0].start or datetime.date.min) <= on
    inside = inside and (held[-1].end is None or on < held[-1].end)
    in_gap = sum(gap.start <= on < gap.end for gap in line.gaps)
    assert in_gap + (line.holder(on) is not None) == (1 if inside else 0)
    assert (line.moment(on) in {Moment.HELD, Moment.GAP}) == inside


@given(spans, days)
def test_the_edition_that_holds_was_published_last_of_those_that_have_begun(made, on):
    line = timeline(made)
    begun = [s for s in made if s.begins is None or s.begins <= on]
    if begun and (last := max(begun, key=lambda s: s.rank)).end is None:
        assert line.holder(on) == last.key
