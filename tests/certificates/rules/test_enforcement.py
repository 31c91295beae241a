"""What provinces ask of enforcement certificates."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models.enforcement_labels import PRESET_LABELS, REASON_LABELS
from certificates.rules import enforcement as rules
from certificates.rules.enforcement import PRESETS, ProvinceRules
from certificates.rules.reasons import REASONS
from certificates.state.enforcement import Kind

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1))


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("preset", "field", "value"),
    [
        ("hunan", "valid_months", 60),
        ("hunan", "renewal_window_months", 6),
        ("hebei", "review_every_months", 12),
        ("inner_mongolia", "valid_months", 72),
        ("inner_mongolia", "review_every_months", 36),
        ("panzhihua", "valid_months", 36),
        ("panzhihua", "renewal_window_months", 1),
        ("zibo", "valid_months", 24),
        ("zibo", "block_months", 24),
        ("jiangsu", "review_exam", True),
    ],
)
def test_a_preset_says_what_its_province_says(preset, field, value):
    assert getattr(PRESETS[preset], field) == value


def test_every_preset_is_sound_and_has_a_name():
    assert [name for name, preset in PRESETS.items() if rules.faults(preset)] == []
    assert set(PRESET_LABELS) == set(PRESETS)


@pytest.mark.parametrize("preset", PRESETS)
def test_rules_come_back_from_json_as_they_were(preset):
    assert rules.from_json(PRESETS[preset].as_json()) == PRESETS[preset]


def test_json_that_says_less_takes_the_rest_from_the_standard():
    assert rules.from_json({"valid_months": 24, "unknown": 1}) == ProvinceRules(valid_months=24)
    with pytest.raises(ValueError, match="review_hours"):
        rules.from_json({"review_hours": "many"})


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"valid_months": 0, "renewal_window_months": 0}, "valid_months", "range"),
        ({"valid_months": 121}, "valid_months", "range"),
        ({"valid_months": 3}, "renewal_window_months", "window"),
        ({"review_hours": Decimal(401)}, "review_hours", "range"),
        ({"block_months": -1}, "block_months", "range"),
        ({"warn_months": (6, 6)}, "warn_months", "steps"),
        ({"warn_months": (0,)}, "warn_months", "range"),
        ({"training_warn_days": (7, 6, 5, 4, 3, 2, 1)}, "training_warn_days", "steps"),
    ],
)
def test_unsound_rules_are_found(change, field, code):
    assert [(fault.field, fault.code) for fault in rules.faults(replace(ProvinceRules(), **change))] == [
        (field, code)
    ]


def test_renewal_opens_and_closes_by_the_months():
    last = day("2027-10-31")
    assert rules.renewal_opens_on(last, PRESETS["hunan"]) == day("2027-05-01")
    assert rules.renewal_closes_on(last, PRESETS["hunan"]) == day("2028-01-31")


def test_a_review_is_due_by_the_months_and_stops_where_the_rules_say_so():
    base, strict = day("2025-11-20"), PRESETS["jiangsu"]
    assert rules.review_due_on(base, strict) == day("2026-11-20")
    assert not rules.counts_as_due(base, day("2026-09-19"), strict)
    assert rules.counts_as_due(base, day("2026-09-20"), strict)
    assert not rules.stops_for_review(base, day("2027-02-20"), strict)
    assert rules.stops_for_review(base, day("2027-02-21"), strict)
    assert not rules.stops_for_review(base, day("2030-01-01"), PRESETS["hebei"])


def test_where_nothing_is_reviewed_nothing_is_due():
    assert rules.review_due_on(day("2000-01-01"), PRESETS["hunan"]) is None
    assert rules.first_base_not_due(day("2026-11-20"), PRESETS["hunan"]) is None
    assert [PRESETS[name].stop_months for name in ("hunan", "hebei", "jiangsu")] == [None, None, 15]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(on=DAYS, base=DAYS, every=st.integers(1, 48), ahead=st.integers(0, 12))
def test_the_day_sql_compares_with_says_the_same_as_the_rule(on, base, every, ahead):
    asked = ProvinceRules(review_every_months=every, review_ahead_months=ahead)
    near = rules.first_base_not_due(on, asked)
    for one in (base, near, near - datetime.timedelta(days=1)):
        assert rules.counts_as_due(one, on, asked) == (one < near)


def test_the_laws_of_a_refusal_name_the_national_one_first():
    assert PRESETS["hunan"].laws == rules.NATIONAL_LAW
    assert PRESETS["henan"].laws.split("；") == [rules.NATIONAL_LAW, "《河南省行政执法条例》第二十条"]


def test_every_change_has_reasons_and_every_reason_a_name():
    assert set(REASONS) == {kind.value for kind in Kind}
    assert {code for codes in REASONS.values() for code in codes} == set(REASON_LABELS)
