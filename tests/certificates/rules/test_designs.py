"""What a design may say: fields, forbidden words, colours one can read."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.designs import (
    FIELDS,
    Design,
    contrast,
    filled,
    forbidden_in,
    plain,
    problems,
    read,
    shares_two_colours,
    written,
)


def codes(**fields):
    return [(one.field, one.code) for one in problems(dataclasses.replace(Design(), **fields))]


def test_the_design_from_before_designs_is_good():
    assert problems(Design()) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("layout", "card", "choice"),
        ("shape", "id-1", "choice"),
        ("border", "gold", "choice"),
        ("qr", "middle", "choice"),
        ("heading", "行政执法证", "forbidden"),
        ("heading", "行政 执－法·证", "forbidden"),
        ("signatory", "中华人民共和国司法部", "forbidden"),
        ("seal_text", "执法资格专用", "forbidden"),
        ("sentence", "持国徽者{name}", "forbidden"),
        ("heading", "证" * 17, "long"),
        ("sentence", "在" * 201, "long"),
        ("ink", "red", "colour"),
        ("ink", "#FFF", "colour"),
        ("ink", "#888888", "pale"),
        ("accent", "#ffd700", "pale"),
        ("sentence", "{salary}", "unknown_field"),
        ("sentence", "{name", "braces"),
        ("sentence", "name}", "braces"),
    ],
)
def test_what_is_refused(field, value, code):
    assert (field, code) in codes(**{field: value})


@pytest.mark.parametrize("text", ["城管执法岗位培训合格证书", "执法辅助人员上岗证", "综合执法局", ""])
def test_what_a_bureau_says_every_day_is_no_false_alarm(text):
    assert forbidden_in(text) == ""


def test_contrast_of_black_and_white():
    assert (round(contrast("#000000")), round(contrast("#ffffff"))) == (21, 1)


def test_fields_are_filled_and_what_is_missing_becomes_a_dash():
    assert filled("{name}（{unit}）{score}分", {"name": "张{unit}", "unit": "一队"}) == "张{unit}（一队）—分"


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)), st.text(max_size=60))
def test_a_sentence_without_braces_stays_as_it_is(values, text):
    plain = text.replace("{", "").replace("}", "")
    assert filled(plain, values) == plain


def test_a_stored_design_reads_back_and_unknown_parts_are_left_out():
    design = Design(layout="banner", qr="left", heading="上岗证书")
    assert read({**written(design), "of_a_later_release": 1}) == design


@pytest.mark.parametrize(
    ("figure", "text"), [(None, ""), ("92.00", "92"), ("92.50", "92.5"), ("100", "100"), ("0", "0")]
)
def test_figures_are_printed_without_needless_zeros(figure, text):
    assert plain(None if figure is None else Decimal(figure)) == text


def test_red_and_gold_together_are_no_seal():
    assert shares_two_colours(0.7, 0.2)
    assert not shares_two_colours(1.0, 0.0)
