"""Penalties as people write them."""

from decimal import Decimal

import pytest

from lianbing.library.rules.penalties import (
    PenaltyError,
    parse_bounds,
    parse_grades,
    parse_penalty,
    range_words,
)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("50元以上200元以下", "50元以上200元以下"),
        ("处５０－２００元罚款", "50元以上200元以下"),
        ("1-3万元", "10000元以上30000元以下"),
        ("5000元至1万元", "5000元以上10000元以下"),
        ("1000元以上不满3000元", "1000元以上不满3000元"),
        ("超过50元200元以下", "超过50元200元以下"),
        ("5万元以下", "50000元以下"),
        ("不满200元", "不满200元"),
        ("1倍以上3倍以下", "1倍以上3倍以下"),
        ("1.5-3倍", "1.5倍以上3倍以下"),
        ("20-50元/平方米", "20元/平方米以上50元/平方米以下"),
        ("每处100元", "100元/处"),
        ("按照每车次500元以上3000元以下的罚款", "500元/车次以上3000元/车次以下"),
    ],
)
def test_a_fine_is_read_however_it_is_written(written, words):
    fine = parse_penalty(written).fine
    assert range_words(fine) == words


@pytest.mark.parametrize(
    ("written", "kinds", "exempt"),
    [
        ("警告", ("警告",), False),
        ("警告、50-200元", ("警告", "罚款"), False),
        ("没收违法所得，并处1-3倍", ("没收违法所得", "罚款"), False),
        ("责令改正；通报批评", ("通报批评",), False),
        ("吊销许可证件", ("吊销许可证件",), False),
        ("不予处罚", (), True),
        ("责令改正、不予行政处罚", (), True),
    ],
)
def test_the_kinds_of_a_penalty_are_told(written, kinds, exempt):
    found = parse_penalty(written)
    assert (found.kinds, found.exempt) == (kinds, exempt)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "penalty"),
        ("不予处罚、50元", "penalty"),
        ("罚二百元", "amount"),
        ("50-200", "amount"),
        ("开除", "amount"),
        ("200-50元", "reversed"),
        ("50-100元、200元", "twice"),
    ],
)
def test_what_cannot_be_read_is_refused(written, code):
    with pytest.raises(PenaltyError) as error:
        parse_penalty(written)
    assert error.value.code == code


def test_bounds_and_grades_are_lines_of_fields():
    (bound,) = parse_bounds("警告、50-500元 | 个人 ｜ 拒不改正的\n\n")
    assert (bound.subject, bound.note, bound.fine.high) == ("个人", "拒不改正的", Decimal(500))
    one, other = parse_grades("轻微|首次|不予处罚||《行政处罚法》第三十三条\n一般 | 其他 | 50-500元")
    assert (one.exempt, one.basis, other.name, other.subject) == (
        True,
        "《行政处罚法》第三十三条",
        "一般",
        "",
    )


@pytest.mark.parametrize(
    ("parse", "text", "code", "line"),
    [
        (parse_grades, "一般 | 其他", "fields", 1),
        (parse_grades, "一般 | 甲 | 50元\n | 乙 | 60元", "name", 2),
        (parse_grades, "一般 | 甲 | 50圆", "amount", 1),
        (parse_bounds, "50元 | 个人\n60元 | 个人", "subject", 2),
        (parse_bounds, "50元 | a | b | c", "fields", 1),
        (parse_bounds, "\n".join(f"{n}元 | {n}" for n in range(1, 60)), "lines", 41),
    ],
)
def test_a_bad_line_is_named_by_its_number(parse, text, code, line):
    with pytest.raises(PenaltyError) as error:
        parse(text)
    assert (error.value.code, error.value.line) == (code, line)
