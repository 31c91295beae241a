"""Whom an audience means: every condition, any value within one, its stored form."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.audience import EVERYBODY, Audience, Person, from_json, matches, to_json, within

JULY = datetime.date(2026, 7, 1)
PERSON = Person("00010002", 7, "中队长", "officer", frozenset({"legal_liaison"}), JULY)

CASES = [
    (Audience(), True),
    (Audience(units=("0001",)), True),
    (Audience(units=("00010002",)), True),
    (Audience(units=("00010003",)), False),
    (Audience(units=("0002", "0001")), True),
    (Audience(posts=(7, 8)), True),
    (Audience(posts=(8,)), False),
    (Audience(ranks=("中队长",)), True),
    (Audience(ranks=("大队长",)), False),
    (Audience(categories=("officer",)), True),
    (Audience(categories=("auxiliary",)), False),
    (Audience(duties=("legal_liaison", "safety_officer")), True),
    (Audience(duties=("safety_officer",)), False),
    (Audience(joined_after=JULY), True),
    (Audience(joined_after=datetime.date(2026, 7, 2)), False),
    (Audience(units=("0001",), posts=(8,)), False),
    (Audience(units=("0001",), posts=(7,), ranks=("中队长",), categories=("officer",)), True),
]


@pytest.mark.parametrize(("audience", "meant"), CASES)
def test_all_conditions_hold_and_any_value_within_one(audience, meant):
    assert matches(audience, PERSON) is meant


def test_whose_joining_is_unknown_joined_after_no_day():
    assert not matches(Audience(joined_after=datetime.date(2000, 1, 1)), Person("0001", 7))


@pytest.mark.parametrize(
    ("units", "scopes", "held"),
    [((), [""], True), ((), ["0001"], False), (("00010002",), ["0001"], True), (("0002",), ["0001"], False)],
)
def test_an_audience_stays_within_what_one_looks_after(units, scopes, held):
    assert within(Audience(units=units), scopes) is held


def test_nobodys_scope_holds_nobody():
    assert not within(Audience(units=("0001",)), [])


audiences = st.builds(
    Audience,
    units=st.lists(st.sampled_from(["0001", "00010001", "0002"]), unique=True).map(sorted).map(tuple),
    posts=st.lists(st.integers(1, 5), unique=True).map(sorted).map(tuple),
    ranks=st.lists(st.sampled_from(["中队长", "科员"]), unique=True).map(sorted).map(tuple),
    categories=st.lists(st.sampled_from(["officer", "auxiliary"]), unique=True).map(sorted).map(tuple),
    duties=st.lists(st.sampled_from(["a", "b"]), unique=True).map(sorted).map(tuple),
    joined_after=st.none() | st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
)


@given(audiences)
def test_what_is_stored_comes_back(audience):
    assert from_json(to_json(audience)) == audience


@given(audiences)
def test_only_what_is_stated_is_stored(audience):
    assert (to_json(audience) == {}) is (audience == EVERYBODY)


@pytest.mark.parametrize("stored", [{"unit": ["0001"]}, {"units": "0001"}, {"posts": ["x"]}, {"posts": 3}])
def test_nonsense_is_not_taken_for_everybody(stored):
    with pytest.raises(ValueError, match=r"condition|invalid literal"):
        from_json(stored)
