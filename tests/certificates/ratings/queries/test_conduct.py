"""What the register of certificates is told of conduct."""

import datetime

import pytest

from certificates.ports import conduct
from certificates.ratings.services.records import withdraw
from lianbing.people.rules import SYSTEM
from tests.factories import evidence, people

pytestmark = pytest.mark.django_db
YEAR = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@pytest.fixture
def officer():
    return people.officer(people.unit("东城中队"))


def told(officer):
    return [(one.words, one.grave) for one in conduct([officer.pk], *YEAR).get(officer.pk, [])]


def test_a_sanction_is_grave_a_finding_is_not_and_an_honour_is_nothing_of_the_sort(officer):
    evidence.record(officer)
    evidence.record(officer, "sanction", "warning", title="擅离职守")
    evidence.record(officer, "finding", "unannounced", title="占道未处置", on=datetime.date(2026, 10, 1))
    assert [(grave, "擅离职守" in words) for words, grave in told(officer)] == [(True, True), (False, False)]


def test_of_a_measure_only_its_sort_is_told(officer):
    evidence.record(officer, "measure", "yellow_card", title="酒后上岗")
    ((words, _grave),) = told(officer)
    assert "黄牌" in words
    assert "酒后上岗" not in words


def test_a_sanction_of_last_year_is_told_while_it_holds_and_not_after_it_was_taken_back(officer):
    before = datetime.date(2025, 12, 1)
    record = evidence.record(officer, "sanction", "warning", on=before, expires_on=datetime.date(2026, 5, 31))
    assert len(told(officer)) == 1
    withdraw(record=record, reason="处分决定已撤销", by=SYSTEM, at=evidence.AT)
    assert told(officer) == []


def test_more_people_take_no_more_statements(officer, django_assert_num_queries):
    others = [people.officer(people.unit(f"{n}队")) for n in range(3)]
    for one in (officer, *others):
        evidence.record(one, "sanction", "warning")
    with django_assert_num_queries(1):
        conduct([one.pk for one in (officer, *others)], *YEAR)
