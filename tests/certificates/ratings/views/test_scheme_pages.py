"""The pages of schemes: presets, editor, trial, adoption."""

import pytest

from certificates.ratings.models import Scheme, SchemeVersion
from certificates.ratings.queries.schemes import scheme_of
from lianbing.people.rules import Role
from tests.factories import people, ratings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def hr(as_user):
    return as_user(people.staff(Role.HR))


@pytest.fixture
def draft(hr):
    hr.post("/ratings/schemes/new/", {"title": "甲字第一号方案", "preset": "star"})
    return SchemeVersion.objects.select_related("scheme").get()


def address(version, page=""):
    return f"/ratings/schemes/{version.scheme.uid}/{page}"


def typed(page):
    """What the editor sends when nothing is changed."""
    form = page.context["form"]
    sent = {}
    for name in form.fields:
        value = form[name].value()
        sent[name] = "" if value is None else value
    return sent


def test_a_preset_becomes_a_draft_only_its_writers_see(hr, draft, as_user):
    assert hr.get(address(draft)).status_code == 200
    officer = people.officer(people.unit("中队"))
    assert as_user(officer.user).get(address(draft)).status_code == 404
    assert "甲字第一号方案" not in as_user(officer.user).get("/ratings/schemes/").content.decode()


def test_saving_the_editor_unchanged_changes_nothing(hr, draft):
    before = scheme_of(draft)
    assert hr.post(address(draft, "edit/"), typed(hr.get(address(draft, "edit/")))).status_code == 302
    draft.refresh_from_db()
    assert scheme_of(draft) == before


def test_an_empty_weight_takes_a_line_out_and_the_page_says_what_is_missing(hr, draft):
    sent = typed(hr.get(address(draft, "edit/"))) | {"weight_exam_mean": ""}
    seen = hr.post(address(draft, "edit/"), sent, headers={"HX-Request": "true"})
    assert seen.context["seen"]["told"].weights == "70"
    assert len(seen.context["seen"]["problems"]) == 1
    hr.post(address(draft, "edit/"), sent)
    page = hr.post(address(draft, "adopt/"), {"starts_on": "2026-01-01", "looked": "on"})
    assert page.context["form"].errors


@pytest.mark.parametrize(
    "fields",
    [
        {"bands": "优秀"},
        {"stars": "95 五"},
        {"stars": "95 9"},
        {"up_after": "0"},
        {"weight_exam_mean": "-1"},
        {"weight_exam_mean": "NaN"},
        {"ceiling": ""},
    ],
)
def test_what_cannot_be_read_is_not_saved(hr, draft, fields):
    before = draft.spec
    page = hr.post(address(draft, "edit/"), typed(hr.get(address(draft, "edit/"))) | fields)
    assert page.context["form"].errors
    draft.refresh_from_db()
    assert draft.spec == before


def test_adoption_asks_for_a_day_and_a_deliberate_yes(hr, draft):
    assert hr.post(address(draft, "adopt/"), {"starts_on": "2026-01-01"}).context["form"].errors
    hr.post(address(draft, "adopt/"), {"starts_on": "2026-01-01", "looked": "on"})
    draft.refresh_from_db()
    assert draft.adopted_by["name"]


def test_everybody_reads_what_is_adopted_in_words(as_user):
    version = ratings.version(("score", 100)) if ratings.indicator("score") else None
    officer = people.officer(people.unit("中队"))
    page = as_user(officer.user).get(address(version)).content.decode()
    assert "score" in page
    assert "优秀" in page


def test_a_draft_can_be_thrown_away(hr, draft):
    hr.post(address(draft, "edit/"), {"discard": "1"})
    assert not Scheme.objects.exists()


def test_the_trial_lists_who_would_change(rated, as_user):
    ratings.version(("score", 80), base=20, scheme=rated.scheme, adopted_at=None)
    page = as_user(rated.hr).get(f"/ratings/schemes/{rated.scheme.uid}/preview/")
    assert {one.result.roll.name for one in page.context["preview"].changes} == {"王小明", "李四"}


def test_the_trial_without_a_past_period_says_so(hr, draft):
    assert hr.get(address(draft, "preview/")).context["preview"] is None


@pytest.mark.parametrize("page", ["edit/", "adopt/"])
def test_a_leader_changes_no_rules(as_user, draft, page):
    assert as_user(people.staff(Role.LEADER)).get(address(draft, page)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_as_for_three(hr, count, django_assert_num_queries):
    for _number in range(count):
        ratings.scheme()
    hr.get("/ratings/schemes/")
    with django_assert_num_queries(6):
        hr.get("/ratings/schemes/")
