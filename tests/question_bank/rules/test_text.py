"""Pasted text is cleaned, and the same question is recognised in other clothes."""

import pytest

from question_bank.rules.draft import Draft
from question_bank.rules.text import fingerprint, tidy


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("\ufeff题干\u200b ", "题干"),
        ("甲\u00a0乙", "甲 乙"),
        ("\n一\r\n 二 ", "一\n二"),
        ("响\x00铃\x07", "响铃"),
        (None, ""),
        (5, "5"),
    ],
)
def test_tidy(pasted, clean):
    assert tidy(pasted) == clean


def test_width_spaces_and_order_do_not_make_another_question():
    one = fingerprint("single_choice", "执法人员不得少于（ ）。", ["一人", "２人"])
    assert one == fingerprint("single_choice", "执法人员不得少于(　)。", ["2 人", "一人"])
    assert one != fingerprint("multiple_choice", "执法人员不得少于（ ）。", ["一人", "２人"])
    assert one != fingerprint("single_choice", "执法人员不得少于（ ）。", ["一人", "三人"])


def test_the_digest_sees_every_field():
    def told(right=0, **rest):
        return Draft.of_choice("single_choice", "题", ("甲", "乙"), (right,), **rest).digest()

    assert told() == told()
    assert len({told(), told(1), told(explanation="因")}) == 3


def test_tidying_a_draft_leaves_out_what_says_nothing():
    told = {"citations": ("", " 第一条 ", "第一条")}
    draft = Draft.of_choice("single_choice", " 题 ", (" 甲 ", "乙"), (1, 1), **told)
    clean = draft.tidied()
    assert (clean.stem, clean.options, clean.right, clean.citations) == (
        "题",
        ("甲", "乙"),
        (1,),
        ("第一条",),
    )


@pytest.mark.parametrize(("right", "told"), [((0,), True), ((1,), False), ((), None), ((0, 1), None)])
def test_a_true_or_false_question_without_a_key_stays_without_one(right, told):
    draft = Draft.of_choice("true_false", "题", (), right)
    assert draft.body["right"] is told
    assert draft.options == ("正确", "错误")


def test_what_a_case_asks_tells_it_apart_and_its_key_does_not():
    def case(stem="几人？", right=0):
        part = {
            "share": "1",
            "kind": "single_choice",
            "stem": stem,
            "options": ["甲", "乙"],
            "right": [right],
        }
        return Draft("case_analysis", {"stem": "案情", "parts": [part]})

    assert case().fingerprint() == case(right=1).fingerprint()
    assert case().fingerprint() != case("几日？").fingerprint()
    assert case().digest() != case(right=1).digest()
