"""Grades against the law: above is refused, below needs its ground, gaps and overlaps are named."""

import pytest

from lianbing.library.rules.discretion import check, rests_on
from lianbing.library.rules.penalties import parse_bounds, parse_grades

LAW = "警告、50元以上500元以下 | 个人\n2000-20000元 | 单位"
A32, A33 = "《行政处罚法》第三十二条第一项", "《中华人民共和国行政处罚法》第三十三条第一款"


def codes(grades, law=LAW):
    return [(one.code, one.detail) for one in check(parse_bounds(law), parse_grades(grades))]


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        ("一般 | 甲 | 50-500元 | 个人", []),
        ("一般 | 甲 | 50-200元 | 个人\n较重 | 乙 | 200-500元 | 个人", []),
        ("一般 | 甲 | 50-199元 | 个人\n较重 | 乙 | 200-500元 | 个人", []),
        ("一般 | 甲 | 50元以上不满200元 | 个人\n较重 | 乙 | 200-500元 | 个人", []),
        ("一般 | 甲 | 警告 | 个人", []),
        ("轻微 | 甲 | 不予处罚 | 个人 | " + A33, []),
        ("轻微 | 甲 | 20-50元 | 个人 | " + A32 + "\n一般 | 乙 | 50-500元 | 个人", []),
        ("一般 | 甲 | 50-501元 | 个人", [("above_maximum", "50元以上501元以下 > 50元以上500元以下")]),
        ("一般 | 甲 | 49-500元 | 个人", [("below_minimum", "49元以上500元以下 < 50元以上500元以下")]),
        ("轻微 | 甲 | 不予处罚 | 个人", [("exempt_unfounded", "")]),
        ("轻微 | 甲 | 不予处罚 | 个人 | " + A32, [("exempt_unfounded", "")]),
        (
            "轻微 | 甲 | 20-500元 | 个人 | " + A33,
            [("below_minimum", "20元以上500元以下 < 50元以上500元以下")],
        ),
        (
            "严重 | 甲 | 50-501元 | 个人 | " + A32,
            [("above_maximum", "50元以上501元以下 > 50元以上500元以下")],
        ),
        ("一般 | 甲 | 1-3倍 | 个人", [("unit_differs", "倍 / 元")]),
        ("一般 | 甲 | 没收违法所得 | 个人", [("not_provided", "没收违法所得")]),
        ("一般 | 甲 | 50-500元 | 车主", [("unknown_subject", "车主")]),
        ("一般 | 甲 | 50-500元", [("unknown_subject", "")]),
        ("一般 | 甲 | 50-200元 | 个人\n较重 | 乙 | 300-500元 | 个人", [("gap", "200-300元")]),
        ("一般 | 甲 | 50-300元 | 个人\n较重 | 乙 | 200-500元 | 个人", [("overlap", "一般 200-300元")]),
        ("一般 | 甲 | 100-500元 | 个人", [("gap", "50-100元")]),
        ("一般 | 甲 | 50-400元 | 个人", [("gap", "400-500元")]),
        (
            "一般 | 甲 | 2000元以上不满5000元 | 单位\n较重 | 乙 | 超过5000元20000元以下 | 单位",
            [("gap", "5000-5000元")],
        ),
    ],
)
def test_what_is_said_of_grades(grades, said):
    assert codes(grades) == said


@pytest.mark.parametrize(
    ("law", "grades", "said"),
    [
        ("1-3倍", "一般 | 甲 | 1-2倍\n较重 | 乙 | 2-3倍", []),
        ("1-3倍", "一般 | 甲 | 1-1.5倍\n较重 | 乙 | 2-3倍", [("gap", "1.5-2倍")]),
        (
            "20-50元/平方米",
            "一般 | 甲 | 20-60元/平方米",
            [("above_maximum", "20元/平方米以上60元/平方米以下 > 20元/平方米以上50元/平方米以下")],
        ),
        ("警告", "一般 | 甲 | 50元", [("not_provided", "罚款")]),
        ("没收违法所得、1-3倍", "一般 | 甲 | 没收违法所得、1-3倍", []),
        ("", "一般 | 甲 | 50元", [("no_bounds", "")]),
        ("", "轻微 | 甲 | 不予处罚 || 《行政处罚法》第33条", []),
        ("500元以下", "一般 | 甲 | 200元以下\n较重 | 乙 | 200-500元", []),
        ("50-500元", "轻微 | 甲 | 警告 || 《行政处罚法》第三十二条", []),
        (
            "警告、50-500元",
            "轻微 | 甲 | 吊销许可证件 || 《行政处罚法》第三十二条",
            [("not_provided", "吊销许可证件")],
        ),
        (
            "100元以上不满1000元",
            "一般 | 甲 | 100-1000元",
            [("above_maximum", "100元以上1000元以下 > 100元以上不满1000元")],
        ),
        ("100元以上不满1000元", "一般 | 甲 | 100元以上不满1000元", []),
        (
            "超过100元1000元以下",
            "一般 | 甲 | 100-1000元",
            [("below_minimum", "100元以上1000元以下 < 超过100元1000元以下")],
        ),
    ],
)
def test_multiples_areas_and_warnings_are_graded_alike(law, grades, said):
    assert codes(grades, law) == said


def test_what_is_refused_stands_before_what_is_only_named():
    found = check(parse_bounds("50-500元"), parse_grades("一般 | 甲 | 50-100元\n较重 | 乙 | 300-600元"))
    assert [one.refused for one in found] == [True, False]


@pytest.mark.parametrize(
    ("basis", "rests"),
    [
        ("《行政处罚法》第三十二条", True),
        ("《中华人民共和国行政处罚法》第30条至第33条", True),
        ("《行政处罚法》第三十三条", False),
        ("《某市市容条例》第三十二条", False),
        ("", False),
    ],
)
def test_the_ground_of_going_below_the_law_is_an_article_of_the_penalty_law(basis, rests):
    assert rests_on(basis, 32) is rests
