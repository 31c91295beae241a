"""Plan against done from real sessions, up the tree, and costs by unit and year (R06, R71)."""

import datetime
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from courses.training.models import HourEntry
from courses.training.queries import plan_costs, plan_progress
from tests.factories import people, plans, training

TODAY = training.TODAY


@pytest.fixture
def tree(db):
    """A brigade's line of four sessions; one line of each squad hangs on it."""
    root = people.unit("云汐市城管局")
    brigade = people.unit("一大队", root)
    east, west = people.unit("东城中队", brigade), people.unit("西城中队", brigade)
    above = plans.line(plans.plan(brigade, state="approved"), target=D(4))
    below = {
        unit: plans.line(plans.plan(unit, state="approved"), parent_key=above.key) for unit in (east, west)
    }
    return SimpleNamespace(root=root, brigade=brigade, east=east, west=west, above=above, below=below)


def standing(*lines, today=TODAY):
    found = plan_progress.standings([line.plan for line in lines], today)
    return [one.lines[0] for one in found]


def entry(officer, source, hours, **fields):
    facts = {"kind": "in_person", "counted_as": "in_person", "earned_on": TODAY, "year": TODAY.year} | fields
    return HourEntry.objects.create(
        officer=officer, source=source, hours=hours, title="x", recorded_at=plans.AT, by={}, **facts
    )


def test_a_squads_sessions_count_in_its_line_and_once_in_the_brigades(tree):
    """R06: completion recomputed from actual classes, a squad plan linked to a brigade plan."""
    plans.closed_session(tree.below[tree.east])
    plans.closed_session(tree.below[tree.west], starts_at=training.NINE - training.DAY)
    plans.closed_session(tree.above, starts_at=training.NINE - 2 * training.DAY)
    above, east = standing(tree.above, tree.below[tree.east])
    assert (above.done.amount, above.done.percent) == (3, 75)
    assert (east.done.amount, east.done.percent) == (1, 50)
    plans.closed_session(tree.below[tree.east], starts_at=training.NINE - 3 * training.DAY)
    assert standing(tree.above)[0].done.complete


@pytest.mark.parametrize("state", ["planned", "open", "cancelled"])
def test_only_closed_sessions_count(tree, state):
    training.session(unit=tree.east, plan_line=tree.below[tree.east], state=state)
    assert standing(tree.above)[0].done.amount == 0


def test_a_class_counts_once_when_its_last_session_is_closed(tree):
    course = training.training_class(tree.east, plan_line=tree.below[tree.east])
    batch = training.batch(course)
    for days in (0, 1):
        training.session(batch, starts_at=training.NINE - days * training.DAY, state="closed")
    last = training.session(batch, starts_at=training.NINE - 2 * training.DAY, state="open")
    assert standing(tree.above)[0].done.amount == 0
    last.state = "closed"
    last.save()
    assert standing(tree.above)[0].done.amount == 1


def test_coverage_is_of_those_who_serve_in_the_unit_and_below(tree):
    here = [people.officer(tree.east) for _ in range(4)]
    line = plans.line(
        plans.plan(tree.root, state="approved"), measure="coverage", target=D(100), owner=here[0]
    )
    owners = 2 + 1
    present = [*here[:2], here[0]]
    plans.closed_session(line, unit=tree.east, present=set(present))
    expected = (D(2) * 100 / (len(here) + owners)).quantize(D("0.1"), "ROUND_DOWN")
    assert standing(line)[0].done.percent == expected


def test_who_was_absent_is_not_trained(tree):
    line = plans.line(plans.plan(tree.root, state="approved"), measure="people", target=D(2))
    plans.closed_session(line, present=[people.officer(tree.east)], minutes=0)
    plans.closed_session(line, present=[people.officer(tree.east)], starts_at=training.NINE - training.DAY)
    assert standing(line)[0].done.amount == 1


def test_two_records_of_one_person_are_one_person(tree):
    line = plans.line(plans.plan(tree.root, state="approved"), measure="people", target=D(2))
    officer = people.officer(tree.east)
    former = people.officer(tree.east, merged_into=officer)
    plans.closed_session(line, present=[officer, former])
    assert standing(line)[0].done.amount == 1


def test_hours_per_person_are_the_ledgers_with_corrections_followed(tree):
    unit = people.unit("直属中队", tree.root)
    worker, owner = people.officer(unit), people.officer(unit)
    line = plans.line(plans.plan(unit, state="approved"), measure="hours", target=D(8), owner=owner)
    session = plans.closed_session(line, present=[worker])
    first = entry(worker, f"session:{session.uid}:{worker.pk}", D(4))
    assert standing(line)[0].done.amount == 2
    entry(worker, f"counter:{first.uid}", D(-4), kind="counter", counters=first)
    assert standing(line)[0].done.amount == 0
    entry(worker, f"correct:{first.uid}", D(6), replaces=first)
    assert standing(line)[0].done.amount == 3


def test_work_for_an_earlier_version_counts_for_the_line(tree):
    old = tree.below[tree.east]
    plans.closed_session(old)
    old.plan.state = "replaced"
    old.plan.save()
    new = plans.plan(tree.east, version=2, state="approved", amends=old.plan)
    line = plans.line(new, key=old.key, parent_key=old.parent_key, target=D(1))
    assert standing(line)[0].done.complete
    assert standing(tree.above)[0].done.amount == 1


def test_accepted_external_training_counts_and_what_waits_does_not(tree):
    line = plans.line(plans.plan(tree.root, state="approved"), measure="people", target=D(1))
    officer = people.officer(tree.east)
    facts = {"unit": tree.east, "plan_line": line, "entered_at": plans.AT, "entered_by": {}}
    record = plans.external(officer, enterer=officer.user, **facts)
    record.save()
    assert standing(line)[0].done.amount == 0
    record.state = "accepted"
    record.save()
    assert standing(line)[0].done.complete


def test_a_line_is_overdue_from_the_day_after_and_no_more_when_done(tree):
    line = plans.line(plans.plan(tree.root, state="approved"), target=D(1), due_on=TODAY)
    assert not standing(line)[0].overdue
    assert standing(line, today=TODAY + datetime.timedelta(days=1))[0].overdue
    plans.closed_session(line)
    assert not standing(line, today=TODAY + datetime.timedelta(days=1))[0].overdue


def test_costs_are_summed_by_unit_and_year(tree):
    """R71: sum by unit and year, against a sum of our own."""
    planned = {tree.brigade: D("1000.50"), tree.east: D(300), tree.west: D(200)}
    for unit, cost in planned.items():
        plans.line(plans.plan(unit, year=2025, state="approved"), cost_planned=cost)
    day = datetime.date(2025, 5, 6)
    spent = {tree.east: D("120.25"), tree.west: D(80)}
    for unit, cost in spent.items():
        training.training_class(unit, starts_on=day, ends_on=day, cost=cost)
    training.training_class(tree.east, starts_on=day, ends_on=day, cost=D(999), state="cancelled")
    training.training_class(tree.east, cost=D(500))
    rows = {row.unit.name: row for row in plan_costs.costs([""], 2025)}
    assert rows["东城中队"].spent == spent[tree.east]
    assert rows["一大队"].planned == planned[tree.brigade]
    assert rows["一大队"].planned_below == sum(planned.values())
    assert rows["云汐市城管局"].spent_below == sum(spent.values())
    assert plan_costs.total(list(rows.values())) == (sum(planned.values()), sum(spent.values()))
    assert [row.unit.name for row in plan_costs.costs([tree.east.path], 2025)] == ["东城中队"]
