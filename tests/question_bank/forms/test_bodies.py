"""Every kind can be written in a form: what is shown and sent back again is the same question."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from question_bank import kinds
from question_bank.forms import bodies
from question_bank.forms.bodies.base import Sent
from question_bank.rules.blanks import numbered
from question_bank.rules.draft import Draft
from question_bank.services.building import problems_of

POINTS = {"point_text": ["要点一", "要点二"], "point_marks": ["2", ""]}
SENT = {
    "single_choice": {"stem": "几人？", "option": ["一人", "", "二人"], "right": ["2"]},
    "multiple_choice": {"stem": "哪些？", "option": ["甲", "乙", "丙"], "right": ["0", "2"]},
    "indefinite_choice": {"stem": "哪些？", "option": ["甲", "乙", "丙"], "right": ["1"]},
    "true_false": {"stem": "对吗？", "right": "1", "asks_reason": "on", "reason_share": "0.4"},
    "fill_blank": {"stem": "应当在____日内，由（　）送达", "accepted": ["七 | 7", "两人"], "sets": ""},
    "ordering": {"stem": "排序", "step": ["立案", "调查", "", "决定"]},
    "short_answer": {"stem": "简述", "limit": "200", "reference": "见条文", **POINTS},
    "essay": {"stem": "论述", "reference": "", **POINTS},
    "case_analysis": {
        "stem": "案情",
        "parts": "2",
        "p0-kind": "single_choice",
        "p0-stem": "问一",
        "p0-option": ["甲", "乙"],
        "p0-right": ["1"],
        "p1-kind": "short_answer",
        "p1-stem": "问二",
        "p1-share": "3",
        "p1-point_text": ["要点"],
    },
}
names = st.sampled_from(
    [*SENT["case_analysis"], "act", "right", "option", "accepted", "sets", "step", "limit"]
)
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["add:essay", "drop:0", "up:1", "down:9", "-1", "99999", "²", "1,2"]),
)


def sent(told):
    data = QueryDict(mutable=True)
    for name, value in told.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Sent(data)


def test_every_kind_has_an_editor():
    assert set(bodies.names()) == set(kinds.names()) == set(SENT)


@pytest.mark.parametrize("kind", sorted(SENT))
def test_what_a_form_holds_is_a_sound_question(kind):
    body = bodies.get(kind).read(sent(SENT[kind]))
    assert problems_of(Draft(kind, body).tidied()) == []


@pytest.mark.parametrize("kind", sorted(SENT))
def test_what_is_stored_comes_back_into_the_form(kind):
    editor = bodies.get(kind)
    body = Draft(kind, editor.read(sent(SENT[kind]))).tidied().body
    content, key = kinds.get(kind).from_normal(body, lambda count: [f"i{n}" for n in range(count)])
    normal = {name: value for name, value in kinds.get(kind).normal(content, key).items() if name != "kind"}
    assert editor.rows(normal) == editor.rows(body)


@pytest.mark.parametrize("kind", sorted(SENT))
def test_an_empty_question_can_be_shown(kind):
    editor = bodies.get(kind)
    assert editor.rows(editor.empty())
    assert problems_of(Draft(kind, editor.empty()))


@pytest.mark.parametrize("kind", sorted(SENT))
@given(told=st.dictionaries(names, st.lists(values, max_size=4), max_size=8))
def test_whatever_is_sent_is_read_and_shown(kind, told):
    editor = bodies.get(kind)
    body = editor.read(sent(told))
    assert editor.rows(body) is not None
    assert isinstance(problems_of(Draft(kind, body).tidied()), list)


@pytest.mark.parametrize(
    ("drawn", "stored"),
    [
        ("在__日内", "在{{1}}日内"),
        ("在（　）日内由( )送达", "在{{1}}日内由{{2}}送达"),
        ("在{{2}}日内____", "在{{2}}日内____"),
        ("没有空（见附件）", "没有空（见附件）"),
    ],
)
def test_drawn_blanks_are_numbered(drawn, stored):
    assert numbered(drawn) == stored


@pytest.mark.parametrize(
    ("act", "stems"),
    [
        ("add:ordering", ["问一", "问二", ""]),
        ("drop:0", ["问二"]),
        ("up:1", ["问二", "问一"]),
        ("down:0", ["问二", "问一"]),
        ("down:1", ["问一", "问二"]),
        ("drop:7", ["问一", "问二"]),
        ("add:case_analysis", ["问一", "问二"]),
        ("nonsense", ["问一", "问二"]),
        ("drop:²", ["问一", "问二"]),
    ],
)
def test_the_buttons_of_a_case(act, stems):
    body = bodies.get("case_analysis").read(sent(SENT["case_analysis"] | {"act": act}))
    assert [part["stem"] for part in body["parts"]] == stems
