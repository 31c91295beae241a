"""R83: who is approved for a class of the superior stands in a batch of it, and leaves it again."""

from types import SimpleNamespace

import pytest

from courses.training.models import Batch, Trainee
from courses.training.services import nominations as service
from courses.training.services import trainees
from courses.training.services.nominations import NominationRefused
from courses.training.services.trainees import EnrolRefused
from lianbing.people.rules import Role
from tests.factories import people, plans, training
from tests.factories.training import DAY, TODAY


@pytest.fixture
def bureau(db):
    unit = people.unit("东城中队")
    course = plans.superior_class(unit, starts_on=TODAY + 5 * DAY, ends_on=TODAY + 7 * DAY)
    return SimpleNamespace(
        unit=unit,
        course=course,
        officer=people.officer(unit, name="王小明"),
        quota=plans.quota(course, unit, places=2, nominate_by=TODAY + DAY),
        trainer=people.actor(people.staff(Role.TRAINER, unit=unit)),
        hr=people.actor(people.staff(Role.HR, unit=unit)),
    )


def approved(bureau, at, officer=None):
    one = service.nominate(quota=bureau.quota, officer=officer or bureau.officer, by=bureau.trainer, at=at)
    service.decide(nomination=one, approve=True, reason="", by=bureau.hr, at=at)
    return one


def test_who_is_approved_stands_in_a_batch_over_the_days_of_the_class(bureau, at):
    approved(bureau, at)
    trainee = Trainee.objects.select_related("batch").get()
    assert (trainee.officer, trainee.source, trainee.state) == (bureau.officer, "nominated", "enrolled")
    days = (trainee.batch.starts_on, trainee.batch.ends_on)
    assert days == (bureau.course.starts_on, bureau.course.ends_on)
    approved(bureau, at, people.officer(bureau.unit))
    assert Batch.objects.get().taken == 2


def test_the_first_batch_with_a_place_takes_them(bureau, at):
    full = training.batch(bureau.course, capacity=1)
    training.trainee(full)
    second = training.batch(bureau.course)
    approved(bureau, at)
    assert Trainee.objects.get(officer=bureau.officer).batch == second


def test_who_is_taken_up_then_is_not_approved_and_the_other_class_is_named(bureau, at):
    own = training.training_class(bureau.unit, TODAY + 6 * DAY, TODAY + 8 * DAY, title="本局集训")
    training.trainee(training.batch(own), bureau.officer)
    with pytest.raises(NominationRefused, match="本局集训") as refusal:
        approved(bureau, at)
    assert refusal.value.code == "enrol"
    assert service.Nomination.objects.get().state == "nominated"


def test_who_is_approved_is_refused_elsewhere_at_that_time(bureau, at):
    approved(bureau, at)
    own = training.batch(training.training_class(bureau.unit, TODAY + 6 * DAY, TODAY + 8 * DAY))
    with pytest.raises(EnrolRefused, match="省厅执法骨干培训班"):
        trainees.enrol(batch=own, officers=[bureau.officer], source="hand", by=bureau.trainer, at=at)


def test_a_withdrawal_takes_them_out_of_the_batch(bureau, at):
    one = approved(bureau, at)
    service.withdraw(nomination=one, reason="借调", by=bureau.trainer, at=at)
    trainee = Trainee.objects.get()
    assert (trainee.state, trainee.reason, Batch.objects.get().taken) == ("withdrawn", "借调", 0)


def test_who_stood_there_by_hand_already_stays_through_a_withdrawal(bureau, at):
    training.trainee(training.batch(bureau.course), bureau.officer)
    one = approved(bureau, at)
    service.withdraw(nomination=one, reason="名额调整", by=bureau.trainer, at=at)
    assert Trainee.objects.get().state == "enrolled"
