"""What the evidence of a year proposes, under the rules of different provinces."""

import datetime
from decimal import Decimal

import pytest

from certificates.rules.enforcement import PRESETS
from certificates.rules.reviewing import Evidence, Exam, Lack, lacks, review_year, units_must_train


@pytest.mark.parametrize(
    ("preset", "hours", "exam", "grave", "expected"),
    [
        ("jiangsu", 40, Exam.PASSED, 0, []),
        ("jiangsu", "39.99", Exam.PASSED, 0, [Lack.HOURS]),
        ("jiangsu", 0, Exam.NONE, 1, [Lack.HOURS, Lack.EXAM, Lack.CONDUCT]),
        ("jiangsu", 60, Exam.FAILED, 0, [Lack.EXAM]),
        ("hebei", 0, Exam.NONE, 0, []),
        ("hebei", 0, Exam.ABSENT, 2, [Lack.CONDUCT]),
        ("hunan", 0, Exam.FAILED, 9, []),
    ],
)
def test_what_a_year_lacks(preset, hours, exam, grave, expected):
    assert lacks(Evidence(Decimal(hours), exam, grave), PRESETS[preset]) == expected


@pytest.mark.parametrize(("day", "year"), [((2026, 1, 5), 2025), ((2026, 3, 31), 2025), ((2026, 4, 1), 2026)])
def test_in_the_first_months_the_year_before_is_reviewed(day, year):
    assert review_year(datetime.date(*day)) == year


def test_only_where_hours_are_asked_for_must_units_train():
    assert units_must_train(PRESETS["jiangsu"])
    assert not units_must_train(PRESETS["hebei"])
