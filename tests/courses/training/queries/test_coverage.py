"""R13 full-time coverage, R14 rotation, R15 topical apart, R16 the induction gate."""

import pytest

from courses.training.queries import coverage, posting
from courses.training.queries.classes import topical_count
from courses.training.queries.posting import may_be_posted
from tests.factories import people, training
from tests.factories.training import DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


def went(officer, unit, kind="full_time", state="finished", first=-30, class_state="finished", **fields):
    """Somebody who was in a class of five days that began so many days from today."""
    made = training.training_class(
        unit, TODAY + first * DAY, TODAY + (first + 4) * DAY, state=class_state, kind=kind, **fields
    )
    return training.trainee(training.batch(made), officer, state=state)


def states(lines):
    return {line.appointment.officer_id: line.state for line in lines}


def test_everybody_active_and_not_yet_trained_this_year_is_listed(unit):
    trained, coming, missing, failed, last_year = (people.officer(unit) for _ in range(5))
    left = people.officer(unit, left_on=TODAY - DAY)
    went(trained, unit)
    went(coming, unit, state="enrolled", first=10, class_state="open")
    went(failed, unit, state="failed")
    went(last_year, unit, first=-400)
    found = states(coverage.full_time([unit.path], 2026, TODAY))
    assert found == {
        trained.pk: "covered",
        coming.pk: "coming",
        missing.pk: "missing",
        failed.pk: "missing",
        last_year.pk: "missing",
    }
    assert left.pk not in found


def test_a_merged_record_brings_its_training_along(unit):
    officer, old = people.officer(unit), people.officer(unit)
    went(old, unit)
    old.merged_into = officer
    old.save()
    assert states(coverage.full_time([unit.path], 2026, TODAY)) == {officer.pk: "covered"}


def test_a_class_of_another_kind_or_a_cancelled_one_does_not_count(unit):
    officer = people.officer(unit)
    went(officer, unit, kind="in_service")
    went(officer, unit, state="enrolled", first=10, class_state="cancelled")
    assert states(coverage.full_time([unit.path], 2026, TODAY)) == {officer.pk: "missing"}


def test_units_are_summed_up(unit):
    below = people.unit("中队", unit)
    for where in (unit, below, below):
        people.officer(where)
    went(people.officer(below), below)
    sums = coverage.by_unit(coverage.full_time([unit.path], 2026, TODAY))
    assert [(one.name, one.total, one.covered, one.missing) for one in sums] == [
        ("测试局", 1, 0, 1),
        ("中队", 3, 1, 2),
    ]


def test_the_rotation_shows_who_has_not_been_in_the_cycle(unit):
    cycle = training.cycle(unit, audience={"categories": ["officer"]})
    been, missing = people.officer(unit), people.officer(unit)
    people.officer(unit, category="auxiliary")
    went(been, unit, kind="rotation", cycle=cycle, first=-300)
    lines = coverage.rotation(cycle, [unit.path], TODAY)
    assert states(lines) == {been.pk: "covered", missing.pk: "missing"}
    assert coverage.behind(cycle, lines, TODAY) == (2, 1)


def test_rotation_training_before_the_cycle_or_outside_it_does_not_count(unit):
    cycle, other = training.cycle(unit), training.cycle(unit)
    officer = people.officer(unit)
    went(officer, unit, kind="rotation", cycle=cycle, first=-900)
    went(officer, unit, kind="rotation", cycle=other)
    assert states(coverage.rotation(cycle, [unit.path], TODAY)) == {officer.pk: "missing"}


def test_topical_classes_are_counted_apart_and_by_topic(unit):
    for topic in ("渣土", "渣土", "户外广告"):
        training.training_class(unit, kind="topical", topic=topic)
    training.training_class(unit)
    training.training_class(unit, kind="topical", topic="草稿", state="draft")
    assert topical_count([unit.path], 2026) == {"topical": 3, "topics": 2, "other": 1}


def test_a_new_officer_with_unfinished_induction_may_not_be_posted(unit):
    new, old, done = (people.officer(unit) for _ in range(3))
    went(new, unit, kind="induction", state="enrolled", class_state="running", first=-2)
    went(done, unit, kind="induction")
    assert {one.officer_id for one in may_be_posted(TODAY, [unit.path])} == {old.pk, done.pk}
    (held,) = posting.posting(TODAY, [unit.path]).may_not
    assert (held.appointment.officer, held.why) == (new, "class")


@pytest.mark.parametrize("class_state", ["cancelled", "draft"])
def test_a_class_that_never_was_holds_nobody_back(unit, class_state):
    new = people.officer(unit)
    went(new, unit, kind="induction", state="enrolled", class_state=class_state)
    assert [one.officer for one in may_be_posted(TODAY, [unit.path])] == [new]


def test_a_failed_induction_holds_back_until_one_is_completed(unit):
    new = people.officer(unit)
    went(new, unit, kind="induction", state="failed", first=-60)
    assert may_be_posted(TODAY, [unit.path]) == []
    went(new, unit, kind="induction", first=-20)
    assert [one.officer for one in may_be_posted(TODAY, [unit.path])] == [new]


def test_an_unfinished_induction_path_holds_back(unit, monkeypatch):
    new, old = people.officer(unit), people.officer(unit)
    monkeypatch.setattr(posting, "unfinished", lambda pks, on: {new.pk} & set(pks))
    found = posting.posting(TODAY, [unit.path])
    assert [one.officer for one in found.may] == [old]
    assert [one.why for one in found.may_not] == ["path"]
