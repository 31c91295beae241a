"""Places in the superior's classes: nominating, deciding, withdrawing (R83)."""

from types import SimpleNamespace

import pytest

from courses.training.models import Nomination
from courses.training.services import nominations as service
from courses.training.services.nominations import NominationRefused
from lianbing.people.rules import Role
from tests.factories import people, plans, training


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    course = plans.superior_class(root, starts_on=plans.DUE, ends_on=plans.DUE)
    return SimpleNamespace(
        root=root,
        east=east,
        course=course,
        quota=plans.quota(course, east, places=1),
        officer=people.officer(east, name="王小明"),
        second=people.officer(east, name="李四"),
        stranger=people.officer(west, name="赵六"),
        chief=people.actor(people.staff(Role.TRAINER)),
        trainer=people.actor(people.staff(Role.TRAINER, unit=east)),
        hr=people.actor(people.staff(Role.HR, unit=east)),
        leader=people.actor(people.staff(Role.LEADER, unit=east)),
    )


def nominated(bureau, at, officer=None):
    return service.nominate(quota=bureau.quota, officer=officer or bureau.officer, by=bureau.trainer, at=at)


def code(call, **kwargs):
    with pytest.raises(NominationRefused) as refusal:
        call(**kwargs)
    return refusal.value.code


def test_who_shares_the_places_gives_them_and_changes_them(bureau, at):
    facts = {"course": bureau.course, "unit": bureau.east, "nominate_by": plans.DUE, "at": at}
    quota = service.set_quota(**facts, places=3, by=bureau.chief)
    assert (quota.pk, quota.places) == (bureau.quota.pk, 3)
    assert code(service.set_quota, **facts, places=3, by=bureau.trainer) == "right"
    assert code(service.set_quota, **facts, places=0, by=bureau.chief) == "places"


def test_places_are_never_fewer_than_those_nominated(bureau, at):
    service.set_quota(
        course=bureau.course, unit=bureau.east, places=2, nominate_by=plans.DUE, by=bureau.chief, at=at
    )
    bureau.quota.refresh_from_db()
    nominated(bureau, at)
    nominated(bureau, at, bureau.second)
    facts = {"course": bureau.course, "unit": bureau.east, "places": 1, "nominate_by": plans.DUE}
    assert code(service.set_quota, **facts, by=bureau.chief, at=at) == "places"


def test_own_classes_have_no_quota(bureau, at):
    own = training.training_class(bureau.root)
    facts = {"course": own, "unit": bureau.east, "places": 1, "nominate_by": plans.DUE}
    assert code(service.set_quota, **facts, by=bureau.chief, at=at) == "class"


def test_the_last_place_goes_to_one_alone(bureau, at):
    """Both looked while the place was free: the conditional update decides."""
    nominated(bureau, at)
    assert bureau.quota.taken == 0, "the second still sees a free place"
    assert code(nominated, bureau=bureau, at=at, officer=bureau.second) == "full"
    bureau.quota.refresh_from_db()
    assert (bureau.quota.taken, Nomination.objects.count()) == (1, 1)


def test_nobody_is_nominated_twice_and_the_place_stays_free(bureau, at):
    bureau.quota.places = 2
    bureau.quota.save()
    nominated(bureau, at)
    assert code(nominated, bureau=bureau, at=at) == "twice"
    bureau.quota.refresh_from_db()
    assert bureau.quota.taken == 1


def test_people_of_other_units_are_not_nominated(bureau, at):
    assert code(nominated, bureau=bureau, at=at, officer=bureau.stranger) == "officer"


def test_after_the_day_nobody_is_nominated(bureau, at):
    bureau.quota.nominate_by = training.TODAY - training.DAY
    assert code(nominated, bureau=bureau, at=at) == "late"


def test_only_the_units_trainer_nominates(bureau, at):
    facts = {"quota": bureau.quota, "officer": bureau.officer, "at": at}
    assert code(service.nominate, **facts, by=bureau.hr) == "right"


def test_hr_or_a_leader_approves_and_the_nominator_does_not(bureau, at):
    one = nominated(bureau, at)
    facts = {"nomination": one, "approve": True, "reason": "", "at": at}
    assert code(service.decide, **facts, by=bureau.trainer) == "right"
    service.decide(**facts, by=bureau.leader)
    one.refresh_from_db()
    assert (one.state, one.decided_by["staff_number"]) == ("approved", bureau.leader.staff_number)
    assert code(service.decide, **facts, by=bureau.hr) == "state"


def test_a_refusal_keeps_its_reason_and_frees_the_place(bureau, at):
    one = nominated(bureau, at)
    facts = {"nomination": one, "approve": False, "by": bureau.hr, "at": at}
    assert code(service.decide, **facts, reason=" ") == "reason"
    service.decide(**facts, reason="近期有专案")
    one.refresh_from_db()
    bureau.quota.refresh_from_db()
    assert (one.state, one.reason, bureau.quota.taken) == ("refused", "近期有专案", 0)


def test_a_withdrawal_frees_the_place_once(bureau, at):
    one = nominated(bureau, at)
    service.withdraw(nomination=one, reason="借调", by=bureau.trainer, at=at)
    assert code(service.withdraw, nomination=one, reason="再次", by=bureau.trainer, at=at) == "state"
    bureau.quota.refresh_from_db()
    assert bureau.quota.taken == 0
    assert nominated(bureau, at, bureau.second).state == "nominated"


def test_nobody_approves_their_own_nomination(bureau, at):
    people.grant(bureau.officer.user, Role.LEADER, unit=bureau.east)
    one = nominated(bureau, at)
    by = people.actor(bureau.officer.user)
    assert code(service.decide, nomination=one, approve=True, reason="", by=by, at=at) == "right"
