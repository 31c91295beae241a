"""Signing out in the middle of an exam."""

import pytest

from exams.receivers import writing
from tests.factories import exams, people
from tests.factories.exams import NOON

pytestmark = pytest.mark.django_db


def test_whoever_is_writing_is_asked_to_stay():
    attempt = exams.attempt()
    actor = people.actor(attempt.user)
    assert writing(actor, NOON)
    assert writing(actor, attempt.deadline) == ""
    assert writing(people.actor(people.officer().user), NOON) == ""
