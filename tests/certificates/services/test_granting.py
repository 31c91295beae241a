"""Grants: once per basis, refused by law, never to oneself."""

import datetime

import pytest

from certificates.models import AwardRefusal, Certificate, NumberSeries
from certificates.services.granting import GrantRefused, grant
from certificates.services.issuing import NoReason
from certificates.services.writing import Pass
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from tests.factories import certificates, people

DAY = datetime.date(2026, 11, 20)
BASIS = "class:0f0e0d0c-0000-4000-8000-000000000001"


@pytest.fixture
def squad(db):
    return people.unit("执法一中队")


@pytest.fixture
def rule(db):
    return certificates.rule(certificates.NO_EXAM)


def given(rule, officers, at, by=SYSTEM, reason="培训班结业", **fields):
    fields = {"basis": BASIS, "basis_title": "岗前培训班", "hours": "40", **fields}
    people_meant = [Pass(one, **fields) for one in officers]
    return grant(rule=rule, people=people_meant, valid_from=DAY, reason=reason, by=by, at=at)


def test_everybody_of_a_class_gets_one_with_its_name_and_hours(squad, rule, at):
    told = given(rule, [people.officer(squad), people.officer(squad)], at)
    assert [one.number for one in told.issued] == ["TEST-2026-000001", "TEST-2026-000002"]
    said = told.issued[0].snapshot
    assert (said["basis"], said["hours"], said["exam"]) == ("岗前培训班", "40", "")
    assert said["first_issued_on"] == "2026-11-20"


def test_granting_again_issues_to_the_newcomer_alone(squad, rule, at):
    first, late = people.officer(squad), people.officer(squad)
    given(rule, [first], at)
    told = given(rule, [first, late], at)
    assert ([one.officer for one in told.issued], told.existing) == ([late], 1)
    assert Certificate.objects.count() == NumberSeries.objects.get().last == 2


def test_an_auxiliary_is_refused_by_law_and_that_is_on_record_once(squad, rule, at):
    auxiliary = people.officer(squad, category="auxiliary")
    told = given(rule, [auxiliary], at)
    given(rule, [auxiliary], at)
    assert "第四十二条" in told.refused[0][1]
    assert AwardRefusal.objects.get().law
    assert not Certificate.objects.exists()


def test_auxiliaries_have_a_certificate_of_their_own(squad, at):
    own = certificates.rule(certificates.NO_EXAM, title="上岗培训证书", categories=["auxiliary"])
    assert given(own, [people.officer(squad, category="auxiliary")], at).issued


def test_nobody_grants_to_oneself(squad, rule, at):
    me = people.officer(squad)
    people.grant(me.user, Role.HR)
    with pytest.raises(GrantRefused):
        given(rule, [me, people.officer(squad)], at, by=people.actor(me.user))
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("fields", [{"basis": ""}, {"reason": "补"}])
def test_what_it_is_for_and_why_must_be_said(squad, rule, at, fields):
    with pytest.raises((GrantRefused, NoReason)):
        given(rule, [people.officer(squad)], at, **fields)


def test_nobody_and_a_rule_out_of_use_are_refused(squad, rule, at):
    with pytest.raises(GrantRefused):
        given(rule, [], at)
    rule.active = False
    with pytest.raises(GrantRefused):
        given(rule, [people.officer(squad)], at)


def test_issuing_freezes_the_design_it_is_printed_in(squad, at):
    version = certificates.design(layout="banner")
    rule = certificates.rule(certificates.NO_EXAM, design=version.design)
    made = given(rule, [people.officer(squad)], at).issued[0]
    version.refresh_from_db()
    assert (made.design, version.frozen_at) == (version, at)
    assert made.snapshot["design"] == [str(version.design.uid), 1]


def test_a_grant_is_on_record_with_its_numbers(squad, rule, at):
    given(rule, [people.officer(squad)], at)
    record = AuditRecord.objects.get(stream="certificates", action="granted")
    assert record.details["numbers"] == ["TEST-2026-000001"]


def test_statements_do_not_grow_with_the_people(squad, rule, at, django_assert_max_num_queries):
    many = [people.officer(squad) for _ in range(20)]
    with django_assert_max_num_queries(34):
        assert len(given(rule, many, at).issued) == 20
