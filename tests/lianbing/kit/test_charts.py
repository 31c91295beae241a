"""Pictures: lengths follow the values and nothing leaves the frame."""

import pytest

from lianbing.kit.charts import Value, bars, histogram, line

VALUES = [Value("一中队", 40), Value("二中队", 80, "80 人", "ok"), Value("三中队", 0)]
WORDS = {"title": "人数", "heading": "单位", "unit": "人"}


def test_the_longest_bar_is_full():
    chart = bars(VALUES, **WORDS)
    assert [row["width"] for row in chart["rows"]] == ["180.0", "360.0", "0.0"]
    assert chart["height"] == 120


def test_a_bar_never_passes_its_frame():
    assert bars([Value("a", 150)], most=100, **WORDS)["rows"][0]["width"] == "360.0"


def test_the_summary_says_the_numbers():
    assert bars(VALUES, **WORDS)["summary"] == "一中队 40, 二中队 80 人, 三中队 0"


def test_the_highest_column_reaches_the_top():
    chart = histogram(VALUES, rule_after=1, **WORDS)
    assert [row["y"] for row in chart["rows"]] == ["98.0", "24.0", "172.0"]
    assert chart["rule_x"] == "120.0"


def test_a_line_passes_through_every_value():
    assert line(VALUES, **WORDS)["points"] == "60.0,98.0 180.0,24.0 300.0,172.0"


@pytest.mark.parametrize("draw", [bars, histogram, line])
def test_nothing_to_draw_is_no_fault(draw):
    assert draw([], **WORDS)["rows"] == []
