"""The page of the eligibility rules and its editor."""

import datetime

import pytest

from certificates.models import QualifyingRules
from certificates.rules.qualifying_parts import from_json, to_json
from certificates.rules.qualifying_presets import PRESETS
from tests.factories import qualifying

LIST, NEW = "/certificates/eligibility/rules/", "/certificates/eligibility/rules/new/"


def filled(response, **changes):
    """What the browser would send of the editor, unticked boxes left out."""
    form = response.context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in (data | changes).items() if value is not False and value is not None
    }


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_every_preset_can_be_adopted_as_it_is(bureau, as_user, preset):
    client = as_user(bureau.hr_all)
    response = client.get(NEW, {"preset": preset.code})
    posted = client.post(NEW, filled(response))
    assert posted.status_code == 302, posted.context["form"].errors
    made = QualifyingRules.objects.get()
    assert (made.title, made.rule.parts) == (preset.title, qualifying_parts_of(preset))
    assert client.get(LIST).context["rules"] == made


def qualifying_parts_of(preset):
    """The parts of a preset with every parameter written out."""
    return from_json(to_json(preset.rule)).parts


def test_a_version_names_its_papers_and_figures(bureau, as_user):
    client = as_user(bureau.hr_all)
    paper = str(bureau.rule.blueprint.uid)
    data = filled(client.get(NEW), public_exam_papers=[paper], hours_hours=80, policy_second="withdraw")
    assert client.post(NEW, data).status_code == 302
    text = client.get(LIST).content.decode()
    assert bureau.rule.blueprint.title in text
    assert "80" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"holds_from": "2026-11-19"},
        {"holds_from": "9999-12-31"},
        {"hours_hours": 0},
        {"hours_hours": "十"},
        {"public_exam": False, "specialist_exam": False},
        {"policy_tries": 0},
        {"policy_second": "x"},
        {"title": ""},
    ],
)
def test_what_cannot_stand_is_told_and_not_stored(bureau, as_user, wrong):
    client = as_user(bureau.hr_all)
    response = client.post(NEW, filled(client.get(NEW), **wrong))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not QualifyingRules.objects.exists()


def test_one_blueprint_counts_for_one_exam(bureau, as_user):
    client = as_user(bureau.hr_all)
    paper = [str(bureau.rule.blueprint.uid)]
    both = {"public_exam_papers": paper, "specialist_exam_papers": paper}
    response = client.post(NEW, filled(client.get(NEW), **both))
    assert "specialist_exam_papers" in response.context["form"].errors


def test_a_new_version_begins_from_the_one_in_force(bureau, as_user):
    qualifying.rules(hours={"hours": 44}, public_exam={})
    form = as_user(bureau.hr_all).get(NEW).context["form"]
    assert (form["hours_hours"].value(), form["conduct"].value()) == (44, False)


def test_a_version_to_come_does_not_hold_yet(bureau, as_user):
    now = qualifying.rules()
    qualifying.rules(holds_from=qualifying.TODAY + datetime.timedelta(days=1))
    assert as_user(bureau.hr).get(LIST).context["rules"] == now


def test_only_hr_of_the_whole_bureau_makes_versions(bureau, as_user):
    assert as_user(bureau.hr).get(NEW).status_code == 404
    assert as_user(bureau.leader).get(NEW).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_for_1_and_3_versions(bureau, as_user, more, django_assert_max_num_queries):
    for _ in range(more):
        qualifying.rules()
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(9):
        client.get(LIST)
