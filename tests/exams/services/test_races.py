"""Threads on a real database file: exactly one of many wins, and all are told the same."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections

from exams.models import AnswerEvent, Attempt, MarkRecord
from exams.rules.scoring import answers_sha256
from exams.services import attempts, saving, submission
from lianbing.people.queries import actor_for
from tests.factories import exams
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10


@pytest.fixture
def together(tmp_path):
    """Call it with a function: MANY threads run it at once, on a copy of the test database in a file."""
    name = connection.settings_dict["NAME"]

    def run(fn, then):
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
            told = list(pool.map(one, range(MANY)))
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(_then, then).result()
        return told, seen

    yield run
    connections.settings["default"]["NAME"] = name
    close_old_connections()


def _then(then):
    try:
        return then()
    finally:
        connections.close_all()


def test_ten_submits_at_once_are_one_with_equal_receipts(together):
    attempt = exams.attempt()
    pen = exams.pen(attempt)
    event = {"seq": 1, "item": 1, "value": ["a1"]}
    saving.save(uid=attempt.uid, ticket=pen.ticket, client=pen.client, lease=1, events=[event], at=NOON)

    def submit(n):
        return saving.submit(
            uid=attempt.uid,
            ticket=pen.ticket,
            client=pen.client,
            lease=1,
            final_seq=1,
            answers_sha256=answers_sha256({"1": ["a1"]}),
            at=NOON + n * MINUTE,
        ).receipt

    told, marked = together(submit, MarkRecord.objects.count)
    assert len(set(told)) == 1
    assert marked == 1


def test_submit_and_the_deadline_at_once_are_one(together):
    attempt = exams.attempt()
    pen = exams.pen(attempt)
    edge = attempt.deadline + MINUTE

    def either(n):
        if n % 2:
            return submission.close_overdue(at=edge + MINUTE)
        return saving.submit(
            uid=attempt.uid,
            ticket=pen.ticket,
            client=pen.client,
            lease=1,
            final_seq=0,
            answers_sha256=answers_sha256({}),
            at=edge,
        ).receipt

    told, marked = together(either, MarkRecord.objects.count)
    assert len({one for one in told if not isinstance(one, int)}) == 1
    assert marked == 1


def test_saves_of_ten_threads_are_all_stored(together):
    attempt = exams.attempt()
    pen = exams.pen(attempt)

    def save(n):
        events = [{"seq": n + 1, "item": n % 10 + 1, "value": ["a1"]}]
        return saving.save(
            uid=attempt.uid, ticket=pen.ticket, client=pen.client, lease=1, events=events, at=NOON
        ).error

    def stored():
        return AnswerEvent.objects.count(), len(Attempt.objects.get().answers)

    told, seen = together(save, stored)
    assert told == [""] * MANY
    assert seen == (MANY, MANY)


def test_ten_starts_at_once_are_one_attempt(together):
    candidate = exams.candidate(exams.sitting())
    actor = actor_for(candidate.officer.user, NOON.date())

    def start(n):
        return attempts.start(sitting=candidate.sitting, by=actor, at=NOON).uid

    told, count = together(start, Attempt.objects.count)
    assert len(set(told)) == 1
    assert count == 1
