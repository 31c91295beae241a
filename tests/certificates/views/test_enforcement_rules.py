"""The province's rules and what posts ask for."""

import pytest

from certificates.models import DutyPost, EnforcementRules
from certificates.queries.enforcement_rules import in_force
from certificates.rules.enforcement import PRESETS
from lianbing.kit.models import AuditRecord
from tests.factories import enforcement, people

RULES, POSTS = "/certificates/enforcement/rules/", "/certificates/enforcement/posts/"


def sent(preset="zibo", **fields):
    """The form as filled in from a preset."""
    said = PRESETS[preset].as_json() | {"preset": preset, "reason": "按省厅文件执行"}
    for name in ("warn_months", "training_warn_days"):
        said[name] = ", ".join(str(step) for step in said[name])
    said = {name: value for name, value in said.items() if value is not None and value is not False}
    return {name: "on" if value is True else value for name, value in said.items()} | fields


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_can_be_put_into_force(bureau, as_user, preset):
    enforcement.rules("zibo", valid_months=12, renewal_window_months=1)
    response = as_user(bureau.hr_all).post(RULES, sent(preset))
    assert response.status_code == 302, response.context["form"].errors
    assert in_force() == PRESETS[preset]
    assert AuditRecord.objects.filter(action="rules_adopted").count() == 1


def test_a_preset_only_fills_in_the_form(bureau, as_user):
    response = as_user(bureau.hr_all).get(RULES, {"preset": "inner_mongolia"})
    assert response.context["form"].initial["valid_months"] == 72
    assert not EnforcementRules.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_months": "0"}, "valid_months"),
        ({"valid_months": "999"}, "valid_months"),
        ({"valid_months": "two"}, "valid_months"),
        ({"renewal_window_months": "25"}, "renewal_window_months"),
        ({"review_hours": "-1"}, "review_hours"),
        ({"review_stops_after_months": "25"}, "review_stops_after_months"),
        ({"warn_months": "6、6"}, "warn_months"),
        ({"warn_months": "six"}, "warn_months"),
        ({"warn_months": "0"}, "warn_months"),
        ({"training_warn_days": "1,2,3,4,5,6,7"}, "training_warn_days"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_bad_rules_are_not_adopted(bureau, as_user, fields, field):
    response = as_user(bureau.hr_all).post(RULES, sent(**fields))
    assert response.context["form"].errors[field]
    assert not EnforcementRules.objects.exists()


def test_numbers_may_be_typed_with_chinese_commas(bureau, as_user):
    as_user(bureau.hr_all).post(RULES, sent(warn_months="1、3，6"))
    assert in_force().warn_months == (6, 3, 1)


def test_the_same_rules_are_not_adopted_twice(bureau, as_user):
    client = as_user(bureau.hr_all)
    client.post(RULES, sent())
    assert client.post(RULES, sent()).context["form"].errors
    assert EnforcementRules.objects.count() == 1


@pytest.mark.parametrize("path", [RULES, POSTS])
def test_only_hr_of_the_bureau_sets_them(bureau, as_user, path):
    assert as_user(bureau.hr).get(path).context["sets"] is False
    assert as_user(bureau.leader).get(path).status_code == 200
    assert as_user(bureau.hr).post(path, sent()).status_code == 404
    assert as_user(bureau.leader).post(path, sent()).status_code == 404


def test_posts_are_marked_and_unmarked(bureau, as_user):
    post = people.PostFactory()
    client = as_user(bureau.hr_all)
    for duty, kept in (("enforcement", ["enforcement"]), ("legal_review", ["legal_review"]), ("", [])):
        assert client.post(POSTS, {f"post-{post.pk}": duty}).status_code == 302
        assert list(DutyPost.objects.values_list("duty", flat=True)) == kept
    assert AuditRecord.objects.filter(action="duty_set").count() == 3


def test_a_post_that_was_not_sent_is_left_alone(bureau, as_user):
    enforcement.duty_post()
    client = as_user(bureau.hr_all)
    client.post(POSTS, {})
    assert DutyPost.objects.count() == 1
    post = DutyPost.objects.get().post
    assert client.post(POSTS, {f"post-{post.pk}": "forged"}).context["form"].errors
    assert DutyPost.objects.get().duty == "enforcement"


def test_a_post_counts_who_serves_on_it_today(bureau, as_user):
    rows = as_user(bureau.leader).get(POSTS).context["rows"]
    assert [(row["post"].name, row["post"].people) for row in rows] == [("一线执法岗", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many(bureau, as_user, count, django_assert_num_queries):
    for n in range(count):
        enforcement.duty_post(f"岗位{n}")
        enforcement.rules("zibo", valid_months=12 + n)
    client = as_user(bureau.hr_all)
    with django_assert_num_queries(5):
        client.get(POSTS)
    with django_assert_num_queries(5):
        client.get(RULES)
