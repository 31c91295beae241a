"""What a row of a flat file says about a question of any kind."""

import pytest

from question_bank.formats.base import BadRow
from question_bank.formats.bodies import draft_of
from question_bank.services.building import problems_of


@pytest.mark.parametrize(
    ("stem", "answer", "accepted"),
    [
        ("满（　）周岁", "16", [["16"]]),
        ("对（ ）、（ ）和____", "甲；乙;丙", [["甲"], ["乙"], ["丙"]]),
        ("推行（　）和（　）", "工资保证金、欠薪应急周转金", [["工资保证金"], ["欠薪应急周转金"]]),
        ("不得少于（　），出示（　）", "二人||两人；证件", [["二人", "两人"], ["证件"]]),
        ("对（ ）、（ ）", "甲；乙；", [["甲"], ["乙"]]),
        ("依照第（一）项（　）", "甲、乙", [["甲、乙"]]),
    ],
)
def test_the_answers_of_blanks_are_told_apart(stem, answer, accepted):
    draft = draft_of("fill_blank", stem, [], answer)
    assert [blank["accepted"] for blank in draft.body["blanks"]] == accepted
    assert problems_of(draft) == []


@pytest.mark.parametrize(
    ("kind", "stem", "cells", "answer", "field"),
    [
        ("fill_blank", "没有空", [], "甲", "stem"),
        ("fill_blank", "（　）和（　）", [], "只有一个", "key"),
        ("ordering", "排序", ["甲", "乙", "丙"], "AB", "key"),
        ("ordering", "排序", ["甲", "乙", "丙"], "ABCA", "key"),
        ("ordering", "排序", ["甲", "乙", "丙"], "123A", "key"),
        ("ordering", "排序", ["甲", "乙", "丙"], "乙、丙、甲", "key"),
        ("ordering", "排序", ["甲", "乙", "丙"], "", "key"),
        ("single_choice", "选", ["甲", "乙"], "D", "key"),
    ],
)
def test_what_cannot_be_read_names_its_field(kind, stem, cells, answer, field):
    with pytest.raises(BadRow) as refused:
        draft_of(kind, stem, cells, answer)
    assert refused.value.field == field


def test_letters_say_the_order_of_the_steps():
    assert draft_of("ordering", "排序", ["A. 决定", "立案", "调查"], "B、C、A").body["steps"] == [
        "立案",
        "调查",
        "决定",
    ]


@pytest.mark.parametrize("answer", ["BCA", "２３１", "②→③→①", "b-c-a", "2、3、1。"])
def test_the_order_may_be_told_by_letters_and_by_figures(answer):
    steps = draft_of("ordering", "排序", ["决定", "立案", "调查"], answer).body["steps"]
    assert steps == ["立案", "调查", "决定"]


@pytest.mark.parametrize("kind", ["short_answer", "essay"])
def test_a_written_answer_is_the_reference(kind):
    draft = draft_of(kind, "简述", [], " 见条文。 ")
    assert draft.body["reference"] == "见条文。"
    assert problems_of(draft) == []
