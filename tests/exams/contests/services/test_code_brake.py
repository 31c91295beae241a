"""Guessing codes is slowed down for an address, and for that address alone."""

import datetime

import pytest
from django.core.cache import cache

from exams.contests.rules.seats import MOST_WRONG_CODES
from exams.contests.services import code_brake


@pytest.fixture(autouse=True)
def _clean():
    cache.clear()
    yield
    cache.clear()


def test_so_many_wrong_codes_and_no_more(at):
    for _ in range(MOST_WRONG_CODES):
        assert not code_brake.is_braked("10.0.0.1", at)
        code_brake.count_wrong("10.0.0.1", at)
    assert code_brake.is_braked("10.0.0.1", at)
    assert not code_brake.is_braked("10.0.0.2", at)


def test_the_brake_is_off_again_after_the_minute(at):
    for _ in range(MOST_WRONG_CODES):
        code_brake.count_wrong("10.0.0.1", at)
    assert not code_brake.is_braked("10.0.0.1", at + datetime.timedelta(minutes=1))
