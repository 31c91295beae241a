"""Threads on a real database file: nobody is lost, nobody stands there twice, one phone is one person's."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections

from courses.training.models import AttendanceEvent, RollEntry
from courses.training.services.sign_in import SignInRefused
from tests.factories.attendance import open_session, tap

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


@pytest.fixture
def together(tmp_path):
    """Call it with a function of a number: MANY threads run it at once, on a copy of the database in a file."""
    name = connection.settings_dict["NAME"]

    def run(fn, then):
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.close()
            connections.settings["default"]["NAME"] = path
        gate = Barrier(MANY)

        def one(number):
            try:
                gate.wait(10)
                return fn(number)
            except SignInRefused as refused:
                return refused.code
            finally:
                connections.close_all()

        def after():
            try:
                return then()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(MANY) as pool:
            told = list(pool.map(one, range(MANY)))
        with ThreadPoolExecutor(1) as pool:
            return told, pool.submit(after).result()

    yield run
    connections.settings["default"]["NAME"] = name
    close_old_connections()


def signed_in():
    """Who stands on the roll as signed in, and how many events say so."""
    return RollEntry.objects.exclude(signed_in_at=None).count(), AttendanceEvent.objects.filter(
        kind="in"
    ).count()


def people_of(session):
    entries = RollEntry.objects.filter(session=session).select_related("officer__user").order_by("pk")
    return [entry.officer for entry in entries]


def test_everybody_at_once_each_twice(at, together):
    session = open_session(count=MANY // 2)
    officers = people_of(session)
    told, seen = together(lambda number: tap(session, officers[number // 2], at), signed_in)
    assert sorted(receipt.again for receipt in told) == [False] * (MANY // 2) + [True] * (MANY // 2)
    assert seen == (MANY // 2, MANY // 2)


def test_a_dozen_people_with_one_phone_are_one(at, together):
    session = open_session(count=MANY)
    officers = people_of(session)
    told, seen = together(lambda number: tap(session, officers[number], at, device="shared"), signed_in)
    assert told.count("device") == MANY - 1
    assert seen == (1, 1)
