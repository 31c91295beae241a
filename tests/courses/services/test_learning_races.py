"""Threads on a real database file: two tabs, two devices, two last lessons at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections, transaction

from courses.models import Enrolment, LearningClock, Progress
from courses.services import learning, playing
from lianbing.kit.models import OutboxMessage
from tests.factories import courses
from tests.factories.learning import NOON, SECOND, beat, enrolment, learner, opened

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


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


def test_beginning_at_once_is_one_enrolment(together):
    edition, by = courses.edition(), learner()[1]
    told, rows = together(
        lambda n: learning.begin(course=edition.course, by=by, at=NOON).pk, Enrolment.objects.count
    )
    assert (len(set(told)), rows) == (1, 1)


def test_one_of_many_completes_the_course(together):
    made, by = enrolment(), learner()[1]
    lesson = made.edition.lessons.get()
    Progress.objects.create(enrolment=made, lesson=lesson, opened_at=NOON, done_at=NOON)

    def settle(n):
        with transaction.atomic():
            return learning.settle(enrolment=made, by=by, at=NOON + n * SECOND)

    told, messages = together(settle, OutboxMessage.objects.filter(topic="course_completed").count)
    assert (told.count(True), messages) == (1, 1)


def test_the_last_two_lessons_finished_at_once_complete_the_course(together):
    """Each thread ends one lesson; whichever comes last finds all done."""
    edition, by = courses.edition(lessons=MANY), learner()[1]
    made = enrolment(edition, by)
    lessons = list(edition.lessons.all())

    def end(n):
        with transaction.atomic():
            Progress.objects.create(enrolment=made, lesson=lessons[n], opened_at=NOON, done_at=NOON)
            return learning.settle(enrolment=made, by=by, at=NOON)

    told, messages = together(end, OutboxMessage.objects.filter(topic="course_completed").count)
    assert (told.count(True), messages) == (1, 1)


def test_the_same_beat_from_many_at_once_is_credited_once(together):
    by = learner()[1]
    made = enrolment(None, by)
    progress, lease = opened(made, by)

    def send(n):
        heard = playing.hear(
            enrolment=made,
            lesson=progress.lesson,
            lease=lease,
            beats=[beat(1, 60)],
            by=by,
            at=NOON + 60 * SECOND,
        )
        return heard.added

    told, credited = together(send, lambda: Progress.objects.get().credited_ms)
    assert (sorted(told), credited) == ([0] * (MANY - 1) + [60_000], 60_000)


def test_of_many_devices_one_holds_the_clock(together):
    by = learner()[1]
    made = enrolment(None, by)
    lesson = made.edition.lessons.get()
    told, lease = together(
        lambda n: playing.open_lesson(enrolment=made, lesson=lesson, by=by, at=NOON)[1],
        lambda: LearningClock.objects.get().lease,
    )
    assert (sorted(told), lease) == (list(range(1, MANY + 1)), MANY)
