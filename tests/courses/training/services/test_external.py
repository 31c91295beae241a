"""External training: evidence, the second person, hours by the active table (R17, R83)."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from courses.training.models import ConversionTable, External, HourEntry, PeriodLock
from courses.training.queries import file_sections
from courses.training.rules.conversion import PRESETS, to_json
from courses.training.services import external as service
from courses.training.services import nominations
from courses.training.services import tables as conversion_tables
from courses.training.services.external import ExternalRefused
from courses.training.services.locks import PeriodLocked
from lianbing.people.rules import Role
from tests.factories import people, plans


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    east = people.unit("东城中队", root)
    officer = people.officer(east, name="王小明")
    return SimpleNamespace(
        root=root,
        east=east,
        officer=officer,
        self=people.actor(officer.user),
        trainer=people.actor(people.staff(Role.TRAINER, unit=east)),
        hr=people.actor(people.staff(Role.HR)),
        hr_two=people.actor(people.staff(Role.HR)),
    )


def table(preset, at):
    """Let one of the presets hold from the beginning of 2020."""
    figures = next(one.table for one in PRESETS if one.code == preset)
    conversion_tables.tables_for_grants(at)
    last = ConversionTable.objects.order_by("-version").first()
    number = last.version + 1 if last else 1
    return ConversionTable.objects.create(
        version=number,
        title=preset,
        holds_from=datetime.date(2025, 1, 1),
        rules=to_json(figures),
        drafted_at=at,
        drafted_by={},
        approved_at=at,
        approved_by={},
    )


def entered(bureau, at, by=None, **facts):
    record = plans.external(bureau.officer, **facts)
    return service.enter(record=record, files=[plans.certificate()], by=by or bureau.self, at=at)


def code(call, **kwargs):
    with pytest.raises(ExternalRefused) as refusal:
        call(**kwargs)
    return refusal.value.code


@pytest.mark.parametrize(("preset", "hours"), [("8-4", Decimal(24)), ("6-3", Decimal(18))])
def test_three_days_with_a_certificate_give_hours_by_the_active_table(bureau, at, preset, hours):
    """R17: a 3-day external course with certificate image = hours by the active conversion table."""
    table(preset, at)
    record = entered(bureau, at)
    assert record.files.get().content_type == "image/png"
    service.accept(record=record, by=bureau.hr, at=at)
    entry = HourEntry.objects.get(officer=bureau.officer)
    assert (entry.hours, entry.kind, entry.days) == (hours, "external", Decimal(3))
    record.refresh_from_db()
    assert (record.state, record.hours) == ("accepted", hours)


def test_one_external_course_gives_no_more_than_the_tables_cap(bureau, at):
    table("6-3", at)
    start = datetime.date(2026, 10, 1)
    record = entered(
        bureau, at, starts_on=start, ends_on=start + datetime.timedelta(days=19), days=Decimal(15)
    )
    service.accept(record=record, by=bureau.hr, at=at)
    assert HourEntry.objects.get().hours == 48


def test_a_course_over_new_years_eve_is_split_between_the_years(bureau, at):
    table("8-4", at)
    facts = {"starts_on": datetime.date(2025, 12, 30), "ends_on": datetime.date(2026, 1, 2)}
    record = entered(bureau, at, days=Decimal(4), **facts)
    service.accept(record=record, by=bureau.hr, at=at)
    assert record.granted == [{"year": 2025, "hours": "16.00"}, {"year": 2026, "hours": "16.00"}]
    assert record.hours == 32


def test_nothing_is_entered_without_evidence(bureau, at):
    record = plans.external(bureau.officer)
    assert code(service.enter, record=record, files=[], by=bureau.self, at=at) == "evidence"
    assert not External.objects.exists()


def test_the_same_file_twice_is_refused_and_nothing_half_saved(bureau, at):
    record = plans.external(bureau.officer)
    same = [plans.certificate(), plans.certificate()]
    assert code(service.enter, record=record, files=same, by=bureau.self, at=at) == "twice"
    assert not External.objects.exists()


def test_a_colleague_enters_nothing_for_others(bureau, at):
    other = people.actor(people.officer(bureau.east).user)
    record = plans.external(bureau.officer)
    assert code(service.enter, record=record, files=[plans.certificate()], by=other, at=at) == "right"


def test_a_second_person_checks(bureau, at):
    record = entered(bureau, at, by=bureau.hr)
    assert code(service.accept, record=record, by=bureau.hr, at=at) == "right"
    assert code(service.accept, record=record, by=bureau.trainer, at=at) == "right"
    service.accept(record=record, by=bureau.hr_two, at=at)


def test_hr_does_not_check_their_own(bureau, at):
    people.grant(bureau.officer.user, Role.HR)
    record = entered(bureau, at, by=bureau.trainer)
    own = people.actor(bureau.officer.user)
    assert code(service.accept, record=record, by=own, at=at) == "right"


def test_two_who_accept_at_once_give_the_hours_once(bureau, at):
    record = entered(bureau, at)
    twin = External.objects.get(pk=record.pk)
    service.accept(record=record, by=bureau.hr, at=at)
    assert code(service.accept, record=twin, by=bureau.hr_two, at=at) == "state"
    assert HourEntry.objects.count() == 1


def test_a_refusal_keeps_its_reason_and_gives_no_hours(bureau, at):
    record = entered(bureau, at)
    assert code(service.refuse, record=record, reason="", by=bureau.hr, at=at) == "reason"
    service.refuse(record=record, reason="证书无法辨认", by=bureau.hr, at=at)
    record.refresh_from_db()
    assert (record.state, record.reason, HourEntry.objects.count()) == ("refused", "证书无法辨认", 0)


def test_one_takes_back_what_nobody_has_decided(bureau, at):
    record = entered(bureau, at)
    service.withdraw(record=record, by=bureau.self, at=at)
    assert code(service.accept, record=record, by=bureau.hr, at=at) == "state"
    assert code(service.withdraw, record=record, by=bureau.self, at=at) == "right"


def test_nothing_is_entered_or_accepted_in_a_closed_period(bureau, at):
    record = entered(bureau, at)
    PeriodLock.objects.create(
        first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 10), locked_at=at, by={}
    )
    with pytest.raises(PeriodLocked):
        service.accept(record=record, by=bureau.hr, at=at)
    with pytest.raises(PeriodLocked):
        entered(bureau, at, title="另一门课")
    record.refresh_from_db()
    assert (record.state, HourEntry.objects.count()) == ("entered", 0)


def came_back(bureau, at):
    quota = plans.quota(unit=bureau.east)
    one = nominations.nominate(quota=quota, officer=bureau.officer, by=bureau.trainer, at=at)
    nominations.decide(nomination=one, approve=True, reason="", by=bureau.hr, at=at)
    record = service.enter(
        record=plans.external(bureau.officer, score=Decimal(91), result="优秀"),
        files=[plans.certificate()],
        nomination=one,
        by=bureau.self,
        at=at,
    )
    return one, record


def test_a_nominated_officers_result_gives_hours_and_closes_the_nomination(bureau, at):
    """R83: a nominated officer's external result lands in the personal file."""
    one, record = came_back(bureau, at)
    service.accept(record=record, by=bureau.hr, at=at)
    one.refresh_from_db()
    assert (one.state, one.external.score) == ("returned", 91)
    assert HourEntry.objects.get(source=f"external:{record.uid}").officer == bureau.officer
    entry = next(one for one in file_sections.training([bureau.officer.pk], None) if one.kind == "external")
    assert (entry.title, entry.hours) == (record.title, record.hours)


def test_a_refused_result_may_be_entered_again(bureau, at):
    one, record = came_back(bureau, at)
    service.refuse(record=record, reason="缺证书编号", by=bureau.hr, at=at)
    one.refresh_from_db()
    assert one.state == "approved"
    again = plans.external(bureau.officer)
    service.enter(record=again, files=[plans.certificate()], nomination=one, by=bureau.self, at=at)
    assert again.nomination == one
