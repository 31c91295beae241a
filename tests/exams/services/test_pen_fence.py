"""A tab that only wants to keep the pen does not take it back from another."""

import uuid

import pytest

from exams.services import attempts
from tests.factories import exams

pytestmark = pytest.mark.django_db


def keep(attempt, since):
    return attempts.take_lease(
        attempt=attempt,
        user=attempt.user,
        client=uuid.UUID(exams.CLIENT),
        device=uuid.UUID(exams.DEVICE),
        password=None,
        at=exams.NOON,
        since=since,
    )


def test_the_holder_keeps_the_pen():
    attempt = exams.attempt()
    assert keep(attempt, None).lease == 1
    assert keep(attempt, 1).lease == 1


def test_an_overtaken_tab_is_told_so_and_changes_nothing():
    attempt = exams.attempt()
    keep(attempt, None)
    exams.pen(attempt, client=exams.OTHER_CLIENT)
    with pytest.raises(attempts.Overtaken):
        keep(attempt, 1)
    attempt.refresh_from_db()
    assert (attempt.lease, attempt.holder_client) == (2, exams.OTHER_CLIENT)
