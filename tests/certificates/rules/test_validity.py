"""How long a certificate is good: months, short months, leap years."""

import datetime

import pytest

from certificates.rules import validity

D = datetime.date


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (D(2026, 1, 15), 1, D(2026, 2, 15)),
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2028, 2, 29), 12, D(2029, 2, 28)),
        (D(2026, 11, 20), 2, D(2027, 1, 20)),
        (D(2026, 12, 31), 12, D(2027, 12, 31)),
    ],
)
def test_months_later(start, months, expected):
    assert validity.add_months(start, months) == expected


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (D(2022, 11, 1), 60, D(2027, 10, 31)),
        (D(2026, 11, 20), 24, D(2028, 11, 19)),
        (D(2026, 1, 1), 12, D(2026, 12, 31)),
        (D(2026, 1, 31), 1, D(2026, 2, 27)),
    ],
)
def test_last_day_is_the_eve(start, months, expected):
    assert validity.last_day(start, months) == expected


def test_no_certificate_without_a_month():
    with pytest.raises(ValueError, match="one month"):
        validity.last_day(D(2026, 1, 1), 0)


@pytest.mark.parametrize(
    ("until", "left"), [(D(2026, 11, 20), 0), (D(2026, 11, 30), 10), (D(2026, 11, 19), -1)]
)
def test_days_left(until, left):
    assert validity.days_left(until, D(2026, 11, 20)) == left
