"""Threads on a real database file: the last place and one person's time are given once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections

from courses.training.models import Trainee
from courses.training.services.trainees import EnrolRefused, enrol
from lianbing.people.rules import SYSTEM
from tests.factories import people, training
from tests.factories.training import DAY, NINE, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def together(tmp_path):
    """Call it with a function of a number: MANY threads run it at once, on a copy of the database in a file."""
    name = connection.settings_dict["NAME"]

    def run(fn):
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.close()
            connections.settings["default"]["NAME"] = path
        gate = Barrier(MANY)

        def one(n):
            try:
                gate.wait(10)
                return fn(n)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(MANY) as pool:
            return list(pool.map(one, range(MANY)))

    yield run
    connections.settings["default"]["NAME"] = name
    close_old_connections()


def enrolled(batch, officer):
    try:
        enrol(batch=batch, officers=[officer], source=Trainee.Source.HAND, by=SYSTEM, at=NINE)
    except EnrolRefused:
        return False
    return True


def test_eight_want_the_last_two_places(together):
    unit = people.unit()
    batch = training.batch(training.training_class(unit, TODAY + DAY, TODAY + 5 * DAY), capacity=2)
    officers = [people.officer(unit) for _ in range(MANY)]
    assert sum(together(lambda n: enrolled(batch, officers[n]))) == 2


def test_eight_trainers_want_one_person_for_overlapping_classes(together):
    unit = people.unit()
    officer = people.officer(unit)
    batches = [
        training.batch(training.training_class(unit, TODAY + DAY, TODAY + 5 * DAY)) for _ in range(MANY)
    ]
    assert sum(together(lambda n: enrolled(batches[n], officer))) == 1
