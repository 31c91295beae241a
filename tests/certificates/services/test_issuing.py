"""A pass becomes one certificate, once, with a number that leaves no gap."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from certificates.models import AwardRefusal, Certificate, CertificateEvent, NumberSeries
from certificates.rules.eligibility import LAW
from certificates.services.issuing import NoReason, NotEligible, NotReleased, award, issue_by_hand
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, exams, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    return people.unit("执法一中队")


@pytest.fixture
def rule():
    return certificates.rule()


@pytest.fixture
def sitting(squad, rule):
    return certificates.released(squad, rule.blueprint)


def numbers():
    return sorted(Certificate.objects.values_list("number", flat=True))


def test_who_passed_gets_one_and_the_others_none(sitting, squad, at):
    for score in ("60", "59.5", None, "100"):
        certificates.result(sitting, people.officer(squad), score)
    report = award(sitting=sitting, by=SYSTEM, at=at)
    assert sorted(report.issued) == numbers() == ["TEST-2026-000001", "TEST-2026-000002"]


def test_awarding_again_changes_nothing(sitting, squad, at):
    certificates.result(sitting, people.officer(squad), "80")
    award(sitting=sitting, by=SYSTEM, at=at)
    again = award(sitting=sitting, by=SYSTEM, at=at)
    assert (again.issued, again.existing) == ([], 1)
    assert Certificate.objects.count() == NumberSeries.objects.get().last == 1


def test_what_is_printed_and_until_when(sitting, squad, rule, at):
    officer = people.officer(squad)
    certificates.result(sitting, officer, "80")
    award(sitting=sitting, by=SYSTEM, at=at)
    made = Certificate.objects.get()
    assert (made.valid_from, made.valid_until) == (datetime.date(2026, 11, 20), datetime.date(2028, 11, 19))
    assert made.snapshot == {
        "title": rule.title,
        "name": officer.name,
        "staff_number": officer.staff_number,
        "category": "officer",
        "unit": "执法一中队",
        "issuer": "执法一中队",
        "exam": sitting.title,
        "basis": "",
        "score": "80",
        "hours": "",
        "first_issued_on": "2026-11-20",
        "design": [],
    }


def test_validity_counts_from_the_release_not_from_the_delivery(sitting, squad, at):
    certificates.result(sitting, people.officer(squad), "80")
    award(sitting=sitting, by=SYSTEM, at=at + datetime.timedelta(days=3))
    assert Certificate.objects.get().valid_from == datetime.date(2026, 11, 20)


def test_auxiliary_is_refused_once_with_the_law_on_record(sitting, squad, at):
    certificates.result(sitting, people.officer(squad, category="auxiliary"), "95")
    for _ in range(2):
        report = award(sitting=sitting, by=SYSTEM, at=at)
        assert (report.issued, len(report.refused)) == ([], 1)
    assert AwardRefusal.objects.get().law == LAW
    assert LAW in AuditRecord.objects.get(action="refused").reason


def test_a_rule_for_auxiliaries_beside_it_leaves_nobody_refused(sitting, squad, rule, at):
    certificates.rule(rule.blueprint, title="辅助人员上岗培训证书", categories=["auxiliary"])
    for category in ("officer", "auxiliary", "civilian"):
        certificates.result(sitting, people.officer(squad, category=category), "95")
    report = award(sitting=sitting, by=SYSTEM, at=at)
    assert (len(report.issued), report.refused) == (2, [])


def test_auxiliaries_have_a_certificate_of_their_own(squad, at):
    rule = certificates.rule(categories=["auxiliary"])
    sitting = certificates.released(squad, rule.blueprint)
    certificates.result(sitting, people.officer(squad, category="auxiliary"), "95")
    assert len(award(sitting=sitting, by=SYSTEM, at=at).issued) == 1


def test_who_has_left_gets_none(sitting, squad, at):
    certificates.result(sitting, people.officer(squad, left_on=datetime.date(2026, 11, 1)), "95")
    report = award(sitting=sitting, by=SYSTEM, at=at)
    assert (report.issued, len(report.refused)) == ([], 1)


def test_rule_out_of_use_awards_nothing(squad, at):
    rule = certificates.rule(active=False)
    sitting = certificates.released(squad, rule.blueprint)
    certificates.result(sitting, people.officer(squad), "95")
    assert award(sitting=sitting, by=SYSTEM, at=at).issued == []


@pytest.mark.parametrize("fields", [{"released_at": None}, {"is_rehearsal": True}])
def test_unreleased_results_and_rehearsals_become_nothing(squad, rule, at, fields):
    with pytest.raises(NotReleased):
        award(sitting=certificates.released(squad, rule.blueprint, **fields), by=SYSTEM, at=at)


def test_the_latest_mark_counts(sitting, squad, at):
    attempt = certificates.result(sitting, people.officer(squad), "90")
    attempt.mark_records.create(
        number=2, score=30, full_marks=100, marks=[], rule="exact", at=at, reason="", by={}
    )
    assert award(sitting=sitting, by=SYSTEM, at=at).issued == []


def test_statements_do_not_grow_with_the_candidates(sitting, squad, at, django_assert_max_num_queries):
    for _ in range(20):
        certificates.result(sitting, people.officer(squad), "80")
    with django_assert_max_num_queries(34):
        assert len(award(sitting=sitting, by=SYSTEM, at=at).issued) == 20


def test_by_hand_needs_a_reason_and_leaves_it_in_the_history(squad, rule, at):
    officer = people.officer(squad)
    day = datetime.date(2024, 11, 20)
    with pytest.raises(NoReason):
        issue_by_hand(rule=rule, officer=officer, valid_from=day, reason=" 补发 ", by=SYSTEM, at=at)
    made = issue_by_hand(
        rule=rule, officer=officer, valid_from=day, reason="旧系统成绩补录", by=SYSTEM, at=at
    )
    assert made.valid_until == datetime.date(2026, 11, 19)
    assert made.events.get().reason == "旧系统成绩补录"


def test_by_hand_an_auxiliary_is_refused_on_record(squad, rule, at):
    auxiliary = people.officer(squad, category="auxiliary")
    with pytest.raises(NotEligible, match="第四十二条"):
        issue_by_hand(
            rule=rule, officer=auxiliary, valid_from=at.date(), reason="领导要求发放", by=SYSTEM, at=at
        )
    assert AuditRecord.objects.get().action == "refused"
    assert AwardRefusal.objects.get().attempt is None


def test_numbers_go_on_after_a_failure_without_a_gap(squad, rule, at, monkeypatch):
    issue = {"rule": rule, "valid_from": at.date(), "reason": "旧系统成绩补录", "by": SYSTEM, "at": at}
    issue_by_hand(officer=people.officer(squad), **issue)
    with monkeypatch.context() as patch:
        patch.setattr(CertificateEvent.objects, "bulk_create", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue_by_hand(officer=people.officer(squad), **issue)
    issue_by_hand(officer=people.officer(squad), **issue)
    assert numbers() == ["TEST-2026-000001", "TEST-2026-000002"]


def test_every_prefix_and_year_has_a_series_of_its_own(squad, rule, at):
    other = certificates.rule(title="另一种", number_prefix="OTHER", blueprint=exams.blueprint(title="二"))
    later = at + datetime.timedelta(days=60)
    for one, moment in ((rule, at), (other, at), (rule, later)):
        issue_by_hand(
            rule=one,
            officer=people.officer(squad),
            valid_from=at.date(),
            reason="旧系统成绩补录",
            by=SYSTEM,
            at=moment,
        )
    assert numbers() == ["OTHER-2026-000001", "TEST-2026-000001", "TEST-2027-000001"]


def test_the_database_refuses_a_second_certificate_of_an_attempt(sitting, squad, at):
    attempt = certificates.result(sitting, people.officer(squad), "80")
    award(sitting=sitting, by=SYSTEM, at=at)
    first = Certificate.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        certificates.certificate(first.officer, first.rule, attempt=attempt)


def test_the_database_refuses_to_change_a_certificate(sitting, squad, at):
    made = certificates.certificate()
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(valid_until=at.date())
    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateEvent.objects.all().delete()
