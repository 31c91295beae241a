"""The kinds answered in words, in steps and in parts: problems, responses, outcomes."""

from decimal import Decimal

import pytest

from question_bank import marking
from question_bank.kinds import BadResponse
from tests.factories.kinds import of

EXACT = marking.get("exact")


def codes(problems):
    return [(problem.code, problem.field) for problem in problems]


@pytest.mark.parametrize(
    ("name", "content", "key", "problem"),
    [
        ("fill_blank", {"stem": "没有空"}, {}, ("blanks_missing", "stem")),
        ("fill_blank", {"stem": "{{1}}{{2}}{{3}}"}, {}, ("stem_missing", "stem")),
        ("fill_blank", {"stem": "只有{{1}}{{2}}"}, {}, ("blanks_not_in_stem", "stem")),
        ("fill_blank", {"stem": "两次{{1}}{{1}}{{2}}{{3}}"}, {}, ("blanks_not_in_stem", "stem")),
        ("fill_blank", {"blanks": [{"id": ""}]}, {}, ("blanks_malformed", "blanks")),
        ("fill_blank", {}, {"blanks": {}}, ("key_missing", "key")),
        ("fill_blank", {}, {"blanks": {"k3": ["一"]}}, ("blank_without_answer", "key.blanks.1")),
        ("fill_blank", {}, {"sets": [["a7"]]}, ("sets_malformed", "key.sets")),
        ("fill_blank", {}, {"sets": [["a7", "z2"], ["z2", "k3"]]}, ("sets_malformed", "key.sets")),
        ("ordering", {}, {"order": []}, ("order_missing", "key")),
        ("ordering", {}, {"order": ["k3", "a7"]}, ("order_outside", "key")),
        ("short_answer", {"limit": 0}, {}, ("limit_malformed", "limit")),
        ("short_answer", {"limit": True}, {}, ("limit_malformed", "limit")),
        ("essay", {}, {"reference": "", "points": []}, ("reference_missing", "key")),
        ("essay", {}, {"points": [{"id": "p", "text": "点", "marks": "x"}]}, ("point_marks", "key.points.0")),
        ("essay", {}, {"points": [{"id": "p", "text": " ", "marks": "1"}]}, ("point_text", "key.points.0")),
        ("reasoned_true_false", {}, {"points": "1"}, ("reason_share", "key.points")),
        ("case_analysis", {"parts": []}, {}, ("parts_missing", "parts")),
        ("case_analysis", {}, {"parts": {}}, ("key_missing", "parts.0.key")),
        ("case_analysis", {}, {"parts": None}, ("key_missing", "key")),
    ],
)
def test_what_is_wrong_is_named(name, content, key, problem):
    one = of(name)
    assert problem in codes(one.kind.check(one.content | content, one.key | key))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "case_analysis"}, ("part_kind", "parts.0.kind")),
        ({"kind": "nobody"}, ("part_kind", "parts.0.kind")),
        ({"share": "0"}, ("part_share", "parts.0.share")),
        ({"share": "1e3"}, ("part_share", "parts.0.share")),
        ({"id": "p1"}, ("parts_malformed", "parts")),
    ],
)
def test_what_is_wrong_with_a_part_is_named(change, problem):
    one = of("case_analysis")
    one.content["parts"][0] |= change
    assert problem in codes(one.kind.check(one.content, one.key))


def test_an_answer_that_stands_in_the_stem_is_doubtful():
    one = of("fill_blank")
    key = one.key | {"blanks": one.key["blanks"] | {"k3": ["不得少于", "二", "２", "2"]}}
    assert codes(one.kind.doubts(one.content, key)) == [
        ("accepted_twice", "key.blanks.0"),
        ("answer_in_stem", "key.blanks.0"),
    ]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("fill_blank", {"k3": "x" * 201}, "too_long"),
        ("fill_blank", {"k3": 5}, "not_text"),
        ("fill_blank", ["k3"], "not_an_object"),
        ("fill_blank", {"k3": "a\x01b"}, "bad_character"),
        ("ordering", ["k3", "k3"], "repeated"),
        ("essay", "字" * 301, "too_long"),
        ("essay", "\ud800", "bad_character"),
        ("reasoned_true_false", {"options": [], "reason": "x", "marks": "9"}, "unknown_field"),
        ("reasoned_true_false", ["a7"], "not_a_reasoned_choice"),
        ("case_analysis", {"p0": ["k3", "a7"]}, "too_many"),
        ("case_analysis", {"p9": []}, "unknown_part"),
    ],
)
def test_what_no_honest_client_sends_is_refused(name, raw, code):
    one = of(name)
    with pytest.raises(BadResponse) as refused:
        one.kind.parse(raw, one.content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "raw", "canonical"),
    [
        ("fill_blank", {"z2": " 罚款 ", "k3": " \u3000"}, {"z2": " 罚款 "}),
        ("fill_blank", {"k3": ""}, []),
        ("fill_blank", {}, []),
        ("essay", " \n\u00a0", []),
        ("essay", "一\r\n二\r三", "一\n二\n三"),
        ("reasoned_true_false", {"options": [], "reason": " "}, []),
        ("reasoned_true_false", {"options": ["k3"]}, {"options": ["k3"], "reason": ""}),
        ("case_analysis", {"p2": ["k3"], "p0": [], "p1": {}}, {"p2": ["k3"]}),
        ("case_analysis", {"p0": []}, []),
    ],
)
def test_one_answer_has_one_canonical_form(name, raw, canonical):
    one = of(name)
    assert one.kind.parse(raw, one.content) == canonical


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        (["z2", "k3", "m9", "a7"], 3, 0),
        (["k3", "z2", "m9", "a7"], 1, 2),
        (["a7", "z2", "k3", "m9"], 2, 1),
        (["m9", "a7", "z2", "k3"], 2, 1),
        (["a7", "m9", "k3", "z2"], 0, 3),
        (["z2", "k3"], 1, 0),
        (["z2"], 0, 0),
    ],
)
def test_steps_earn_by_the_neighbours_they_keep(given, right, wrong):
    one = of("ordering")
    outcome = one.kind.compare(one.content, one.key, given)
    assert (outcome.total, outcome.right, outcome.wrong, outcome.blank) == (3, right, wrong, False)


def test_the_blanks_of_a_case_part_are_right_one_by_one():
    one = of("case_analysis")
    found = one.kind.outcomes(one.content, one.key, {"p0": ["a7"], "p1": {"k3": "二", "a7": "KEY-罚款"}})
    assert [(share, outcome.unit, outcome.right, outcome.blank) for share, outcome in found] == [
        (Decimal(1), "choice", 1, False),
        (Decimal(2), "blank", 2, False),
        (Decimal(3), "step", 0, True),
    ]
    assert one.kind.grade(one.content, one.key, {"p0": ["a7"]}, EXACT, Decimal(10)) == Decimal("1.67")


def test_the_parts_of_a_case_add_up_to_its_marks():
    one = of("case_analysis")
    alone = [one.kind.grade(one.content, one.key, {p: one.right[p]}, EXACT, Decimal(10)) for p in one.right]
    assert sum(alone) == 10
    assert one.kind.grade(one.content, one.key, one.right, EXACT, Decimal(10)) == 10


def test_a_reason_waits_for_a_marker():
    one = of("reasoned_true_false")
    assert one.kind.grade(one.content, one.key, one.right, EXACT, Decimal(5)) == 3
    [text] = one.kind.written(one.content, one.key, one.right)
    assert (text.share, text.text, text.reference) == (Decimal("0.4"), "因为如此", "KEY-REFERENCE")


def test_a_set_is_filled_in_any_order_with_any_spelling():
    one = of("fill_blank")
    given = {"k3": " 2 ", "a7": "《KEY-罚款》", "z2": "key-警告。"}
    assert one.kind.compare(one.content, one.key, given).is_exact
