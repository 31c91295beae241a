"""Granting in the browser: for a finished class, a completed course, by hand; renewing."""

import re
import uuid

import pytest
from django.urls import reverse

from certificates.models import AwardRefusal, Certificate
from courses.models import Enrolment
from tests.factories import certificates, courses, people, training

COMPLETIONS = "/certificates/completions/"
BY_HAND = "/certificates/completions/by-hand/"


@pytest.fixture
def rule(bureau):
    return certificates.rule(certificates.NO_EXAM, title="岗前培训结业证书")


@pytest.fixture
def finished(bureau):
    """A finished class of the east squad: one completed it, one failed, one auxiliary completed it."""
    found = training.training_class(bureau.east, state="finished", title="岗前培训班", ends_on=training.TODAY)
    batch = training.batch(found)
    training.trainee(batch, bureau.officer, state="finished", score=88)
    training.trainee(batch, people.officer(bureau.east, name="赵不过"), state="failed")
    training.trainee(
        batch, people.officer(bureau.east, name="钱辅助", category="auxiliary"), state="finished"
    )
    return found


def address(found, rule=None):
    where = f"{COMPLETIONS}class/{found.uid}/"
    return f"{where}?rule={rule.pk}" if rule else where


def ticks(rule, *officers, **fields):
    return {
        "rule": rule.pk,
        "person": [one.pk for one in officers],
        "valid_from": "2026-11-20",
        "reason": "培训班结业",
        **fields,
    }


def test_finished_classes_are_listed_for_hr_of_the_unit_alone(bureau, finished, as_user):
    assert "岗前培训班" in as_user(bureau.hr).get(COMPLETIONS).content.decode()
    assert "岗前培训班" not in as_user(bureau.hr_west).get(COMPLETIONS).content.decode()
    assert as_user(bureau.hr_west).get(address(finished)).status_code == 404


def test_those_who_completed_it_are_ticked_and_the_law_is_named(bureau, finished, rule, as_user):
    page = as_user(bureau.hr).get(address(finished, rule)).content.decode()
    assert "王小明" in page
    assert "赵不过" not in page
    assert page.count('name="person"') == 1
    assert "第四十二条" in page


def test_a_class_is_certified_with_one_button_and_again_changes_nothing(bureau, finished, rule, as_user):
    client = as_user(bureau.hr)
    answer = client.post(address(finished), ticks(rule, bureau.officer))
    client.post(address(finished), ticks(rule, bureau.officer))
    made = Certificate.objects.get()
    assert answer.url.startswith(reverse("certificates:prints"))
    assert (made.officer, made.basis, made.snapshot["score"]) == (
        bureau.officer,
        f"class:{finished.uid}",
        "88",
    )


def test_who_did_not_complete_it_cannot_be_slipped_in(bureau, finished, rule, as_user):
    as_user(bureau.hr).post(address(finished), ticks(rule, bureau.other))
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("fields", [{"valid_from": ""}, {"valid_from": "2036-01-01"}, {"reason": "补"}])
def test_a_bad_form_issues_nothing(bureau, finished, rule, as_user, fields):
    answer = as_user(bureau.hr).post(address(finished), ticks(rule, bureau.officer, **fields))
    assert answer.context["form"].errors
    assert not Certificate.objects.exists()


def test_a_completed_course_is_certified(bureau, rule, as_user, at):
    edition = courses.edition()
    Enrolment.objects.create(
        officer=bureau.officer, course=edition.course, edition=edition, enrolled_at=at, completed_at=at
    )
    client = as_user(bureau.hr)
    where = re.search(
        r"/certificates/completions/course/[0-9a-f-]+/", client.get(COMPLETIONS).content.decode()
    )[0]
    client.post(where, ticks(rule, bureau.officer))
    assert Certificate.objects.get().snapshot["basis"] == edition.course.title


def hand(rule, *officers, token=None, **fields):
    return {
        "rule": rule.pk,
        "numbers": "\n".join(one.staff_number for one in officers),
        "basis": "市局岗前培训班",
        "valid_from": "2026-11-01",
        "reason": "市局办班结业",
        "token": token or uuid.uuid4(),
        **fields,
    }


def test_by_hand_the_names_are_shown_before_anything_is_issued(bureau, rule, as_user):
    page = as_user(bureau.hr).post(BY_HAND, hand(rule, bureau.officer, act="look")).content.decode()
    assert "王小明" in page
    assert not Certificate.objects.exists()


def test_by_hand_the_same_form_sent_twice_issues_once(bureau, rule, as_user):
    given = hand(rule, bureau.officer, act="issue", hours="16")
    for _ in range(2):
        assert as_user(bureau.hr).post(BY_HAND, given).status_code == 302
    assert Certificate.objects.get().snapshot["hours"] == "16"


def test_by_hand_an_auxiliary_is_refused_and_gets_one_of_their_own(bureau, rule, as_user):
    auxiliary = people.officer(bureau.east, category="auxiliary")
    as_user(bureau.hr).post(BY_HAND, hand(rule, auxiliary, act="issue"))
    assert AwardRefusal.objects.get().law
    own = certificates.rule(certificates.NO_EXAM, title="上岗培训证书", categories=["auxiliary"])
    as_user(bureau.hr).post(BY_HAND, hand(own, auxiliary, act="issue"))
    assert Certificate.objects.get().title == "上岗培训证书"


@pytest.mark.parametrize("typed", ["没有这个人", "T99999999", "a" * 9000, "1 " * 300, "'; DROP TABLE"])
def test_by_hand_unknown_numbers_are_named_and_nothing_is_issued(bureau, rule, as_user, typed):
    answer = as_user(bureau.hr).post(BY_HAND, hand(rule, act="issue") | {"numbers": typed})
    assert answer.context["form"].errors["numbers"]
    assert not Certificate.objects.exists()


def test_by_hand_people_of_other_units_are_strangers(bureau, rule, as_user):
    answer = as_user(bureau.hr).post(BY_HAND, hand(rule, bureau.other, act="issue"))
    assert bureau.other.staff_number in str(answer.context["form"].errors["numbers"])


@pytest.mark.parametrize(("who", "status"), [("hr", 302), ("hr_all", 302), ("leader", 403), ("hr_west", 404)])
def test_who_may_renew(bureau, as_user, who, status):
    old = certificates.certificate(bureau.officer, bureau.rule, days_left=20)
    answer = as_user(getattr(bureau, who)).post(
        reverse("certificates:renew", args=[old.uid]), {"reason": "换证培训考核合格"}
    )
    assert answer.status_code == status
    assert Certificate.objects.count() == (2 if status == 302 else 1)


def test_the_chain_shows_on_both_certificates(bureau, as_user):
    old = certificates.certificate(bureau.officer, bureau.rule, days_left=20)
    client = as_user(bureau.hr)
    client.post(reverse("certificates:renew", args=[old.uid]), {"reason": "换证培训考核合格"})
    new = Certificate.objects.get(renews=old)
    assert old.number in client.get(new.get_absolute_url()).content.decode()
    page = client.get(old.get_absolute_url()).content.decode()
    assert new.number in page
    assert reverse("certificates:renew", args=[old.uid]) not in page


def test_what_cannot_be_renewed_says_why(bureau, as_user):
    old = certificates.certificate(bureau.officer, bureau.rule, revoked=True)
    page = as_user(bureau.hr).get(reverse("certificates:renew", args=[old.uid])).content.decode()
    assert "alert-bad" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(bureau, as_user, count, django_assert_max_num_queries):
    for _ in range(count):
        found = training.training_class(bureau.east, state="finished")
        training.trainee(training.batch(found), people.officer(bureau.east), state="finished")
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(15):
        assert client.get(COMPLETIONS).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_class_costs_the_same_for_any_number(bureau, rule, as_user, count, django_assert_max_num_queries):
    found = training.training_class(bureau.east, state="finished")
    batch = training.batch(found)
    for _ in range(count):
        training.trainee(batch, people.officer(bureau.east), state="finished")
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(15):
        assert client.get(address(found, rule)).context["open"] == count
