"""The pages of indicators."""

import pytest

from certificates.ratings.models import Indicator, IndicatorVersion
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import people, ratings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
NEW = "/ratings/indicators/new/"


def typed(**fields):
    return {
        "title": "考试平均成绩",
        "code": "exam_mean",
        "kind": "score",
        "source": "exam",
        "window": "period",
        "combine": "mean",
        "unit": "分",
        "scale": "target",
        "target": "100",
        "full": "100",
        "missing": "zero",
        "save": "1",
        **fields,
    }


@pytest.fixture
def hr(as_user):
    return as_user(people.staff(Role.HR))


def test_hr_of_the_bureau_makes_an_indicator(hr):
    assert hr.post(NEW, typed()).status_code == 302
    assert "考试平均成绩" in hr.get("/ratings/indicators/").content.decode()


@pytest.mark.parametrize("field", ["title", "description"])
def test_income_from_fines_is_refused_at_its_field_with_the_law(hr, field):
    page = hr.post(NEW, typed(**{field: "月度罚没款任务完成额"}))
    assert "第七十四条" in page.context["form"].errors[field][0]
    assert not Indicator.objects.exists()
    assert AuditRecord.objects.filter(action="indicator_refused").count() == 1


def test_the_quality_of_decisions_on_fines_is_no_income(hr):
    assert hr.post(NEW, typed(title="罚款决定书制作质量")).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"code": "考试"},
        {"target": "0"},
        {"target": "x"},
        {"target": "1e99"},
        {"scale": "bands", "bands": "九十 100"},
        {"scale": "bands", "bands": "80 100\n90 50"},
        {"scale": "bands", "bands": ""},
        {"scale": "nowhere"},
        {"kind": "bonus"},
        {"unit": "万元"},
        {"where": "level"},
    ],
)
def test_what_cannot_be_comes_back_with_a_reason(hr, fields):
    page = hr.post(NEW, typed(**fields))
    assert page.context["form"].errors
    assert not Indicator.objects.exists()


def test_looking_at_the_formula_saves_nothing(hr):
    sent = typed(look="1")
    del sent["save"]
    page = hr.post(NEW, sent)
    assert "考试平均成绩" in page.context["told"]["formula"]
    assert not Indicator.objects.exists()


def test_choosing_another_scale_changes_the_fields_and_saves_nothing(hr):
    page = hr.post(NEW, typed(scale="range"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert 'name="low"' in page
    assert 'name="target"' not in page
    assert not Indicator.objects.exists()


def test_a_code_that_is_taken_is_not_overwritten(hr):
    ratings.indicator("exam_mean")
    page = hr.post(NEW, typed())
    assert "code" in page.context["form"].errors


def test_changing_one_in_use_writes_the_next_version(hr):
    ratings.indicator("exam_mean", title="旧题")
    hr.post("/ratings/indicators/exam_mean/edit/", typed(code="other"))
    assert [one.title for one in IndicatorVersion.objects.order_by("number")] == ["旧题", "考试平均成绩"]


def test_the_page_of_one_shows_its_versions_and_uses(hr):
    scheme = ratings.scheme()
    page = hr.get("/ratings/indicators/score/").content.decode()
    assert scheme.title in page


@pytest.mark.parametrize(("role", "unit", "status"), [(Role.LEADER, "", 403), (Role.HR, "中队", 404)])
def test_who_may_not_make_indicators(as_user, role, unit, status):
    root = people.unit("局")
    user = people.staff(role, unit=people.unit(unit, root) if unit else root)
    assert as_user(user).post(NEW, typed()).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_costs_the_same_for_one_as_for_three(hr, count, django_assert_num_queries):
    for number in range(count):
        ratings.indicator(f"code_{number}")
    hr.get("/ratings/indicators/")
    with django_assert_num_queries(7):
        hr.get("/ratings/indicators/")
