"""What the clock does in the register."""

import pytest
from django.core.cache import cache

from certificates import tasks
from certificates.models import EndingWarning
from certificates.services import credentials
from lianbing.kit import due
from tests.factories import certificates, people, register

pytestmark = pytest.mark.django_db


def test_warnings_count_as_notices_of_the_turn_and_come_once(at):
    cache.clear()
    register.held(people.officer(people.unit()), until="2026-12-31")
    assert due.run_all(at=at)["notices"] == 1
    cache.clear()
    assert due.run_all(at=at)["notices"] == 0
    assert EndingWarning.objects.count() == 1


def test_what_is_unsigned_is_signed_at_every_turn_and_looked_for_once_a_minute(at, monkeypatch):
    cache.clear()
    monkeypatch.setattr(credentials, "AT_ONCE", 1)
    for _ in range(2):
        certificates.certificate()
    assert [tasks.sign_certificates(at) for _ in range(4)] == [1, 1, 0, 0]
    certificates.certificate()
    assert tasks.sign_certificates(at) == 0
    cache.clear()
    assert tasks.sign_certificates(at) == 1
