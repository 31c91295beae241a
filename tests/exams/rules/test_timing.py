"""Deadlines by the server's clock."""

import datetime

import pytest

from exams.rules import timing

START = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("name", "closes", "extra", "expected"),
    [
        ("the duration ends first", 120, 0, 60),
        ("the window ends first", 30, 0, 30),
        ("extra time moves the duration", 120, 5, 65),
        ("extra time moves the window too", 30, 5, 35),
    ],
)
def test_effective_deadline(name, closes, extra, expected):
    deadline = timing.effective_deadline(
        started_at=START, duration_minutes=60, closes_at=START + closes * MINUTE, extra_seconds=extra * 60
    )
    assert deadline == START + expected * MINUTE, name


def test_the_grace_is_inside_and_a_moment_later_is_over():
    assert not timing.is_over(START, 60, START + MINUTE)
    assert timing.is_over(START, 60, START + MINUTE + datetime.timedelta(microseconds=1))


def test_remaining_time_is_never_negative():
    assert timing.remaining_ms(START, START - MINUTE) == 60_000
    assert timing.remaining_ms(START, START + MINUTE) == 0
