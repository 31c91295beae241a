"""The writers of one process take turns, and no error keeps a turn."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.db.utils import ConnectionHandler

from lianbing.kit.sqlite.base import keeper
from lianbing.kit.sqlite.turns import turns_of


@pytest.fixture
def database(tmp_path, django_db_blocker):
    """A handler of connections to a database file of its own, with one table."""
    path = str(tmp_path / "db.sqlite3")
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
    config = {"ENGINE": "lianbing.kit.sqlite", "NAME": path, "OPTIONS": options, "CONN_MAX_AGE": None}
    handler = ConnectionHandler({"default": config})
    django_db_blocker.unblock()
    with handler["default"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE one (n INTEGER PRIMARY KEY, up REFERENCES one DEFERRABLE INITIALLY DEFERRED)"
        )
    yield handler
    handler["default"].close()
    django_db_blocker.restore()


@pytest.fixture
def atomic(database, monkeypatch):
    """`transaction.atomic`, but on the connections of this test's database."""
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: database["default"])
    return transaction.atomic


def insert(database, number, up=None):
    with database["default"].cursor() as cursor:
        cursor.execute("INSERT INTO one (n, up) VALUES (%s, %s)", [number, up])


def insert_twice(database, number):
    insert(database, number)
    insert(database, number)


def is_free(database):
    turns = turns_of(database["default"].settings_dict["NAME"])
    if taken := turns.take(0.01):
        turns.give_back()
    return taken


def test_a_transaction_holds_the_turn_until_it_commits(database, atomic):
    with atomic():
        insert(database, 1)
        assert not is_free(database)
        with atomic():
            insert(database, 2)
        assert not is_free(database)
    assert is_free(database)


def test_an_error_gives_the_turn_back(database, atomic):
    with pytest.raises(IntegrityError), atomic():
        insert_twice(database, 1)
    assert is_free(database)


def test_a_failing_inner_block_keeps_the_turn_of_the_outer(database, atomic):
    with atomic():
        with pytest.raises(IntegrityError), atomic():
            insert_twice(database, 1)
        assert not is_free(database)
        insert(database, 2)
    assert is_free(database)


def test_a_commit_that_fails_gives_the_turn_back(database, atomic):
    with pytest.raises(IntegrityError), atomic():
        insert(database, 1, up=99)
    assert is_free(database)


def test_closing_inside_a_transaction_gives_the_turn_back(database, atomic):
    with atomic():
        insert(database, 1)
        database["default"].close()
        assert is_free(database)


def test_a_single_write_outside_a_transaction_takes_its_turn(database):
    turns = turns_of(database["default"].settings_dict["NAME"])
    turns.take(1)
    database["default"].settings_dict["OPTIONS"]["timeout"] = 0.01
    with pytest.raises(OperationalError, match="turn to write"):
        insert(database, 1)
    turns.give_back()
    insert(database, 1)
    assert is_free(database)


def test_reading_does_not_wait(database):
    turns = turns_of(database["default"].settings_dict["NAME"])
    turns.take(1)
    with database["default"].cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM one").fetchone() == (0,)
    turns.give_back()


def test_begin_that_fails_gives_the_turn_back(database, atomic):
    other = keeper(database["default"].settings_dict["NAME"])
    other.execute("BEGIN IMMEDIATE")
    database["default"].cursor().execute("PRAGMA busy_timeout=10")
    with pytest.raises(OperationalError, match="locked"), atomic():
        pass
    other.close()
    assert is_free(database)


def test_many_threads_lose_nothing(database, atomic):
    def work(start):
        for number in range(start, start + 50):
            with atomic():
                insert(database, number)
        database["default"].close()

    threads = [threading.Thread(target=work, args=(n * 1000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database["default"].cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM one").fetchone() == (400,)
    assert is_free(database)
