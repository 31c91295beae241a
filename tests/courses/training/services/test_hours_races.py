"""Two at once: one source is counted once, one entry is countered once."""

import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections

from courses.training.models import HourEntry
from courses.training.services.hours import HoursRefused, counter, grant
from lianbing.people.rules import SYSTEM, Actor
from tests.factories.hours import AT, granted, session
from tests.factories.people import officer, unit

THREADS = 16
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="copies an SQLite database to a file"),
]


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Moves the database to a file, where many connections meet; gives its path."""

    def copy():
        path = tmp_path / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with contextlib.closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA journal_mode = WAL")
        monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
        return path

    return copy


def together(act):
    def once(number):
        try:
            return act(number)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(once, range(THREADS)))


def stored(path, what):
    file = sqlite3.connect(path)
    try:
        return file.execute(f"SELECT {what} FROM training_hourentry").fetchone()[0]
    finally:
        file.close()


def test_sixteen_grants_of_one_source_count_once(copied):
    person = officer(unit())
    path = copied()

    def once(_number):
        made = grant(
            officer=person.pk, source="session:a:1", activity=session(), title="春训", by=SYSTEM, at=AT
        )
        return made[0].pk

    assert len(set(together(once))) == 1
    assert stored(path, "COUNT(*)") == 1


def test_sixteen_counters_of_one_entry_counter_once(copied):
    entry = granted(officer(unit()), "session:a:1")
    path = copied()

    def once(number):
        try:
            counter(
                entry=HourEntry.objects.get(pk=entry.pk),
                reason="错",
                by=Actor(number, f"H{number}", "人事"),
                at=AT,
            )
        except HoursRefused as refused:
            return refused.code
        return "done"

    results = together(once)
    assert sorted(set(results)) == ["countered", "done"]
    assert results.count("done") == 1
    assert Decimal(str(stored(path, "SUM(hours)"))) == 0
