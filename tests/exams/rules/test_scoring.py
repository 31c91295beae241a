"""Marks as Decimal, the canonical answers and their fingerprint."""

from decimal import Decimal

import pytest

from exams.rules import scoring


def test_canonical_answers_sort_by_number_and_leave_blanks_out():
    answers = {"10": ["b2"], "2": ["a1", "c3"], "3": [], "4": "", "5": ["中"]}
    assert scoring.canonical(answers) == '{"2":["a1","c3"],"5":["中"],"10":["b2"]}'


def test_the_fingerprint_is_the_sha256_of_the_canonical_text():
    assert (
        scoring.answers_sha256({})
        == scoring.digest("{}")
        == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


@pytest.mark.parametrize(
    ("value", "text"), [("2.00", "2"), ("1.50", "1.5"), ("0", "0"), ("0.00", "0"), ("100", "100")]
)
def test_marks_read_as_people_write_them(value, text):
    assert scoring.marks_text(Decimal(value)) == text


def test_reaching_the_pass_mark_is_enough():
    assert scoring.passed(Decimal(60), Decimal("60.00"))
    assert not scoring.passed(Decimal("59.99"), Decimal(60))


def test_the_receipt_can_be_read_out():
    assert scoring.receipt_number(year=2026, attempt_id=42, fingerprint="ab12ff") == "2026-000042-AB12"


def test_the_keys_inside_an_answer_are_sorted_at_every_depth():
    answers = {"1": {"p2": {"b": "x", "a": "y"}, "p1": ["z", "a"]}, "2": [{"b": 1, "a": 2}], "3": []}
    assert scoring.canonical(answers) == '{"1":{"p1":["z","a"],"p2":{"a":"y","b":"x"}},"2":[{"a":2,"b":1}]}'
