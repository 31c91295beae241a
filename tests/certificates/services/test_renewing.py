"""Renewals: a chain that carries the first day of issue on."""

import datetime

import pytest

from certificates.models import Certificate
from certificates.services.issuing import NoReason, NotEligible
from certificates.services.renewing import NotRenewable, renew
from lianbing.people.rules import SYSTEM, Role
from tests.factories import certificates, people

WHY = "换证培训考核合格"


@pytest.fixture
def squad(db):
    return people.unit("执法一中队")


def renewed(found, at, by=SYSTEM, reason=WHY):
    return renew(certificate=Certificate.objects.get(pk=found.pk), reason=reason, by=by, at=at)


def test_the_new_one_begins_when_the_old_one_ends(squad, at):
    old = certificates.certificate(people.officer(squad), days_left=30)
    made = renewed(old, at)
    assert made.valid_from == old.valid_until + datetime.timedelta(days=1)
    assert (made.renews, made.number != old.number) == (old, True)


def test_the_first_day_of_issue_is_carried_down_the_chain(squad, at):
    old = certificates.certificate(people.officer(squad), days_left=30, days_old=700)
    second = renewed(old, at)
    third = renewed(second, at + datetime.timedelta(days=800))
    first = (certificates.AT - datetime.timedelta(days=700)).date().isoformat()
    assert [one.snapshot["first_issued_on"] for one in (second, third)] == [first, first]


def test_one_that_has_ended_is_renewed_from_today(squad, at):
    made = renewed(certificates.certificate(people.officer(squad), days_left=-10), at)
    assert made.valid_from == certificates.TODAY


def test_it_is_renewed_once(squad, at):
    old = certificates.certificate(people.officer(squad), days_left=30)
    made = renewed(old, at)
    with pytest.raises(NotRenewable, match=made.number):
        renewed(old, at)
    assert Certificate.objects.filter(renews=old).count() == 1


@pytest.mark.parametrize("fields", [{"revoked": True}, {"days_old": -5}])
def test_what_was_revoked_or_has_not_begun_is_not_renewed(squad, at, fields):
    with pytest.raises(NotRenewable):
        renewed(certificates.certificate(people.officer(squad), **fields), at)


def test_who_has_left_gets_none(squad, at):
    with pytest.raises(NotEligible):
        renewed(certificates.certificate(people.officer(squad, left_on=certificates.TODAY)), at)


def test_nobody_renews_ones_own(squad, at):
    me = people.officer(squad)
    people.grant(me.user, Role.HR)
    with pytest.raises(NotRenewable):
        renewed(certificates.certificate(me), at, by=people.actor(me.user))


def test_a_renewal_needs_a_reason(squad, at):
    with pytest.raises(NoReason):
        renewed(certificates.certificate(people.officer(squad)), at, reason=" 换 ")
