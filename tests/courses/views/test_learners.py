"""The trainer's list of how far people are: by unit, by name, without their notes."""

import pytest

from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import courses, people
from tests.factories.learning import NOON, enrolment, learner, study

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client):
    """A brigade with two squads and a trainer of the brigade; another brigade beside it."""
    bureau = people.unit()
    brigade, beside = people.unit("一大队", bureau), people.unit("二大队", bureau)
    squads = people.unit("一中队", brigade), people.unit("二中队", brigade)
    client.force_login(people.staff(Role.TRAINER, unit=brigade))
    return squads, beside, courses.edition(lessons=2)


def listed(client, edition, **wanted):
    with clock.pinned(NOON):
        return client.get(f"/courses/{edition.course_id}/learners/", wanted)


def test_everybody_of_ones_units_with_how_far_they_are(client, scene):
    (first, second), beside, edition = scene
    done, under_way, idle = learner(unit=first), learner(unit=first), learner(unit=second)
    other = learner(unit=beside)
    whole = enrolment(edition, done[1])
    study(whole, done[1], 1)
    study(whole, done[1], 2)
    study(enrolment(edition, under_way[1]), under_way[1], 1)
    enrolment(edition, other[1])
    rows = listed(client, edition).context["rows"]
    assert [(row.name, row.state, row.done) for row in rows] == [
        (done[0].name, "completed", 2),
        (under_way[0].name, "learning", 1),
        (idle[0].name, "not_begun", 0),
    ]


def test_the_numbers_of_each_unit(client, scene):
    (first, second), _beside, edition = scene
    begun, _idle = learner(unit=first), learner(unit=second)
    enrolment(edition, begun[1])
    tallies = listed(client, edition).context["tallies"]
    assert [(one.unit.split("/")[-1], one.people, one.begun, one.missing) for one in tallies] == [
        ("一中队", 1, 1, 1),
        ("二中队", 1, 0, 1),
    ]


@pytest.mark.parametrize(
    ("state", "found"), [("not_begun", 1), ("learning", 1), ("completed", 0), ("nope", 2)]
)
def test_a_state_narrows_the_names(client, scene, state, found):
    (first, second), _beside, edition = scene
    enrolment(edition, learner(unit=first)[1])
    learner(unit=second)
    assert len(listed(client, edition, state=state).context["rows"]) == found


def test_a_unit_of_others_narrows_nothing(client, scene):
    (first, _second), beside, edition = scene
    learner(unit=first)
    learner(unit=beside)
    assert len(listed(client, edition, unit=beside.path).context["rows"]) == 1


def test_who_was_merged_stands_once_with_what_the_old_record_learned(client, scene):
    (first, _second), _beside, edition = scene
    old, by = learner(unit=first)
    enrolment(edition, by)
    new, _ = learner(unit=first)
    type(old).objects.filter(pk=old.pk).update(merged_into=new)
    assert [(row.name, row.state) for row in listed(client, edition).context["rows"]] == [
        (new.name, "learning")
    ]


def test_a_learner_sees_no_list(client, scene):
    client.force_login(learner(unit=scene[0][0])[0].user)
    assert listed(client, scene[2]).status_code == 403


def test_the_list_costs_the_same_for_one_and_three(client, scene, django_assert_max_num_queries):
    (first, _second), _beside, edition = scene
    for _ in (1, 2):
        enrolment(edition, learner(unit=first)[1])
        learner(unit=first)
        with django_assert_max_num_queries(15):
            listed(client, edition)
