"""The day a set stands for."""

import datetime

import pytest

from courses.drills.rules.periods import day_of_period


@pytest.mark.parametrize(
    ("kind", "on", "stands_for"),
    [
        ("question", (2026, 11, 22), (2026, 11, 22)),
        ("daily", (2026, 11, 22), (2026, 11, 22)),
        ("weekly", (2026, 11, 22), (2026, 11, 16)),
        ("weekly", (2026, 11, 16), (2026, 11, 16)),
        ("weekly", (2027, 1, 1), (2026, 12, 28)),
        ("monthly", (2026, 11, 30), (2026, 11, 1)),
    ],
)
def test_a_period_stands_for_its_first_day(kind, on, stands_for):
    assert day_of_period(kind, datetime.date(*on)) == datetime.date(*stands_for)
