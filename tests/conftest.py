"""Fixtures for every test."""

import datetime
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.test.utils import override_settings

from exams.queries import papers
from lianbing.kit import append_only

REAL_INPUT = Path(__file__).resolve().parent.parent.parent / "shared" / "data"

_plain_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_guards_lifted(self):
    """Flushing a test database deletes official rows, which their guards rightly refuse."""
    with append_only.lifted():
        _plain_teardown(self)


TransactionTestCase._fixture_teardown = _teardown_with_guards_lifted


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason=f"the folder of real input data is not there: {REAL_INPUT}")
    for item in items:
        if "real_input" in item.keywords and not REAL_INPUT.is_dir():
            item.add_marker(missing)


@pytest.fixture(autouse=True)
def _nothing_known_of_other_databases():
    """Ids come back after a rollback: what exams remember of frozen versions belongs to one test."""
    papers = sys.modules.get("exams.queries.papers")
    if papers is not None:
        papers.forget()


@pytest.fixture(autouse=True, scope="session")
def _keys_of_this_run(tmp_path_factory):
    """Keys that sign certificates lie in a folder of the test run, never in that of the site."""
    with override_settings(CERTIFICATE_KEYS=tmp_path_factory.getbasetemp() / "certificate-keys"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _files_are_looked_for_when_asked():
    """Else every test client walks through all static files first."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True, scope="session")
def _a_cache_of_this_worker(worker_id):
    """Workers that share a Redis have a database in it each: a test that empties its cache empties no other's."""
    cache = settings.CACHES["default"]
    if worker_id == "master" or "LOCATION" not in cache:
        yield
        return
    server, _number = cache["LOCATION"].rsplit("/", 1)
    own = {**cache, "LOCATION": f"{server}/{int(worker_id.removeprefix('gw'))}"}
    with override_settings(CACHES={"default": own}):
        yield


@pytest.fixture(scope="session")
def real_input() -> Path:
    """The folder of real laws, banks and rosters; tests that use it carry the mark real_input."""
    return REAL_INPUT


@pytest.fixture
def at() -> datetime.datetime:
    """A fixed moment: Friday 20 November 2026, 09:00 in Shanghai."""
    return datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def no_parsers_of_other_tests():
    """A frozen version never changes, but every test begins with the same numbers again."""
    papers.forget()
