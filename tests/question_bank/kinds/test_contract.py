"""Every kind keeps the contract, whatever comes in."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank import kinds, marking
from question_bank.kinds import BadNormal, BadResponse
from question_bank.models import KINDS
from tests.factories.kinds import EVERY, counted, of, wild_case

MARKS = Decimal("2.5")
EXACT = marking.get("exact")
LETTERS = st.text(alphabet="ab{}12甲、 \n\x00\ud800", max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=12,
)
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIELDS = [
    "stem",
    "options",
    "blanks",
    "parts",
    "limit",
    "asks_reason",
    "order",
    "sets",
    "points",
    "reference",
]
NEAR = st.recursive(
    JSON | st.sampled_from(["k3", "a7", "p0", "1", "0.5", "essay", "题", 300]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*FIELDS, "id", "text", "kind", "content", "share", "k3", "p0"]), inner
        )
    ),
    max_leaves=20,
)


def every():
    return [*map(of, EVERY), wild_case()]


def text_of(data):
    return json.dumps(data, ensure_ascii=False)


def test_the_database_offers_exactly_the_kinds_there_are():
    assert [name for name, _label in KINDS] == kinds.names()


@pytest.mark.parametrize("one", every())
def test_a_sound_question_has_no_problem(one):
    assert one.kind.check(one.content, one.key) == []


@pytest.mark.parametrize("one", every())
def test_a_blank_gets_nothing_and_waits_for_nobody(one):
    assert one.kind.parse([], one.content) == []
    assert one.kind.grade(one.content, one.key, [], EXACT, MARKS) == 0
    assert all(outcome.blank for _, outcome in one.kind.outcomes(one.content, one.key, []))


@pytest.mark.parametrize("one", every())
def test_the_key_gets_full_marks_but_for_what_waits_for_a_marker(one):
    response = one.kind.parse(one.right, one.content)
    waits = sum((text.share for text in one.kind.written(one.content, one.key, response)), Decimal(0))
    shares = sum(share for share, _ in one.kind.outcomes(one.content, one.key, response))
    got = one.kind.grade(one.content, one.key, response, EXACT, MARKS)
    assert bool(waits) == one.kind.needs_marker(one.content)
    assert got == MARKS if not waits else abs(got - MARKS * (shares - waits) / shares) < Decimal("0.02")


@pytest.mark.parametrize("one", every())
def test_the_canonical_form_is_stable(one):
    response = one.kind.parse(one.right, one.content)
    assert response == one.right
    assert one.kind.parse(json.loads(text_of(response)), one.content) == response
    assert one.kind.parse(response, one.kind.shape(one.content)) == response


@pytest.mark.parametrize("one", every())
def test_no_shape_holds_a_text_of_the_question(one):
    assert one.content["stem"] not in text_of(one.kind.shape(one.content))


FORGED = [["?"], {"?": "x"}, {"options": ["?"], "reason": ""}, {"p0": ["?"]}, {"p0": {"?": "x"}}]


@pytest.mark.parametrize("one", every())
@pytest.mark.parametrize("forged", FORGED, ids=repr)
def test_forged_ids_are_refused(one, forged):
    with pytest.raises(BadResponse):
        one.kind.parse(forged, one.content)


@SOME
@given(st.sampled_from(every()), NEAR)
def test_any_response_is_read_or_refused(one, raw):
    try:
        read = one.kind.parse(raw, one.content)
    except BadResponse:
        return
    assert one.kind.parse(read, one.content) == read
    got = one.kind.grade(one.content, one.key, read, EXACT, MARKS)
    assert isinstance(got, Decimal)
    assert 0 <= got <= MARKS


@SOME
@given(st.sampled_from(every()), NEAR, NEAR)
def test_any_data_is_checked(one, content, key):
    problems = (
        one.kind.check(content, key) + one.kind.check(one.content, key) + one.kind.check(content, one.key)
    )
    assert all(problem.code and problem.field for problem in problems)


@SOME
@given(st.sampled_from(every()), st.sampled_from(FIELDS), NEAR)
def test_a_question_spoilt_in_one_field_is_checked(one, field, value):
    spoilt = one.content | {field: value}
    problems = [*one.kind.check(spoilt, one.key), *one.kind.check(one.content, one.key | {field: value})]
    assert all(problem.code and problem.field for problem in problems)


@SOME
@given(st.sampled_from(every()), NEAR)
def test_any_document_is_a_normal_form_or_refused(one, document):
    try:
        content, key = one.kind.from_normal(document, counted())
    except BadNormal:
        return
    assert one.kind.normal(content, key)["kind"] == one.kind.name


@pytest.mark.parametrize("one", every())
def test_the_normal_form_is_a_round_trip_and_knows_no_ids(one):
    normal = json.loads(text_of(one.kind.normal(one.content, one.key)))
    for new_ids in (counted("x"), counted("b")):
        content, key = one.kind.from_normal(normal, new_ids)
        assert one.kind.check(content, key) == []
        assert one.kind.normal(content, key) == normal
    assert not [name for name in ("k3", "a7", "p0") if f'"{name}"' in text_of(normal)]


@pytest.mark.parametrize("one", every())
def test_a_truncated_normal_form_is_refused(one):
    normal = one.kind.normal(one.content, one.key)
    for name in set(normal) - {"kind", "sets", "reason"}:
        with pytest.raises(BadNormal):
            one.kind.from_normal({field: normal[field] for field in normal if field != name}, counted())


@pytest.mark.parametrize("one", every())
def test_what_is_asked_holds_nothing_of_the_key(one):
    orders = one.kind.orders(one.content)
    asked = text_of([one.kind.face(one.content), one.kind.face(one.content, orders)])
    shown = text_of([one.kind.show(one.content).context, one.kind.show(one.content, orders).context])
    for text in (asked, shown):
        assert "KEY-" not in text
        assert not [
            word
            for word in (
                "right",
                "key_lines",
                "accepted",
                "reference",
                "points",
                "order",
                "any_order",
                "kept",
            )
            if f'"{word}"' in text
        ]


def test_the_stored_order_of_steps_is_not_shown():
    one = of("ordering")
    content = one.content | {"options": [{"id": i, "text": i} for i in one.key["order"]]}
    assert [option["id"] for option in one.kind.face(content)["options"]] == sorted(one.key["order"])


@pytest.mark.parametrize("one", every())
def test_an_answer_is_shown_with_the_key(one):
    shown = one.kind.show(one.content, key=one.key, response=one.right)
    assert shown.context["key_lines"]
    assert shown.page("asked") == f"question_bank/kinds/{one.kind.name}/asked.html"
    assert one.kind.show(one.content, key={}, response=[]).context is not None


@pytest.mark.parametrize("one", every())
def test_orders_name_ids_of_the_question(one):
    stored = text_of(one.content)
    orders = one.kind.orders(one.content)
    flat = [i for ids in orders.values() for i in ids] if isinstance(orders, dict) else orders
    assert all(f'"{i}"' in stored for i in flat)
