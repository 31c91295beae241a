"""Who leaves the service is taken out of classes that have not begun."""

import pytest

from courses.training.models import Batch, Nomination, Trainee
from courses.training.receivers import officer_left
from courses.training.services import departures
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from lianbing.people.services.officers import leave
from tests.factories import people, plans, training
from tests.factories.training import DAY, NINE, TODAY

pytestmark = pytest.mark.django_db


def enrolled(officer, first):
    unit = officer.appointments.get().unit
    made = training.training_class(unit, TODAY + first * DAY, TODAY + (first + 1) * DAY)
    return training.trainee(training.batch(made), officer, unit=unit)


def gone(officer, days):
    leave(officer=officer, left_on=TODAY + days * DAY, reason="退休", by=SYSTEM, at=NINE)


def states(*rows):
    return [Trainee.objects.get(pk=one.pk).state for one in rows]


def test_only_classes_that_begin_after_the_last_day_are_left():
    officer = people.officer(people.unit())
    begun, before, later = enrolled(officer, -1), enrolled(officer, 2), enrolled(officer, 5)
    gone(officer, 4)
    assert departures.take_out(officers=[officer.pk], at=NINE) == 1
    assert states(begun, before, later) == ["enrolled", "enrolled", "withdrawn"]
    assert Batch.objects.get(pk=later.batch_id).taken == 0


def test_it_stands_on_record_with_the_day():
    officer = people.officer(people.unit())
    row = enrolled(officer, 5)
    gone(officer, 0)
    officer_left({"officers": [officer.pk], "starts_on": TODAY.isoformat()}, NINE)
    assert "2026-11-20" in Trainee.objects.get(pk=row.pk).reason
    assert AuditRecord.objects.filter(action="trainee_withdrawn").count() == 1


def test_others_stay_and_a_second_turn_finds_nothing():
    officer, other = people.officer(people.unit()), people.officer(people.unit())
    enrolled(officer, 5)
    stays = enrolled(other, 5)
    gone(officer, 0)
    assert departures.take_out(officers=None, at=NINE) == 1
    assert departures.take_out(officers=None, at=NINE) == 0
    assert states(stays) == ["enrolled"]


def test_a_nomination_frees_its_place():
    unit = people.unit()
    officer = people.officer(unit)
    course = plans.superior_class(unit, starts_on=TODAY + 5 * DAY, ends_on=TODAY + 6 * DAY)
    quota = plans.quota(course, unit, places=1)
    nominator = people.staff("trainer", unit=unit)
    Nomination.objects.create(
        quota=quota,
        training_class=course,
        officer=officer,
        unit=unit,
        nominated_at=NINE,
        nominated_by={},
        nominator=nominator,
    )
    type(quota).objects.update(taken=1)
    gone(officer, 0)
    departures.take_out(officers=[officer.pk], at=NINE)
    quota.refresh_from_db()
    assert (Nomination.objects.get().state, quota.taken) == ("withdrawn", 0)


def test_nothing_to_do_costs_two_statements(django_assert_num_queries):
    enrolled(people.officer(people.unit()), 5)
    with django_assert_num_queries(2):
        assert departures.take_out(officers=None, at=NINE) == 0
