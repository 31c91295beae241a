"""Every marking rule: bounds, blanks, full keys, and that one more right option never costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import marking
from question_bank.rules.contract import BadResponse, Outcome

SETTINGS = {
    "per_correct_option": {"each": "0.5"},
    "wrong_means_zero": {"partial": "1"},
    "negative": {"penalty": "0.5", "floor": "-2"},
}
CENT = Decimal("0.01")
RULES = st.sampled_from(marking.names())
MARKS = st.integers(2, 10_000).map(lambda n: CENT * n)
HOSTILE = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(max_size=12), st.lists(st.text(max_size=2), max_size=2)
)


@st.composite
def cases(draw):
    """A rule with settings it accepts, the marks of a question, and one outcome it can mark."""
    rule = marking.get(draw(RULES))
    marks = draw(MARKS)
    settings = {}
    for one in rule.settings:
        most = min(one.most, marks - CENT) if one.below_full else one.most
        cents = draw(st.integers(int(one.least / CENT), int(most / CENT)))
        settings[one.name] = str(CENT * cents)
    total = draw(st.integers(1, 12))
    right, wrong = draw(st.integers(0, total)), draw(st.integers(0, 12))
    unit = draw(st.sampled_from(sorted(rule.units)))
    return rule, settings, marks, Outcome(total, right, wrong, not right and not wrong, unit)


@given(cases())
def test_marks_stay_between_the_floor_and_the_full_marks(case):
    rule, settings, marks, outcome = case
    assert rule.check(settings, marks) == []
    given_marks = rule.mark(outcome, marks, settings)
    assert rule.floor(settings) <= given_marks <= marks
    assert given_marks == given_marks.quantize(CENT)
    assert rule.name == "negative" or given_marks >= 0


@given(cases())
def test_a_blank_gets_nothing_and_the_whole_key_everything(case):
    rule, settings, marks, outcome = case
    blank = Outcome(outcome.total, 0, 0, True, outcome.unit)
    whole = Outcome(outcome.total, outcome.total, 0, False, outcome.unit)
    assert rule.mark(blank, marks, settings) == 0
    assert rule.mark(whole, marks, settings) == marks


@given(cases())
def test_one_more_right_option_never_costs_and_one_more_wrong_one_never_pays(case):
    rule, settings, marks, one = case
    better = Outcome(one.total, min(one.right + 1, one.total), one.wrong, False, one.unit)
    worse = Outcome(one.total, one.right, one.wrong + 1, False, one.unit)
    if one.right or one.wrong:
        assert rule.mark(better, marks, settings) >= rule.mark(one, marks, settings)
        assert rule.mark(worse, marks, settings) <= rule.mark(one, marks, settings)


@given(RULES, st.one_of(HOSTILE, st.dictionaries(st.sampled_from(["each", "floor", "x"]), HOSTILE)))
def test_hostile_settings_are_problems_and_never_errors(name, settings):
    rule = marking.get(name)
    for problem in rule.check(settings, Decimal(2)):
        assert problem.code.startswith("setting")
        assert isinstance(problem.field, str)


@pytest.mark.parametrize(
    ("name", "settings", "code"),
    [
        ("exact", {"each": "1"}, "setting_unknown"),
        ("exact", [], "settings_malformed"),
        ("per_correct_option", {}, "setting_missing"),
        ("per_correct_option", {"each": "NaN"}, "setting_malformed"),
        ("per_correct_option", {"each": 0.5}, "setting_malformed"),
        ("per_correct_option", {"each": "1e9"}, "setting_malformed"),
        ("per_correct_option", {"each": "0"}, "setting_too_small"),
        ("per_correct_option", {"each": "2"}, "setting_above_marks"),
        ("wrong_means_zero", {"partial": "3"}, "setting_above_marks"),
        ("negative", {"penalty": "-1"}, "setting_too_small"),
        ("negative", {"penalty": "1", "floor": "1"}, "setting_too_large"),
    ],
)
def test_what_is_wrong_with_settings_is_said(name, settings, code):
    assert [one.code for one in marking.get(name).check(settings, Decimal(2))] == [code]


@given(RULES, st.lists(st.sampled_from("abcd"), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing_and_forged_letters_gain_nothing(name, chosen, chance):
    from question_bank import kinds

    kind, rule = kinds.get("multiple_choice"), marking.get(name)
    content = {"stem": "?", "options": [{"id": one, "text": one} for one in "abcd"]}
    key = {"options": ["a", "b", "c"]}

    def marks_of(raw):
        given_answer = kind.parse(raw, content)
        return kind.grade(content, key, given_answer, rule, Decimal(2), SETTINGS.get(name, {}))

    turned = chance.sample(chosen, len(chosen))
    assert marks_of(turned) == marks_of(sorted(set(chosen)))
    with pytest.raises(BadResponse):
        kind.parse([*chosen, "forged"], content)
    forged = kind.compare(content, key, sorted({*chosen, "forged"}))
    if "choice" in rule.units:
        assert rule.mark(forged, Decimal(2), SETTINGS.get(name, {})) <= marks_of(chosen)


def test_a_rule_stands_back_for_what_it_cannot_mark():
    assert marking.fitting("half_for_subset", "choice") == "half_for_subset"
    assert marking.fitting("half_for_subset", "step") == "exact"
    with pytest.raises(KeyError):
        marking.get("nobody")
    assert all(marking.get(name).words(SETTINGS.get(name, {})) for name in marking.names())
