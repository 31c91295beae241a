"""What the sources tell about units: over the base without the excluded, who stand there by name."""

import datetime
from decimal import Decimal

import pytest

from certificates.ratings.rules.words import Source
from tests.factories import certificates, evidence, hours, people

pytestmark = pytest.mark.django_db
IN_NOVEMBER = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


@pytest.fixture
def twelve():
    """A squad of twelve below a bureau, one of them on long leave."""
    bureau = people.unit("执法局")
    squad = people.unit("东城中队", bureau)
    staff = [people.officer(squad, name=f"队员{n}") for n in range(12)]
    evidence.excluded(staff[0])
    return bureau, squad, staff


def figures(source, unit, about, **fields):
    told = evidence.gathered(source, unit, units=True, **fields)
    return {one.kind: one for one in told if one.unit_id == about.pk}


def test_a_unit_of_twelve_with_one_on_long_leave_uses_eleven(twelve):
    bureau, squad, staff = twelve
    sitting = certificates.released(squad, released_at=IN_NOVEMBER)
    for officer in staff:
        certificates.result(sitting, officer, 80 if officer is not staff[1] else None)
    found = figures(Source.UNIT_EXAM, bureau, squad)
    assert {one.extra["base"] for one in found.values()} == {11}
    assert found["participation"].value == Decimal("90.91")
    assert found["passed"].value == Decimal("90.91")
    assert found["mean"].value == Decimal(80)


def test_who_is_out_of_the_base_stands_there_by_name_reason_approver_and_expiry(twelve):
    bureau, squad, staff = twelve
    sitting = certificates.released(squad, released_at=IN_NOVEMBER)
    certificates.result(sitting, staff[1], 80)
    out = figures(Source.UNIT_EXAM, bureau, squad)["participation"].extra["excluded"]
    assert out == [{"name": "队员0", "reason": "长期病假", "approver": "赵局长", "until": "2026-12-31"}]


def test_an_exclusion_that_has_run_out_leaves_nobody_out(twelve):
    bureau, squad, staff = twelve
    staff[0].rating_exclusions.update(until_on=datetime.date(2026, 12, 30))
    found = figures(Source.UNIT_COVERAGE, bureau, squad)
    assert found["trained"].extra["base"] == 12


def test_coverage_counts_who_was_trained_in_these_days(twelve):
    bureau, squad, staff = twelve
    day = datetime.date(2026, 11, 10)
    for officer in staff[:4]:
        hours.granted(officer, f"session:{officer.pk}", hours.session(day), at=IN_NOVEMBER)
    found = figures(Source.UNIT_COVERAGE, bureau, squad)
    assert (found["trained"].extra["hit"], found["trained"].value) == (3, Decimal("27.27"))
    assert found["hours"].value > 0
    assert found["on_duty"].value == 0
    assert found["trained"].extra["span"] == ["2026-10-01", "2026-12-31"]


def test_only_units_with_none_below_are_measured(twelve):
    bureau, squad, _staff = twelve
    west = people.unit("西城中队", bureau)
    people.officer(west)
    told = evidence.gathered(Source.UNIT_COVERAGE, bureau, units=True)
    assert {one.unit_id for one in told} == {squad.pk, west.pk}


def test_who_reached_the_yearly_target_is_counted_among_those_who_have_one(twelve):
    bureau, squad, staff = twelve
    hours.target(hours=Decimal(1))
    day = datetime.date(2026, 11, 10)
    hours.granted(staff[1], "session:1", hours.session(day), at=IN_NOVEMBER)
    found = figures(Source.UNIT_COVERAGE, bureau, squad)["target"]
    assert (found.extra["base"], found.extra["hit"]) == (11, 1)


def test_a_finding_is_held_against_person_and_unit_once_each(twelve):
    _bureau, squad, staff = twelve
    evidence.record(staff[2], "finding", "unannounced", for_unit=True, points=Decimal(2))
    of_people = evidence.gathered(Source.SUPERVISION, squad)
    of_units = evidence.gathered(Source.SUPERVISION, squad, units=True)
    assert [(one.officer_id, one.value) for one in of_people] == [(staff[2].pk, Decimal(2))]
    assert [(one.unit_id, one.value) for one in of_units] == [(squad.pk, Decimal(2))]
    assert of_people[0].origin != of_units[0].origin


def test_a_score_of_a_unit_is_that_unit_s_alone(twelve):
    bureau, squad, _staff = twelve
    evidence.score(88, unit=squad)
    told = evidence.gathered(Source.EXTERNAL, bureau, units=True)
    assert [(one.unit_id, one.value) for one in told] == [(squad.pk, Decimal(88))]


@pytest.mark.parametrize("source", [Source.UNIT_EXAM, Source.UNIT_COVERAGE, Source.UNIT_MEAN, Source.HONOUR])
def test_more_units_and_people_take_no_more_statements(twelve, source, django_assert_max_num_queries):
    bureau, _squad, _staff = twelve
    asked = evidence.ask(bureau, units=True)
    with django_assert_max_num_queries(12) as few:
        list(evidence.found(source, asked))
    for n in range(3):
        people.officer(people.unit(f"{n}中队", bureau))
    asked = evidence.ask(bureau, units=True)
    with django_assert_max_num_queries(len(few)):
        list(evidence.found(source, asked))
