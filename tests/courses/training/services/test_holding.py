"""Whoever fills somebody's time holds the batch and then the person, so that two at once follow each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.training.models import Trainee
from courses.training.services import classes, timetable, trainees
from lianbing.people.rules import SYSTEM
from tests.factories import people, training
from tests.factories.training import DAY, NINE, TODAY

pytestmark = pytest.mark.django_db
BATCH, PERSON = '"training_batch"', '"people_officer" WHERE "people_officer"."id" IN'


def enrolling(batch, officer):
    trainees.enrol(batch=batch, officers=[officer], source=Trainee.Source.HAND, by=SYSTEM, at=NINE)


def adding_a_lesson(batch, officer):
    training.trainee(batch, officer)
    values = {
        "kind": "lecture",
        "category": training.category(),
        "topic": "执法程序",
        "starts_at": NINE + DAY,
        "ends_at": NINE + DAY + training.HOUR,
    }
    timetable.save_lesson(batch=batch, values=values, instructors=[], by=SYSTEM, at=NINE)


def changing_the_days(batch, officer):
    training.trainee(batch, officer)
    values = {"number": 1, "starts_on": TODAY + DAY, "ends_on": TODAY + 2 * DAY, "capacity": 0}
    of = batch.training_class
    classes.save_batch(training_class=of, values=values, by=SYSTEM, at=NINE, batch=batch)


def postponing(batch, officer):
    training.trainee(batch, officer)
    of = batch.training_class
    classes.postpone(training_class=of, days=7, reason="台风", by=SYSTEM, at=NINE)


@pytest.mark.parametrize("act", [enrolling, adding_a_lesson, changing_the_days, postponing])
def test_the_batch_is_held_before_the_person(act):
    batch = training.batch(training.training_class(people.unit(), TODAY + DAY, TODAY + 5 * DAY))
    officer = people.officer(batch.training_class.unit)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act(batch, officer)
    said = [query["sql"] for query in caught]
    holds = [n for n, sql in enumerate(said) if PERSON in sql and "ORDER BY" in sql]
    first = next(n for n, sql in enumerate(said) if sql.startswith("SELECT") and BATCH in sql)
    assert holds
    assert first < holds[0]
