"""Gathering: facts are appended and never changed, twice changes nothing, corrections and vanished records add rows."""

import datetime
from decimal import Decimal

import pytest

from certificates.ratings.models import Fact, Gathering, Roll
from certificates.ratings.queries import opening
from certificates.ratings.services import gathering, periods
from certificates.ratings.services.records import withdraw
from exams.models import MarkRecord
from lianbing.people.rules import SYSTEM, Role
from tests.factories import certificates, evidence, hours, people

pytestmark = pytest.mark.django_db
IN_NOVEMBER = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
LATER = evidence.AT + datetime.timedelta(days=1)


@pytest.fixture
def squad():
    return people.unit("东城中队")


@pytest.fixture
def hr(squad):
    return people.actor(people.staff(Role.HR, unit=squad))


def gather(period, hr, at=evidence.AT):
    return gathering.gather(period=period, by=hr, at=at)


def marked(attempt, marks, number=2):
    MarkRecord.objects.create(
        attempt=attempt,
        number=number,
        score=Decimal(marks),
        full_marks=100,
        marks=[],
        rule="exact",
        at=evidence.AT,
        reason="复核",
        by={},
    )


def exam(squad, officer, marks):
    return certificates.result(certificates.released(squad, released_at=IN_NOVEMBER), officer, marks)


def test_everybody_who_served_on_the_last_day_is_on_the_roll(squad, hr):
    stays = people.officer(squad)
    people.officer(squad, left_on=datetime.date(2026, 12, 1))
    people.officer(people.unit("别处"))
    out = people.officer(squad, name="李四")
    evidence.excluded(out)
    made = gather(evidence.period(squad, "exam"), hr)
    rows = {row.officer_id: (row.excluded, row.approver) for row in Roll.objects.filter(gathering=made)}
    assert rows == {stays.pk: ("", ""), out.pk: ("长期病假", "赵局长")}


def test_gathering_twice_appends_nothing_and_leaves_one_gathering(squad, hr):
    officer = people.officer(squad)
    exam(squad, officer, 70)
    evidence.record(officer)
    period = evidence.period(squad, "exam", "honour", "certificate", "drill", "hours", "contest")
    first = gather(period, hr)
    facts = Fact.objects.count()
    assert gather(period, hr, LATER) == first
    assert (Fact.objects.count(), Gathering.objects.count()) == (facts, 1)


def test_a_corrected_mark_becomes_a_further_fact_beside_the_first(squad, hr):
    officer = people.officer(squad)
    attempt = exam(squad, officer, 50)
    period = evidence.period(squad, "exam")
    gather(period, hr)
    marked(attempt, 88)
    gather(period, hr, LATER)
    rows = Fact.objects.filter(source="exam").order_by("number").values_list("number", "value", "kind")
    assert list(rows) == [(1, Decimal(50), "failed"), (2, Decimal(88), "passed")]


def test_what_was_taken_back_gets_a_row_that_says_it_is_gone_and_may_come_back(squad, hr):
    record = evidence.record(people.officer(squad))
    period = evidence.period(squad, "honour")
    gather(period, hr)
    withdraw(record=record, reason="登记有误，撤回", by=SYSTEM, at=LATER)
    gather(period, hr, LATER)
    assert list(Fact.objects.order_by("number").values_list("number", "gone")) == [(1, False), (2, True)]
    gather(period, hr, LATER + datetime.timedelta(days=1))
    assert Fact.objects.count() == 2


def test_a_month_and_its_quarter_do_not_tell_the_same_thing_twice(squad, hr):
    exam(squad, people.officer(squad), 70)
    gather(evidence.period(squad, "exam"), hr)
    month = (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    gather(evidence.period(squad, "exam", first=month[0], last=month[1]), hr, LATER)
    assert Fact.objects.count() == 1


def test_a_quarter_does_not_call_the_year_s_figures_of_a_unit_gone(squad, hr):
    people.officer(squad)
    year = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    gather(evidence.period(squad, "unit_coverage", subject="unit", first=year[0], last=year[1]), hr)
    gather(evidence.period(squad, "unit_coverage", subject="unit"), hr, LATER)
    assert not Fact.objects.filter(gone=True).exists()
    assert {tuple(fact.extra["span"]) for fact in Fact.objects.all()} == {
        ("2026-01-01", "2026-12-31"),
        ("2026-10-01", "2026-12-31"),
    }


def test_a_changed_base_of_a_unit_becomes_a_further_fact(squad, hr):
    officer = people.officer(squad)
    people.officer(squad)
    period = evidence.period(squad, "unit_coverage", subject="unit")
    gather(period, hr)
    evidence.excluded(officer)
    gather(period, hr, LATER)
    rows = Fact.objects.filter(kind="trained").order_by("number")
    assert [(row.number, row.extra["base"]) for row in rows] == [(1, 2), (2, 1)]


def test_only_what_the_scheme_asks_for_is_gathered(squad, hr):
    officer = people.officer(squad)
    exam(squad, officer, 70)
    evidence.record(officer)
    gather(evidence.period(squad, "honour"), hr)
    assert set(Fact.objects.values_list("source", flat=True)) == {"honour"}


def test_it_tells_how_far_it_is(squad, hr):
    people.officer(squad)
    period = evidence.period(squad, "exam", "honour")
    steps = list(gathering.gathering(period=period, by=hr, at=evidence.AT))
    assert [(step.done, step.total, step.source.value) for step in steps] == [
        (1, 2, "exam"),
        (2, 2, "honour"),
    ]


def test_people_of_several_batches_are_gathered_alike(squad, hr, monkeypatch):
    monkeypatch.setattr(gathering, "PEOPLE_AT_ONCE", 2)
    staff = [people.officer(squad) for _ in range(5)]
    sitting = certificates.released(squad, released_at=IN_NOVEMBER)
    for officer in staff:
        certificates.result(sitting, officer, 70)
    gather(evidence.period(squad, "exam"), hr)
    assert set(Fact.objects.values_list("officer_id", flat=True)) == {one.pk for one in staff}


def test_more_people_take_no_more_statements(squad, hr, django_assert_max_num_queries):
    sources = ("exam", "honour", "sanction", "measure", "hours", "certificate", "drill", "contest")
    used = []
    for count in (2, 12):
        blueprint = certificates.rule().blueprint
        sitting = certificates.released(squad, released_at=IN_NOVEMBER, blueprint=blueprint)
        for _ in range(count):
            officer = people.officer(squad)
            certificates.result(sitting, officer, 70)
            evidence.record(officer)
        period = evidence.period(squad, *sources)
        with django_assert_max_num_queries(140) as asked:
            gather(period, hr)
        used.append(len(asked))
    assert used[1] <= used[0]


def test_a_scheme_for_officers_leaves_auxiliaries_off_the_roll(squad, hr):
    officer = people.officer(squad)
    people.officer(squad, category="auxiliary")
    period = evidence.period(squad, "exam", categories=["officer"])
    assert [row.officer_id for row in Roll.objects.filter(gathering=gather(period, hr))] == [officer.pk]


def test_each_period_counts_the_figures_of_its_own_days(squad, hr):
    officer = people.officer(squad)
    people.officer(squad)
    hours.granted(officer, "session:1", hours.session(datetime.date(2026, 11, 10)), at=IN_NOVEMBER)
    kinds = {"params": {"kinds": ["trained"]}, "combine": "last"}
    december = (datetime.date(2026, 12, 1), datetime.date(2026, 12, 31))
    found = {}
    for first, last in (december, (evidence.FIRST, evidence.LAST)):
        period = evidence.period(squad, "unit_coverage", subject="unit", first=first, last=last, told=kinds)
        gather(period, hr, LATER)
        statement = periods.compute(period=period, by=hr, at=LATER)
        (result,) = statement.results.all()
        found[first.month] = Decimal(result.lines[0][0])
        assert {fact.kind for fact in opening.facts_behind(result, period_code(period))} == {"trained"}
    assert found == {12: Decimal(0), 10: Decimal(50)}


def period_code(period):
    return period.scheme_version.spec["lines"][0]["code"]
