"""Giving points: what earns, once, and never more than the day holds."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from courses.drills.models import DrillAnswer, PointDay, PointEntry
from courses.drills.rules import points
from courses.drills.services import points as services
from courses.drills.services.answering import take
from courses.drills.services.points import award
from tests.factories import drills

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 20)


def earned(officer):
    return PointEntry.objects.filter(officer=officer).aggregate(total=Sum("points"))["total"] or 0


def test_right_answers_earn_and_wrong_ones_do_not():
    officer = drills.learner()
    assert drills.take_all(drills.drill_set(officer)).points == 3 * points.RIGHT
    later = drills.NOON + drills.DAY / 24
    assert drills.take_all(drills.drill_set(officer), is_right=False, at=later).points == 0
    day = PointDay.objects.get(officer=officer)
    assert (day.points, day.answered, day.right) == (6, 6, 3)


def test_two_hundred_right_answers_in_a_day_give_no_more_than_the_cap():
    officer = drills.learner()
    asked = drills.questions(200)
    taken = drills.take_all(drills.drill_set(officer, asked))
    assert sum(one.right for one in taken.verdicts) == 200
    assert earned(officer) == PointDay.objects.get(officer=officer, on=ON).points == points.CAP


def test_the_database_refuses_a_day_above_its_cap():
    officer = drills.learner()
    with pytest.raises(IntegrityError), transaction.atomic():
        PointDay.objects.create(officer=officer, on=ON, points=51, cap=50)


def test_the_answer_that_meets_the_cap_is_given_what_is_left():
    officer = drills.learner()
    PointDay.objects.create(officer=officer, on=ON, points=points.CAP - 1, cap=points.CAP)
    assert drills.take_all(drills.drill_set(officer)).points == 1
    assert [one.points for one in PointEntry.objects.all()] == [1]


def test_whoever_came_in_between_is_seen_by_the_update():
    officer = drills.learner()
    drilled = drills.drill_set(officer, kind="daily")
    stale = PointDay.objects.create(officer=officer, on=ON, points=0, cap=points.CAP)
    PointDay.objects.filter(pk=stale.pk).update(points=points.CAP - 1)
    entry = PointEntry(reason="finished", drill_set=drilled, points=6)
    assert services.give([entry], stale, drills.NOON) == 1
    assert PointDay.objects.get(pk=stale.pk).points == points.CAP


def test_an_answer_earns_once_however_often_it_is_sent():
    officer = drills.learner()
    drills.take_all(drills.drill_set(officer))
    answers = list(DrillAnswer.objects.all())
    with pytest.raises(IntegrityError), transaction.atomic():
        award(answers=answers, officer=officer, unit=None, at=drills.NOON)
    assert earned(officer) == 3 * points.RIGHT


def test_the_same_question_in_another_set_earns_nothing_that_day():
    officer = drills.learner()
    asked = drills.questions()
    drills.take_all(drills.drill_set(officer, asked))
    assert drills.take_all(drills.drill_set(officer, asked), at=drills.NOON + drills.DAY / 24).points == 0


def test_times_made_up_by_a_device_open_no_second_day():
    officer = drills.learner()
    asked = drills.questions(60)
    early = drills.drill_set(officer, asked[:30], made_at=drills.MADE - 2 * drills.DAY)
    late = drills.drill_set(officer, asked[30:])
    yesterday = drills.NOON - drills.DAY
    answers = [
        drills.given(one, said_at=yesterday + drills.MINUTE * place) for place, one in enumerate(asked[:30])
    ]
    take(drill_set=early, answers=answers, by=drills.actor(officer), at=drills.NOON)
    drills.take_all(late)
    assert {one.on for one in PointEntry.objects.all()} == {ON}
    assert earned(officer) == points.CAP


@pytest.mark.parametrize(
    ("kind", "bonus"), [("daily", 6), ("weekly", 6), ("monthly", 10), ("topic", 0), ("question", 0)]
)
def test_finishing_a_set_of_the_bureaus_choice_earns_once(kind, bonus):
    officer = drills.learner()
    taken = drills.take_all(drills.drill_set(officer, kind=kind))
    assert taken.finished
    assert taken.points == 3 * points.RIGHT + bonus
    assert PointEntry.objects.filter(reason="finished").count() == bool(bonus)


def test_points_count_for_the_unit_of_that_day():
    officer = drills.learner()
    drills.take_all(drills.drill_set(officer))
    unit = officer.appointments.get().unit
    assert set(PointEntry.objects.values_list("unit", flat=True)) == {unit.pk}
    assert PointDay.objects.get().unit == unit
