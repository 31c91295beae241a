"""Fixtures of the tests of training."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Ids come back after a rollback: what was counted of one test's rolls belongs to that test."""
    cache.clear()
