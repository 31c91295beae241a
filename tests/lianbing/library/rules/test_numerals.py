"""Chinese numerals are read strictly and spelled back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules.numerals import (
    NumeralError,
    article_anchor,
    article_label,
    to_chinese,
    to_int,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("一十二", 12),
        ("二十", 20),
        ("一百零二", 102),
        ("一百〇二", 102),
        ("一〇二", 102),
        ("一百一十", 110),
        ("一百十", 110),
        ("一百一十二", 112),
        ("两百", 200),
        ("九百八十九", 989),
        ("一千", 1000),
        ("一千零二十", 1020),
        ("一千二百六十", 1260),
        ("102", 102),
        ("１０２", 102),
    ],
)
def test_a_numeral_is_read(text, number):
    assert to_int(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "零", "二十二十", "百", "百二", "一百二", "十十", "一二十", "条", "0", "99999", "一百零零二", "-3"],
)
def test_what_can_be_read_two_ways_is_refused(text):
    with pytest.raises(NumeralError):
        to_int(text)


@given(st.integers(1, 9999))
def test_every_number_is_spelled_and_read_back(number):
    assert to_int(to_chinese(number)) == number
    assert to_int(to_chinese(number, full=True)) == number


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_out_of_reach_is_not_spelled(number):
    with pytest.raises(NumeralError):
        to_chinese(number)


def test_labels_and_anchors():
    assert article_label(10, 1) == "第十条之一"
    assert article_anchor(10, 1) == "art-10-1"
    assert article_anchor(10, 0, 2) == "art-10-r2" != article_anchor(10, 2)
