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
    draft = Draft("single_choice", "题", ("甲", "乙"), (0,))
    assert draft.digest() == Draft("single_choice", "题", ("甲", "乙"), (0,)).digest()
    assert draft.digest() != Draft("single_choice", "题", ("甲", "乙"), (1,)).digest()
    assert draft.digest() != Draft("single_choice", "题", ("甲", "乙"), (0,), explanation="因").digest()


def test_tidying_a_draft_leaves_out_what_says_nothing():
    draft = Draft("single_choice", " 题 ", (" 甲 ", "乙"), (1, 1), citations=("", " 第一条 ", "第一条"))
    clean = draft.tidied()
    assert (clean.stem, clean.options, clean.right, clean.citations) == (
        "题",
        ("甲", "乙"),
        (1,),
        ("第一条",),
    )


def test_a_place_beyond_the_options_becomes_no_id():
    draft = Draft("single_choice", "题", ("甲", "乙"), (4,))
    assert draft.key(["k3", "a7"]) == {"options": ["?"]}
