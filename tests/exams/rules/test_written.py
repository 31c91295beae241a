"""Marks by scoring points, and answers that say the same."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules import written

POINTS = [{"id": "p1", "text": "管辖", "marks": "1"}, {"id": "p2", "text": "程序", "marks": "2"}]


@pytest.mark.parametrize(
    ("ticked", "marks"),
    [
        ({}, "0"),
        ({"p1": "full"}, "2"),
        ({"p2": "half"}, "2"),
        ({"p1": "full", "p2": "full"}, "6"),
        ({"p1": ""}, "0"),
    ],
)
def test_points_are_shares_of_the_full_marks(ticked, marks):
    assert written.met(POINTS, ticked, Decimal(6)) == Decimal(marks)


@pytest.mark.parametrize("ticked", [{"p9": "full"}, {"p1": "double"}])
def test_a_point_nobody_asked_for_is_refused(ticked):
    with pytest.raises(written.BadMark, match="points_unknown"):
        written.met(POINTS, ticked, Decimal(6))


@given(st.lists(st.integers(1, 999), min_size=1, max_size=30), st.integers(1, 10_000), st.data())
def test_the_sum_agrees_with_an_independent_recomputation(weights, cents, data):
    full = Decimal(cents) / 100
    points = [{"id": str(n), "text": "x", "marks": str(w)} for n, w in enumerate(weights)]
    levels = {one["id"]: data.draw(st.sampled_from(["", "half", "full"])) for one in points}
    got = written.met(points, levels, full)
    ends = [round_half_up(cents * sum(weights[:n]), sum(weights)) for n in range(len(weights) + 1)]
    worth = [end - start for start, end in pairwise(ends)]
    earned = {"": 0, "half": 1, "full": 2}
    total = sum(round_half_up(w * earned[levels[str(n)]], 2) for n, w in enumerate(worth))
    assert int(got * 100) == min(total, cents)
    assert written.met(points, dict.fromkeys(levels, "full"), full) == full


def round_half_up(above, below):
    return (2 * above + below) // (2 * below)


@pytest.mark.parametrize(
    ("marks", "code"),
    [(None, "missing"), ("-1", "range"), ("6.5", "range"), ("1.234", "range"), ("NaN", "range")],
)
def test_marks_without_points_stay_within_the_full_marks(marks, code):
    with pytest.raises(written.BadMark, match=code):
        written.given(None if marks is None else Decimal(marks), Decimal(6))
    assert written.given(Decimal("5.5"), Decimal(6)) == Decimal("5.5")


def test_answers_that_say_the_same_have_one_fingerprint():
    assert written.fingerprint(" 不知道。") == written.fingerprint("不 知 道")
    assert written.fingerprint("ＡＢ") == written.fingerprint("ab")
    assert written.fingerprint("知道") != written.fingerprint("不知道")
    assert written.is_short("略")
    assert not written.is_short("应当先责令改正，再依法处理并告知权利。")
