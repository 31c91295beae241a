"""Award rules, and awarding by button."""

import pytest

from certificates.models import AwardRule, Certificate
from lianbing.people.rules import Role
from tests.factories import certificates, exams, people

NEW = "/certificates/rules/new/"


def sent(bureau, **fields):
    return {
        "blueprint": bureau.rule.blueprint.pk,
        "title": "新证书",
        "valid_months": "24",
        "categories": ["officer"],
        "number_prefix": "yxpx",
        "active": "on",
        **fields,
    }


def test_hr_of_the_bureau_makes_a_rule(bureau, as_user):
    assert as_user(bureau.hr_all).post(NEW, sent(bureau)).status_code == 302
    assert AwardRule.objects.get(title="新证书").number_prefix == "YXPX"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"valid_months": "0"},
        {"valid_months": "121"},
        {"valid_months": "x"},
        {"categories": []},
        {"categories": ["officer", "auxiliary"]},
        {"number_prefix": "云汐"},
        {"blueprint": "9999"},
        {"title": "岗位执法培训合格证书"},
    ],
)
def test_a_bad_rule_is_not_saved(bureau, as_user, fields):
    response = as_user(bureau.hr_all).post(NEW, sent(bureau, **fields))
    assert response.context["form"].errors
    assert AwardRule.objects.count() == 1


def test_a_rule_is_changed_and_its_certificates_stay(bureau, as_user):
    made = certificates.certificate(bureau.officer, bureau.rule)
    as_user(bureau.hr_all).post(f"/certificates/rules/{bureau.rule.uid}/", sent(bureau, title="改名"))
    made.refresh_from_db()
    assert (AwardRule.objects.get().title, made.title) == ("改名", "岗位执法培训合格证书")


@pytest.mark.parametrize(("who", "status"), [("hr", 404), ("leader", 403), ("invigilator", 403)])
def test_who_may_not_make_rules(bureau, as_user, who, status):
    assert as_user(getattr(bureau, who)).post(NEW, sent(bureau)).status_code == status


def test_hr_granted_over_the_root_unit_is_hr_of_the_bureau(bureau, as_user):
    assert as_user(people.staff(Role.HR, unit=bureau.root)).get(NEW).status_code == 200


def test_button_awards_what_is_due_and_lists_refusals(bureau, as_user):
    sitting = certificates.released(bureau.east, bureau.rule.blueprint)
    certificates.result(sitting, bureau.officer, "90")
    certificates.result(sitting, people.officer(bureau.east, name="协管甲", category="auxiliary"), "90")
    client = as_user(bureau.hr)
    page = client.post(f"/certificates/sittings/{sitting.uid}/award", follow=True).content.decode()
    assert Certificate.objects.count() == 1
    assert "协管甲" in page
    assert "第四十二条" in page


@pytest.mark.parametrize(("who", "status"), [("hr_west", 404), ("leader", 403)])
def test_who_may_not_award(bureau, as_user, who, status):
    sitting = certificates.released(bureau.east, bureau.rule.blueprint)
    assert (
        as_user(getattr(bureau, who)).post(f"/certificates/sittings/{sitting.uid}/award").status_code
        == status
    )


def test_unreleased_results_are_refused_in_words(bureau, as_user):
    sitting = certificates.released(bureau.east, bureau.rule.blueprint, released_at=None)
    as_user(bureau.hr).post(f"/certificates/sittings/{sitting.uid}/award", follow=True)
    assert not Certificate.objects.exists()


def test_awarding_needs_a_post(bureau, as_user):
    sitting = certificates.released(bureau.east, bureau.rule.blueprint)
    assert as_user(bureau.hr).get(f"/certificates/sittings/{sitting.uid}/award").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(bureau, as_user, count, django_assert_num_queries):
    for n in range(count):
        rule = certificates.rule(title=f"证书{n}", blueprint=exams.blueprint(title=f"蓝图{n}"))
        sitting = certificates.released(bureau.east, rule.blueprint)
        certificates.result(sitting, bureau.officer, "90")
    client = as_user(bureau.hr)
    with django_assert_num_queries(7):
        client.get("/certificates/rules/")
