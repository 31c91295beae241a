"""Tabs and phones at once, on a real database file: what is taken is taken once, and earns once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections
from django.db.models import Sum

from courses.drills.models import DayQuestion, DrillAnswer, DrillSet, Memory, PointEntry
from courses.drills.services import sets
from courses.drills.services.answering import take
from question_bank.models import Question
from tests.factories import changes, drills
from tests.factories.drills import NOON, given

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def together(tmp_path):
    """Call it with two functions: MANY threads run the first at once on a file, then the second looks."""
    name = connection.settings_dict["NAME"]

    def run(act, look):
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.close()
            connections.settings["default"]["NAME"] = path
        gate = Barrier(MANY)

        def alone(fn, *args):
            try:
                return fn(*args)
            finally:
                connections.close_all()

        def one(number):
            gate.wait(10)
            return alone(act, number)

        with ThreadPoolExecutor(MANY) as pool:
            told = list(pool.map(one, range(MANY)))
        with ThreadPoolExecutor(1) as pool:
            return told, pool.submit(alone, look).result()

    yield run
    connections.settings["default"]["NAME"] = name
    close_old_connections()


def _earned():
    return PointEntry.objects.aggregate(sum=Sum("points"))["sum"]


def test_the_same_answer_from_many_tabs_is_one(together):
    drilled = drills.drill_set(drills.learner(), drills.questions(1))
    by, answer = drills.actor(drilled.officer), given(_only(drilled))

    def send(_number):
        return take(drill_set=drilled, answers=[answer], by=by, at=NOON)

    told, seen = together(send, lambda: (DrillAnswer.objects.count(), Memory.objects.get().reps))
    assert seen == (1, 1)
    assert {one.verdicts[0].right for one in told} == {True}
    assert sum(one.points > 0 for one in told) == 1


def test_many_phones_with_answers_of_their_own_earn_as_one(together):
    drilled = drills.drill_set(drills.learner(), drills.questions(1))
    question, by = _only(drilled), drills.actor(drilled.officer)
    answers = [given(question) for _ in range(MANY)]

    def send(number):
        return take(drill_set=drilled, answers=[answers[number]], by=by, at=NOON)

    told, seen = together(send, lambda: (DrillAnswer.objects.count(), _earned()))
    assert seen == (1, sum(one.points for one in told))
    assert sum(len(one.ignored) for one in told) == MANY - 1


def test_many_openings_make_one_set(together):
    drills.questions(3)
    officer = drills.learner()
    by = drills.actor(officer)

    def open_today(_number):
        return sets.daily(officer=officer, by=by, at=NOON).pk

    told, seen = together(open_today, DrillSet.objects.count)
    assert (len(set(told)), seen) == (1, 1)


def test_a_whole_post_that_opens_its_question_at_once_is_asked_the_same(together):
    drills.questions(9)
    officers = changes.crew(*["市容岗"] * MANY)
    actors = [drills.actor(one) for one in officers]

    def open_question(number):
        made = sets.of_period(kind="question", officer=officers[number], by=actors[number], at=NOON)
        return made.versions[0]

    told, seen = together(open_question, lambda: (DayQuestion.objects.count(), DrillSet.objects.count()))
    assert (len(set(told)), seen) == (1, (1, MANY))


def _only(drilled):
    return Question.objects.select_related("published_version").get(published_version=drilled.versions[0])
