"""The kinds with options: what they choose, how they are laid out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import kinds, marking
from question_bank.kinds import BadResponse

MARKS = Decimal("2.5")
ALL = ["single_choice", "multiple_choice", "indefinite_choice", "true_false"]
EXACT = marking.get("exact")


def content_of(name, count):
    texts = ["正确", "错误"] if name == "true_false" else [f"选项{n}" for n in range(count)]
    ids = ["k3", "a7", "z2", "m9", "b4", "q6"]
    return {"stem": "题干", "options": [{"id": i, "text": t} for i, t in zip(ids, texts, strict=False)]}


@st.composite
def questions(draw):
    """A sound question of any kind: (kind, content, key)."""
    kind = kinds.get(draw(st.sampled_from(ALL)))
    content = content_of(kind.name, draw(st.integers(2, 6)))
    ids = [option["id"] for option in content["options"]]
    most = 1 if kind.name in {"single_choice", "true_false"} else len(ids)
    right = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))
    return kind, content, {"options": right}


@given(questions())
def test_sound_questions_have_no_problem(question):
    kind, content, key = question
    assert kind.check(content, key) == []


@given(questions())
def test_full_key_gets_full_marks_and_blank_gets_none(question):
    kind, content, key = question
    assert kind.grade(content, key, kind.parse(key["options"], content), EXACT, MARKS) == MARKS
    assert kind.grade(content, key, kind.parse([], content), EXACT, MARKS) == 0


@given(questions(), st.data())
def test_marks_stay_between_nothing_and_full(question, data):
    kind, content, key = question
    ids = [option["id"] for option in content["options"]]
    raw = data.draw(st.lists(st.sampled_from(ids), max_size=8))
    try:
        response = kind.parse(raw, content)
    except BadResponse:
        return
    got = kind.grade(content, key, response, EXACT, MARKS)
    assert isinstance(got, Decimal)
    assert 0 <= got <= MARKS


@given(questions(), st.data())
def test_order_and_repetition_change_nothing(question, data):
    kind, content, key = question
    raw = data.draw(st.permutations(key["options"] * 3))
    assert kind.parse(raw, content) == kind.parse(key["options"], content) == sorted(key["options"])


@given(questions(), st.lists(st.text(max_size=3), min_size=1, max_size=4))
def test_forged_ids_never_gain(question, forged):
    kind, content, key = question
    ids = {option["id"] for option in content["options"]}
    if set(forged) <= ids:
        return
    with pytest.raises(BadResponse):
        kind.parse([*key["options"], *forged], content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


@given(questions(), JSON)
def test_any_json_is_parsed_or_refused(question, raw):
    kind, content, _key = question
    try:
        parsed = kind.parse(raw, content)
    except BadResponse:
        return
    assert parsed == sorted(set(raw))


@pytest.mark.parametrize("name", ["single_choice", "true_false"])
def test_one_choice_only_where_one_is_right(name):
    content = content_of(name, 4)
    with pytest.raises(BadResponse, match="too_many"):
        kinds.get(name).parse(["k3", "a7"], content)


@pytest.mark.parametrize(
    ("name", "change", "code", "field"),
    [
        ("single_choice", {"stem": "  "}, "stem_missing", "stem"),
        ("single_choice", {"stem": "长" * 5000}, "stem_too_long", "stem"),
        ("single_choice", {"options": []}, "options_too_few", "options"),
        ("single_choice", {"options": "AB"}, "options_malformed", "options"),
        ("single_choice", {"options": [{"id": "k3", "text": "甲"}]}, "options_too_few", "options"),
        ("multiple_choice", {"texts": ["甲", " "]}, "option_empty", "options.1"),
        ("multiple_choice", {"texts": ["甲", "乙", "Ａ ", "a"]}, "option_duplicate", "options.3"),
        ("multiple_choice", {"texts": ["甲", "长" * 1001]}, "option_too_long", "options.1"),
        ("multiple_choice", {"texts": [str(n) for n in range(13)]}, "options_too_many", "options"),
        ("single_choice", {"key": {}}, "key_missing", "key"),
        ("single_choice", {"key": {"options": []}}, "key_missing", "key"),
        ("single_choice", {"key": {"options": ["nope"]}}, "key_outside", "key"),
        ("single_choice", {"key": {"options": ["k3", "a7"]}}, "key_too_many", "key"),
        ("true_false", {"texts": ["错误", "正确"]}, "options_not_true_false", "options"),
    ],
)
def test_what_is_wrong_is_named(name, change, code, field):
    content = content_of(name, 4)
    texts = change.pop("texts", None)
    key = change.pop("key", {"options": [content["options"][0]["id"]]})
    if texts:
        content["options"] = [{"id": f"o{n}", "text": text} for n, text in enumerate(texts)]
        key = {"options": ["o0"]}
    found = kinds.get(name).check(content | change, key)
    assert (code, field) in [(problem.code, problem.field) for problem in found]


def test_a_single_right_option_of_a_multiple_choice_is_doubtful():
    kind, content = kinds.get("multiple_choice"), content_of("multiple_choice", 4)
    assert [p.code for p in kind.doubts(content, {"options": ["k3"]})] == ["key_too_few"]
    assert kind.doubts(content, {"options": ["k3", "a7"]}) == []


@pytest.mark.parametrize("name", ALL)
def test_the_asked_view_holds_nothing_about_the_key(name):
    kind, content = kinds.get(name), content_of(name, 4)
    asked = kind.show(content, [option["id"] for option in reversed(content["options"])])
    assert asked.context["options"][0]["letter"] == "A"
    assert set(asked.context) == {"stem", "options"}
    assert all(set(option) == {"id", "letter", "text", "chosen"} for option in asked.context["options"])


@pytest.mark.parametrize("name", ALL)
def test_the_answered_view_marks_what_is_right(name):
    kind, content = kinds.get(name), content_of(name, 4)
    shown = kind.show(content, key={"options": ["a7"]}, response=["k3"])
    assert shown.context["key_letters"] == "B"
    assert [o["right"] for o in shown.context["options"]][:2] == [False, True]
    assert shown.context["options"][0]["chosen"]
    assert shown.page("asked") == f"question_bank/kinds/{name}/asked.html"


def test_an_unknown_kind_has_no_entry():
    with pytest.raises(KeyError):
        kinds.get("nobody")
