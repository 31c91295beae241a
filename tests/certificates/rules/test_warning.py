"""A certificate's end is announced in steps, each once, the nearest alone."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.warning import due, read_code, steps

END = datetime.date(2026, 8, 31)
MONTHS, DAYS = (6, 3, 1), (90, 60, 30, 7)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        ((2026, 2, 27), None),
        ((2026, 2, 28), "m6"),
        ((2026, 5, 30), "m6"),
        ((2026, 5, 31), "m3"),
        ((2026, 7, 31), "m1"),
        ((2026, 8, 31), "m1"),
        ((2026, 9, 1), None),
    ],
)
def test_months_before_the_last_good_day(today, code):
    assert due(END, datetime.date(*today), months=MONTHS) == code


@pytest.mark.parametrize(
    ("left", "code"), [(91, None), (90, "d90"), (31, "d60"), (30, "d30"), (7, "d7"), (0, "d7")]
)
def test_days_before_the_last_good_day(left, code):
    assert due(END, END - datetime.timedelta(days=left), days=DAYS) == code


@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)), st.sets(st.integers(1, 24), max_size=6)
)
def test_whoever_looks_every_day_is_told_of_every_step_once(ends_on, months):
    first = min([step.begins for step in steps(ends_on, months=months)], default=ends_on)
    days = [first + datetime.timedelta(days=n) for n in range((ends_on - first).days + 1)]
    told = [due(ends_on, day, months=months) for day in days]
    assert {code for code in told if code} == {step.code for step in steps(ends_on, months=months)}


def test_a_code_reads_back():
    assert read_code("m6") == ("months", 6)
    with pytest.raises(ValueError, match="no warning"):
        read_code("x1")
