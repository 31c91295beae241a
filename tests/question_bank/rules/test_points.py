"""The tree of knowledge points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules import points


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("", ""),
        (" / ", ""),
        ("执法程序", "执法程序"),
        ("执法程序 ＞ 听证", "执法程序/听证"),
        ("执法程序／听证/ ", "执法程序/听证"),
        ("a/b/c/d/e/f", "a/b/c/d/e·f"),
    ],
)
def test_a_path_is_read_from_what_people_write(written, path):
    assert points.tidy_path(written) == path


@given(st.text(max_size=150))
def test_reading_a_path_twice_changes_nothing(text):
    once = points.tidy_path(text)
    assert points.tidy_path(once) == once
    assert points.depth(once) < points.DEPTH_LIMIT


def test_a_point_lies_within_all_above_it():
    path = "执法程序/听证/期限"
    assert points.ancestors(path) == ["执法程序", "执法程序/听证"]
    assert all(points.within(path, one) for one in [*points.ancestors(path), path])
    assert not points.within("执法程序法", "执法程序")
    assert points.leaf(path) == "期限"
