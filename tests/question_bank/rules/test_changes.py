"""Two versions of a question against each other, and a question in plain lines."""

from question_bank.rules.changes import changes
from question_bank.rules.plain_form import lines

CHOICE = {"kind": "single_choice", "stem": "几人？", "options": ["一人", "二人"], "right": [1]}


def test_only_what_differs_is_named_in_a_fixed_order():
    found = changes(
        {"question": "甲", "point": "程序"}, {"question": "乙", "point": "程序", "citations": "《某法》"}
    )
    assert [one.field for one in found] == ["question", "citations"]
    assert "".join(run.new for run in found[1].runs) == "《某法》"


def test_a_choice_reads_as_letters_with_the_right_one_marked():
    assert lines(CHOICE, {}) == ["几人？", "A. 一人", "B. 二人 ✓"]


def test_members_without_a_form_of_their_own_stand_under_their_label():
    written = {
        "kind": "short_answer",
        "stem": "简述",
        "limit": 200,
        "points": [{"text": "要点", "marks": "2"}],
    }
    assert lines(written, {"limit": "字数上限"}) == ["简述", "字数上限: 200", "· 要点 2"]


def test_the_parts_of_a_case_are_numbered():
    case = {"kind": "case_analysis", "stem": "案情", "parts": [CHOICE, CHOICE]}
    assert [one for one in lines(case, {}) if "几人" in one] == ["1. 几人？", "2. 几人？"]
