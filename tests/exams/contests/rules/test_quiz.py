"""The public quiz decided in plain Python."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.contests.rules import quiz as rules
from exams.contests.rules.quiz import Item, Line, Stage
from lianbing.kit.draws import Draw

OPENS = datetime.datetime(2026, 12, 4, tzinfo=datetime.UTC)
CLOSES = OPENS + datetime.timedelta(days=1)
TICK = datetime.timedelta(microseconds=1)


def _stage(at, *, published=True, stopped=False):
    return rules.stage(opens_at=OPENS, closes_at=CLOSES, published=published, stopped=stopped, at=at)


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (OPENS - TICK, Stage.COMING),
        (OPENS, Stage.OPEN),
        (CLOSES - TICK, Stage.OPEN),
        (CLOSES, Stage.CLOSED),
    ],
)
def test_the_window_opens_and_closes_to_the_microsecond(at, wanted):
    assert _stage(at) is wanted


def test_a_draft_is_never_open_and_a_stopped_one_never_again():
    assert _stage(OPENS, published=False) is Stage.DRAFT
    assert _stage(OPENS, stopped=True) is Stage.STOPPED


def test_an_attempt_never_outlives_the_window():
    late = CLOSES - datetime.timedelta(minutes=2)
    assert rules.ends_at(late, 10, CLOSES) == CLOSES
    assert rules.ends_at(OPENS, 10, CLOSES) == OPENS + datetime.timedelta(minutes=10)


@pytest.mark.parametrize(("micros", "wanted"), [(0, 5), (1, 6), (999_999, 6)])
def test_a_begun_second_counts(micros, wanted):
    assert rules.seconds_used(OPENS, OPENS + datetime.timedelta(seconds=5, microseconds=micros)) == wanted


@pytest.mark.parametrize(
    ("right", "asked", "wanted"), [(2, 3, "66.67"), (1, 3, "33.33"), (0, 4, "0"), (4, 4, "100"), (0, 0, "0")]
)
def test_a_score_is_percent_with_two_places(right, asked, wanted):
    assert rules.score(right, asked) == Decimal(wanted)


def test_more_right_beats_less_time():
    assert rules.is_better((Decimal(80), 90), (Decimal(70), 10))
    assert rules.is_better((Decimal(80), 90), (Decimal(80), 91))
    assert not rules.is_better((Decimal(80), 90), (Decimal(80), 90))
    assert rules.is_better((Decimal(0), 90), (None, None))


@pytest.mark.parametrize(
    ("typed", "kept", "fault"),
    [
        ("  小 \u200b 明\n", "小 明", ""),
        ("", "", "empty"),
        ("\u202e\u0000", "", "empty"),
        ("一二三四五六七八九十一二三", "一二三四五六七八九十一二三", "long"),
        ("138-0013-800", "138-0013-800", "number"),
        ("１３８００１３８０", "１３８００１３８０", "number"),
        ("张三2026", "张三2026", ""),
    ],
)
def test_nicknames(typed, kept, fault):
    assert rules.nickname(typed) == kept
    assert rules.nickname_fault(kept) == fault


def test_a_mask_tells_neither_length_nor_more_than_one_character():
    assert {rules.masked("张三"), rules.masked("张三丰真人")} == {"张**"}


ITEMS = [Item(n, 1 + n % 3) for n in range(12)]
BELOW = {1: [2, 3], 2: [], 3: []}


def test_the_narrow_line_takes_before_the_wide_one():
    """Four of point 2 there are, all of which the line on anything could have taken."""
    found = rules.pick([Line(None, 8), Line(2, 4)], ITEMS, BELOW, Draw(b"s", "t"))
    assert len({one.version for one in found}) == 12


def test_a_line_reaches_the_points_below_its_own():
    found = rules.pick([Line(1, 12)], ITEMS, BELOW, Draw(b"s", "t"))
    assert {one.point for one in found} == {1, 2, 3}


def test_what_is_missing_is_said_exactly():
    with pytest.raises(rules.Short) as short:
        rules.pick([Line(2, 5), Line(3, 4)], ITEMS, BELOW, Draw(b"s", "t"))
    assert short.value.lines == [(Line(2, 5), 4)]


@given(st.binary(min_size=1), st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
def test_whatever_fits_is_drawn_once_each(seed, two, three, anything):
    lines = [Line(2, two), Line(3, three), Line(None, anything)]
    found = rules.pick([one for one in lines if one.count], ITEMS, BELOW, Draw(seed, "t"))
    assert len(set(found)) == len(found) == two + three + anything
    assert sum(one.point == 2 for one in found) >= two


@given(st.permutations([(1, 5, ["a"]), (1, 7, ["b"]), (1, 6, ["c"]), (2, 1, [])]))
def test_answers_end_alike_in_whatever_order_they_arrive(sent):
    kept = {}
    for one in sent:
        kept = rules.merged(kept, [one])
    assert kept == {"1": [7, ["b"]], "2": [1, []]}
    assert rules.merged(kept, sent) == kept


def test_a_share_of_an_unknown_whole_is_none():
    assert rules.share(3, 0) is None
    assert rules.share(1, 8) == Decimal("12.5")
