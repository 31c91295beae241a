"""Cycles of rotation: windows of years, an equal share each year."""

import datetime

import pytest

from courses.training.rules.completion import outcome
from courses.training.rules.rotation import cycle_year, due_by, window


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [(2025, 3, "2027-12-31"), (2026, 1, "2026-12-31"), (2024, 5, "2028-12-31")],
)
def test_a_cycle_is_whole_calendar_years(first, years, last):
    assert window(first, years) == (datetime.date(first, 1, 1), datetime.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-12-31", 0), ("2025-01-01", 1), ("2026-11-20", 2), ("2027-12-31", 3), ("2030-01-01", 3)],
)
def test_which_year_of_the_cycle(day, year):
    assert cycle_year(2025, 3, datetime.date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    ("total", "years", "dues"),
    [
        (9, 3, [0, 3, 6, 9]),
        (10, 3, [0, 4, 7, 10]),
        (1, 3, [0, 1, 1, 1]),
        (0, 3, [0, 0, 0, 0]),
        (7, 1, [0, 7, 7, 7]),
    ],
)
def test_a_third_each_year_and_everybody_at_the_end(total, years, dues):
    assert [due_by(total, years, year) for year in range(4)] == dues


@pytest.mark.parametrize(
    ("pass_mark", "score", "refused", "found"),
    [
        (None, None, False, "finished"),
        (60, 60, False, "finished"),
        (60, 59, False, "failed"),
        (60, None, False, "open"),
        (60, 100, True, "failed"),
        (None, None, True, "failed"),
        (0, 0, False, "finished"),
    ],
)
def test_what_a_class_comes_to(pass_mark, score, refused, found):
    assert outcome(pass_mark=pass_mark, score=score, refused=refused) == found
