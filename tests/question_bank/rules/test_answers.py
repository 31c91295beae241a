"""People write answers, kinds and difficulties in many ways."""

import pytest

from question_bank.rules import answers


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A", (0,)),
        ("ABC", (0, 1, 2)),
        ("A,B", (0, 1)),
        ("A、B、D", (0, 1, 3)),
        ("Ａ，Ｃ", (0, 2)),
        ("a b", (0, 1)),
        ("BA", (0, 1)),
        ("ABA", (0, 1)),
        ("A；B。", (0, 1)),
        ("A\nB", (0, 1)),
        ("", ()),
        ("  ", ()),
        ("正确", None),
        ("A1", None),
        ("以上都对", None),
    ],
)
def test_letters(text, places):
    assert answers.letters(text) == places


@pytest.mark.parametrize("word", ["正确", "对", "√", "✓", "T", "true", "TRUE", "是", "1", "A", " 对。"])
def test_words_for_right(word):
    assert answers.true_or_false(word) == (0,)


@pytest.mark.parametrize("word", ["错误", "错", "×", "x", "F", "FALSE", "否", "0", "B", "Ｘ"])
def test_words_for_wrong(word):
    assert answers.true_or_false(word) == (1,)


def test_neither_right_nor_wrong():
    assert answers.true_or_false("C") is None
    assert answers.true_or_false(" ") == ()


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("A．正确", 0, "正确"),
        ("B. 错误", 1, "错误"),
        ("(C) 三人", 2, "三人"),
        ("Ｄ、四人", 3, "四人"),
        ("B．错误", 0, "B．错误"),
        ("A级证书", 0, "A级证书"),
        ("A．", 0, ""),
        ("5.5米", 0, "5.5米"),
    ],
)
def test_own_letter_is_taken_off(text, place, left):
    assert answers.without_letter(text, place) == left


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("单选题", "single_choice"),
        (" 多项选择 ", "multiple_choice"),
        ("判断", "true_false"),
        ("填空题", "fill_blank"),
        ("single_choice", "single_choice"),
        ("连线题", None),
        ("", None),
    ],
)
def test_kinds_by_name(text, kind):
    assert answers.kind_named(text) == kind


@pytest.mark.parametrize(
    ("text", "level"), [("易", 1), ("较难", 4), ("５", 5), ("3", 3), ("0", None), ("怪", None)]
)
def test_difficulties_by_name(text, level):
    assert answers.difficulty_named(text) == level
