"""What the clock does in the register."""

import pytest
from django.core.cache import cache

from certificates.models import EndingWarning
from lianbing.kit import due
from tests.factories import people, register

pytestmark = pytest.mark.django_db


def test_warnings_count_as_notices_of_the_turn_and_come_once(at):
    cache.clear()
    register.held(people.officer(people.unit()), until="2026-12-31")
    assert due.run_all(at=at)["notices"] == 1
    cache.clear()
    assert due.run_all(at=at)["notices"] == 0
    assert EndingWarning.objects.count() == 1
