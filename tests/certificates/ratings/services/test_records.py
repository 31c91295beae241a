"""Recording honours, sanctions and measures; taking them back; leaving people out of the base."""

import datetime

import pytest

from certificates.ratings.models import Record
from certificates.ratings.rules.records import Kind
from certificates.ratings.services.exclusions import exclude, withdraw_exclusion
from certificates.ratings.services.records import Draft, RecordRefused, record, withdraw
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Appointment
from lianbing.people.rules import Role
from tests.factories import evidence, people

pytestmark = pytest.mark.django_db
DAY, LAST = datetime.date(2026, 11, 2), datetime.date(2027, 5, 1)


@pytest.fixture
def squad():
    return people.unit("东城中队")


@pytest.fixture
def hr(squad):
    return people.actor(people.staff(Role.HR, unit=squad))


def draft(officer, **fields):
    said = {"kind": Kind.HONOUR, "sort": "individual", "title": "年度先进个人", "on": DAY} | fields
    return Draft(officer=officer, **said)


def test_where_the_person_served_on_the_day_is_kept(squad, hr, at):
    officer = people.officer(squad)
    made = record(draft=draft(officer), by=hr, at=at)
    Appointment.objects.filter(officer=officer).update(unit=people.unit("别处"))
    assert Record.objects.get(pk=made.pk).unit == squad
    assert AuditRecord.objects.get(action="recorded").subject_name.endswith("年度先进个人")


def test_the_trail_does_not_tell_why_a_measure_was_taken(squad, hr, at):
    said = {"kind": Kind.MEASURE, "sort": "yellow_card", "title": "酒后上岗", "expires_on": LAST}
    record(draft=draft(people.officer(squad), **said), by=hr, at=at)
    assert "酒后上岗" not in AuditRecord.objects.get(action="recorded").subject_name


def test_the_same_thing_is_recorded_once_and_again_after_it_was_taken_back(squad, hr, at):
    officer = people.officer(squad)
    first = record(draft=draft(officer), by=hr, at=at)
    with pytest.raises(RecordRefused):
        record(draft=draft(officer), by=hr, at=at)
    withdraw(record=first, reason="文号写错了", by=hr, at=at)
    assert record(draft=draft(officer), by=hr, at=at).number == 2


def test_a_record_is_taken_back_once(squad, hr, at):
    made = record(draft=draft(people.officer(squad)), by=hr, at=at)
    withdraw(record=made, reason="文号写错了", by=hr, at=at)
    with pytest.raises(RecordRefused):
        withdraw(record=made, reason="文号写错了", by=hr, at=at)


def test_nobody_records_something_about_themselves_or_about_others_units(squad, at):
    officer = people.officer(squad)
    own = people.actor(people.grant(officer.user, Role.HR))
    elsewhere = people.actor(people.staff(Role.HR, unit=people.unit("别处")))
    for by in (own, elsewhere):
        with pytest.raises(RecordRefused):
            record(draft=draft(officer), by=by, at=at)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": Kind.MEASURE, "sort": "talk"}, "expires_on"),
        ({"sort": "yellow_card"}, "sort"),
        ({"on": datetime.date(2026, 12, 1)}, "on"),
        ({"on": datetime.date(2010, 1, 1)}, "officer"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_field(squad, hr, at, changed, field):
    with pytest.raises(RecordRefused) as refused:
        record(draft=draft(people.officer(squad), **changed), by=hr, at=at)
    assert refused.value.field == field


def test_a_measure_is_taken_with_a_person_and_nobody_answers_for_themselves(squad, hr, at):
    officer = people.officer(squad)
    with pytest.raises(RecordRefused):
        record(draft=draft(None, unit=squad, kind=Kind.MEASURE, sort="talk", expires_on=LAST), by=hr, at=at)
    with pytest.raises(RecordRefused):
        record(draft=draft(officer, leader=officer), by=hr, at=at)


def leave_out(officer, hr, at, **fields):
    said = {"reason": "长期病假", "approver": "赵局长", "from_on": DAY, "until_on": LAST} | fields
    return exclude(officer=officer, by=hr, at=at, **said)


def test_somebody_is_left_out_once_at_a_time_and_counted_again_by_name(squad, hr, at):
    officer = people.officer(squad, name="李四")
    made = leave_out(officer, hr, at)
    with pytest.raises(RecordRefused):
        leave_out(officer, hr, at, from_on=LAST, until_on=LAST + datetime.timedelta(days=9))
    withdraw_exclusion(exclusion=made, reason="提前返岗", by=hr, at=at)
    leave_out(officer, hr, at)
    acts = AuditRecord.objects.filter(action__contains="exclu").values_list("action", "subject_name")
    assert [action for action, _name in acts] == ["excluded", "exclusion_withdrawn", "excluded"]
    assert all(name.startswith("李四") for _action, name in acts)


@pytest.mark.parametrize(
    "changed",
    [
        {"until_on": datetime.date(2026, 11, 1)},
        {"until_on": datetime.date(2036, 1, 1)},
        {"approver": " "},
        {"reason": ""},
    ],
)
def test_nobody_is_left_out_without_reason_approver_and_end(squad, hr, at, changed):
    with pytest.raises(RecordRefused):
        leave_out(people.officer(squad), hr, at, **changed)


def test_a_measure_without_an_end_is_refused_by_the_database(squad):
    with pytest.raises(Exception, match="record_measure_lapses"):
        evidence.record(people.officer(squad), "measure", "talk", expires_on=None)
