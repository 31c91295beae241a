"""Warnings of certificates that end: each step once, for whoever still holds one."""

import datetime

import pytest

from certificates.models import EndingWarning
from certificates.queries.warnings import of_officer, of_people
from certificates.services.revoking import revoke
from certificates.services.warnings import warn_of_ends
from certificates.state.enforcement import Kind
from certificates.state.training import Ground
from lianbing.people.models import Officer
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, people, register

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer():
    return people.officer(people.unit())


def codes():
    return sorted(EndingWarning.objects.values_list("kind", "step"))


def test_each_step_is_told_once(officer, at):
    register.held(officer, until="2027-04-30")
    assert [warn_of_ends(at=at), warn_of_ends(at=at), warn_of_ends(at=at + DAY)] == [1, 0, 0]
    assert warn_of_ends(at=at + 90 * DAY) == 1
    assert codes() == [("enforcement", "m3"), ("enforcement", "m6")]
    assert [one.step for one in of_officer(officer.pk, (at + 90 * DAY).date())] == ["m3"]


def test_whoever_comes_in_late_is_told_only_of_the_nearest_step(officer, at):
    certificates.certificate(officer, days_left=5)
    assert warn_of_ends(at=at) == 1
    assert codes() == [("training", "d7")]


def test_a_renewed_certificate_is_warned_of_anew_and_the_old_warning_falls_silent(officer, at):
    register.held(officer, until="2026-12-31")
    assert warn_of_ends(at=at) == 1
    renewed = {"certificate_no": "新1", "valid_from": "2027-01-01", "valid_until": "2031-12-31"}
    register.changed(officer, Kind.RENEWED, "2026-11-10", "ending", **renewed)
    assert not of_officer(officer.pk, at.date()).exists()
    assert warn_of_ends(at=at) == 0


def test_suspended_revoked_and_departed_are_not_warned(officer, at):
    register.held(officer, until="2026-12-31")
    register.changed(officer, Kind.SUSPENDED)
    revoked = certificates.certificate(people.officer(people.unit()), days_left=5)
    revoke(certificate=revoked, ground=Ground.ISSUED_IN_ERROR, reason="信息录入有误。", by=SYSTEM, at=at)
    gone = certificates.certificate(people.officer(people.unit()), days_left=5)
    Officer.objects.filter(pk=gone.officer_id).update(left_on=at.date())
    assert warn_of_ends(at=at) == 0


def test_a_successor_that_lasts_longer_silences_the_one_before(officer, at):
    old = certificates.certificate(officer, days_left=5)
    certificates.certificate(officer, of=old.rule, days_left=400)
    assert warn_of_ends(at=at) == 0


def test_leaders_and_hr_read_those_of_their_own_units(officer, at):
    register.held(officer, until="2026-12-31")
    warn_of_ends(at=at)
    inside, outside = officer.appointments.get().unit.path, people.unit("别处").path
    assert of_people([inside], at.date()).count() == 1
    assert of_people([outside + "0001"], at.date()).count() == 0


def test_many_certificates_take_no_statement_each(at, django_assert_max_num_queries):
    squad = people.unit()
    for _ in range(5):
        register.held(people.officer(squad), until="2026-12-31")
    with django_assert_max_num_queries(8):
        assert warn_of_ends(at=at) == 5
