"""What the sources tell about people: what counts, what does not, and how many statements it takes."""

import datetime
from decimal import Decimal

import pytest

from certificates.ratings.rules.words import Source
from certificates.ratings.services.records import withdraw
from courses.drills.models import DrillSet
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, evidence, exams, hours, people

pytestmark = pytest.mark.django_db
IN_NOVEMBER = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


@pytest.fixture
def squad():
    return people.unit("东城中队")


def sat(sitting, officer, marks):
    return certificates.result(sitting, officer, marks)


def released(squad, **fields):
    return certificates.released(squad, released_at=IN_NOVEMBER, **fields)


def test_an_exam_tells_the_percent_and_who_stayed_away(squad):
    there, away = people.officer(squad), people.officer(squad)
    sitting = released(squad)
    sat(sitting, there, 86)
    sat(sitting, away, None)
    told = {one.officer_id: (one.kind, one.value) for one in evidence.gathered(Source.EXAM, squad)}
    assert told == {there.pk: ("passed", Decimal(86)), away.pk: ("absent", Decimal(0))}


def test_an_exam_whose_results_are_not_out_tells_nothing(squad):
    sat(certificates.released(squad, released_at=None), people.officer(squad), 86)
    assert evidence.gathered(Source.EXAM, squad) == []


def test_what_was_released_after_the_moment_asked_about_is_not_known_then(squad):
    sat(released(squad), people.officer(squad), 86)
    assert evidence.gathered(Source.EXAM, squad, at=IN_NOVEMBER - datetime.timedelta(hours=1)) == []


def test_the_exams_of_a_merged_record_are_those_of_the_person(squad):
    kept = people.officer(squad)
    old = people.officer(squad, merged_into=kept)
    sat(released(squad), old, 70)
    assert [one.officer_id for one in evidence.gathered(Source.EXAM, squad)] == [kept.pk]


def test_hours_come_by_month_and_kind(squad):
    officer = people.officer(squad)
    day = datetime.date(2026, 11, 10)
    hours.granted(officer, "session:1", hours.session(day))
    told = evidence.gathered(Source.HOURS, squad)
    assert [(one.on, one.kind) for one in told] == [(datetime.date(2026, 11, 30), "in_person")]
    assert told[0].value > 0


def test_sets_finished_are_counted_month_by_month(squad):
    officer = people.officer(squad)
    for day in (3, 4):
        moment = IN_NOVEMBER.replace(day=day)
        DrillSet.objects.create(
            officer=officer, kind="daily", on=moment.date(), made_at=moment, finished_at=moment
        )
    told = [one for one in evidence.gathered(Source.DRILL, squad) if one.kind == "finished"]
    assert [(one.officer_id, one.value) for one in told] == [(officer.pk, Decimal(2))]


def test_who_holds_no_certificate_is_not_on_duty(squad):
    people.officer(squad)
    told = evidence.gathered(Source.CERTIFICATE, squad)
    assert [(one.value, one.extra["on_duty"]) for one in told] == [(Decimal(0), False)]


def test_a_sanction_stands_once_with_the_person_and_once_with_who_answers_for_it(squad):
    officer, leader = people.officer(squad), people.officer(squad)
    evidence.record(officer, "sanction", "warning", leader=leader, points=Decimal(5))
    told = {one.officer_id: one for one in evidence.gathered(Source.SANCTION, squad)}
    assert {pk: one.extra["linked"] for pk, one in told.items()} == {officer.pk: False, leader.pk: True}
    assert [one.value for one in told.values()] == [Decimal(5), Decimal(5)]


def test_a_yellow_card_of_before_counts_while_it_holds_and_no_longer(squad):
    officer = people.officer(squad)
    early, over = datetime.date(2026, 8, 1), datetime.date(2026, 9, 30)
    evidence.record(officer, "measure", "yellow_card", on=early, expires_on=datetime.date(2026, 10, 1))
    evidence.record(officer, "measure", "talk", on=early, expires_on=over)
    told = evidence.gathered(Source.MEASURE, squad)
    assert [(one.kind, one.until) for one in told] == [("yellow_card", datetime.date(2026, 10, 1))]


def test_a_point_of_a_measure_does_not_say_what_it_was_for(squad):
    evidence.record(people.officer(squad), "measure", "yellow_card", title="酒后上岗")
    (told,) = evidence.gathered(Source.MEASURE, squad)
    assert "酒后上岗" not in told.label


def test_what_was_taken_back_counts_no_more(squad):
    record = evidence.record(people.officer(squad))
    withdraw(record=record, reason="登记有误，撤回", by=SYSTEM, at=evidence.AT)
    assert evidence.gathered(Source.HONOUR, squad) == []


def test_the_newest_number_of_a_score_from_outside_counts(squad):
    officer = people.officer(squad)
    evidence.score(80, officer=officer, key="k")
    evidence.score(90, officer=officer, key="k", number=2, reason="更正")
    told = evidence.gathered(Source.EXTERNAL, squad)
    assert [(one.value, one.kind, one.extra["number"]) for one in told] == [(Decimal(90), "satisfaction", 2)]


def test_a_score_withdrawn_tells_nothing(squad):
    officer = people.officer(squad)
    evidence.score(80, officer=officer, key="k")
    evidence.score(80, officer=officer, key="k", number=2, reason="撤回", gone=True)
    assert evidence.gathered(Source.EXTERNAL, squad) == []


ASKED = [one for one in Source if not one.startswith("unit_") and one is not Source.ROLL_UP]


def _everything(squad, count):
    """So many people with an exam, hours, a record of each kind, a score and a finished set."""
    sitting, day = released(squad, blueprint=exams.blueprint()), datetime.date(2026, 11, 10)
    for number in range(count):
        officer = people.officer(squad)
        sat(sitting, officer, 60 + number % 40)
        evidence.record(officer)
        evidence.record(officer, "sanction", "warning")
        evidence.record(officer, "measure", "talk")
        evidence.record(officer, "finding", "inspection")
        evidence.score(90, officer=officer)
        hours.granted(
            officer,
            f"session:{sitting.pk}:{number}",
            hours.session(day),
            at=IN_NOVEMBER,
        )


@pytest.mark.parametrize("source", ASKED)
def test_a_source_takes_as_many_statements_for_twelve_people_as_for_two(
    squad, source, django_assert_max_num_queries
):
    _everything(squad, 2)
    asked = evidence.ask(squad)
    with django_assert_max_num_queries(30) as few:
        list(evidence.found(source, asked))
    _everything(squad, 10)
    asked = evidence.ask(squad)
    with django_assert_max_num_queries(len(few)):
        assert (
            source is Source.CONTEST
            or list(evidence.found(source, asked))
            or source
            in {
                Source.DRILL,
                Source.IMPORTED,
                Source.CASE_QUALITY,
                Source.CASE_COUNT,
            }
        )
