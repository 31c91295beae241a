"""Closed periods, conversion tables, targets, carrying over, online courses: what HR sets, and who may."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from courses.training.models import CarryRun, ConversionTable, HourEntry, PeriodLock, YearTarget
from courses.training.queries.hours import totals
from courses.training.queries.tables import approved_tables, compared, holding
from courses.training.rules.conversion import PRESETS, Activity, Form
from courses.training.rules.periods import month, whole_year
from courses.training.services import carry, locks, tables
from courses.training.services.hours import counter
from courses.training.services.locks import LockRefused, PeriodLocked, check_open
from courses.training.services.tables import TableRefused
from courses.training.services.targets import save_target
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Actor
from tests.factories.hours import AT, granted, session, table, target
from tests.factories.people import officer, unit

pytestmark = pytest.mark.django_db
ONE = Actor(user_id=1, staff_number="H1", name="人事甲")
TWO = Actor(user_id=2, staff_number="H2", name="人事乙")
JUNE = month(2026, 6)
NEXT_YEAR = datetime.datetime(2027, 1, 10, 1, tzinfo=datetime.UTC)


def closed(at_unit=None, span=JUNE):
    return locks.close(unit=at_unit, first=span[0], last=span[1], by=ONE, at=AT)


def test_a_closed_month_closes_every_day_of_it_and_no_other():
    closed()
    for day in JUNE:
        with pytest.raises(PeriodLocked):
            check_open(day, None)
    check_open(datetime.date(2026, 5, 31), None)
    check_open(datetime.date(2026, 7, 1), None)


def test_a_lock_closes_its_unit_and_what_lies_below():
    brigade = unit("大队")
    squad, other = unit("中队", brigade), unit("别的")
    closed(brigade)
    with pytest.raises(PeriodLocked):
        check_open(JUNE[0], squad)
    check_open(JUNE[0], other)
    check_open(JUNE[0], None)


def test_a_span_touching_a_closed_day_is_closed():
    closed()
    with pytest.raises(PeriodLocked):
        check_open(datetime.date(2026, 5, 1), None, until=JUNE[0])


@pytest.mark.parametrize(
    ("first", "last"),
    [(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30)), (JUNE[1], JUNE[0])],
)
def test_only_a_whole_period_that_is_over_is_closed(first, last):
    with pytest.raises(LockRefused):
        locks.close(unit=None, first=first, last=last, by=ONE, at=AT)


def test_a_period_is_closed_once():
    closed()
    with pytest.raises(LockRefused):
        closed()


def test_opening_takes_a_reason_and_a_second_person():
    lock = closed()
    for reason in ("", "  "):
        with pytest.raises(LockRefused):
            locks.ask_to_open(lock=lock, reason=reason, by=ONE, at=AT)
    with pytest.raises(LockRefused):
        locks.open_again(lock=lock, by=TWO, at=AT)
    locks.ask_to_open(lock=lock, reason="漏报一班次", by=ONE, at=AT)
    with pytest.raises(LockRefused):
        locks.open_again(lock=lock, by=ONE, at=AT)
    locks.open_again(lock=lock, by=TWO, at=AT)
    check_open(JUNE[0], None)
    assert AuditRecord.objects.get(action="period_opened").reason == "漏报一班次"


def test_an_opened_lock_stays_on_record_and_the_period_can_be_closed_anew():
    lock = closed()
    locks.ask_to_open(lock=lock, reason="错", by=ONE, at=AT)
    locks.open_again(lock=lock, by=TWO, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        PeriodLock.objects.filter(pk=lock.pk).update(lifted_at=None)
    assert closed().pk != lock.pk


def test_a_request_to_open_can_be_declined_and_made_again():
    lock = closed()
    locks.ask_to_open(lock=lock, reason="错", by=ONE, at=AT)
    locks.decline_opening(lock=lock, by=TWO, at=AT)
    with pytest.raises(PeriodLocked):
        check_open(JUNE[0], None)
    locks.ask_to_open(lock=lock, reason="再报", by=ONE, at=AT)


def drafted(preset=1, holds_from=datetime.date(2026, 7, 1)):
    return tables.draft(
        title="六小时", holds_from=holds_from, table=PRESETS[preset].table, note="", by=ONE, at=AT
    )


def test_a_table_holds_once_a_second_person_approved_it():
    made = drafted()
    with pytest.raises(TableRefused):
        tables.approve(table=made, by=ONE, at=AT)
    assert granted(officer(unit()), "session:a:1", session(datetime.date(2026, 7, 1))).hours == 8
    tables.approve(table=made, by=TWO, at=AT)
    assert granted(officer(unit()), "session:b:1", session(datetime.date(2026, 7, 1))).hours == 6
    assert granted(officer(unit()), "session:c:1", session(datetime.date(2026, 6, 30))).hours == 8


def test_an_approved_table_is_frozen():
    made = drafted()
    tables.approve(table=made, by=TWO, at=AT)
    with pytest.raises(TableRefused):
        tables.approve(table=made, by=TWO, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        ConversionTable.objects.filter(pk=made.pk).update(rules={})
    with pytest.raises(TableRefused):
        tables.discard(table=made, by=ONE, at=AT)


def test_a_draft_can_be_discarded():
    made = drafted()
    tables.discard(table=made, by=ONE, at=AT)
    assert [row.version for row in ConversionTable.objects.all()] == [1]


def test_before_the_first_table_the_first_one_holds():
    assert holding(approved_tables(), datetime.date(1999, 1, 1)).version == 1


def test_a_draft_shows_what_the_last_records_would_have_given():
    person = officer(unit())
    granted(person, "session:a:1")
    online = Activity(Form.ONLINE, JUNE[0], JUNE[0], minutes=20, test_passed=True)
    granted(person, "course:a", online)
    away = Activity(Form.EXTERNAL, JUNE[0], JUNE[1], days=Decimal(3))
    granted(person, "external:a", away)
    found = {row.entry.source: row.after for row in compared(PRESETS[1].table)}
    assert found == {"session:a:1": Decimal(6), "course:a": Decimal(1), "external:a": Decimal(18)}


def surplus_of_2026(count=1, **fields):
    target(carry_most=Decimal(5), hours=Decimal(8), **fields)
    people = [officer(unit()) for _ in range(count)]
    for person in people:
        granted(person, f"session:a:{person.pk}")
        granted(person, f"session:b:{person.pk}")
    return people


def test_the_surplus_goes_over_up_to_its_limit_once():
    (person,) = surplus_of_2026()
    assert [line.hours for line in carry.preview(year=2026, today=AT.date())] == [Decimal(5)]
    carry.run(year=2026, by=ONE, at=NEXT_YEAR)
    assert totals([person.pk], 2027)[person.pk].carried == Decimal(5)
    assert totals([person.pk], 2026)[person.pk].hours == Decimal(16)
    with pytest.raises(carry.CarryRefused):
        carry.run(year=2026, by=ONE, at=NEXT_YEAR)


def test_carrying_over_waits_for_the_end_of_the_year():
    surplus_of_2026()
    with pytest.raises(carry.CarryRefused):
        carry.run(year=2026, by=ONE, at=AT)
    assert not CarryRun.objects.exists()


def test_what_was_carried_is_taken_back_and_carried_anew():
    (person,) = surplus_of_2026()
    made = carry.run(year=2026, by=ONE, at=NEXT_YEAR)
    assert carry.undo(made=made, reason="目标改了", by=ONE, at=NEXT_YEAR) == 1
    assert totals([person.pk], 2027)[person.pk].hours == 0
    carry.run(year=2026, by=ONE, at=NEXT_YEAR)
    assert totals([person.pk], 2027)[person.pk].hours == Decimal(5)


def test_a_corrected_carried_entry_goes_with_the_run():
    (person,) = surplus_of_2026()
    made = carry.run(year=2026, by=ONE, at=NEXT_YEAR)
    counter(
        entry=HourEntry.objects.get(kind="carried"), reason="只结转3", by=ONE, at=NEXT_YEAR, hours=Decimal(3)
    )
    carry.undo(made=made, reason="目标改了", by=ONE, at=NEXT_YEAR)
    assert totals([person.pk], 2027)[person.pk].hours == 0


def test_carrying_over_is_not_taken_back_after_the_period_is_closed():
    surplus_of_2026()
    made = carry.run(year=2026, by=ONE, at=NEXT_YEAR)
    first, last = month(2027, 1)
    later = datetime.datetime(2027, 2, 1, 1, tzinfo=datetime.UTC)
    locks.close(unit=None, first=first, last=last, by=ONE, at=later)
    with pytest.raises(PeriodLocked):
        carry.undo(made=made, reason="目标改了", by=ONE, at=later)
    made.refresh_from_db()
    assert made.undone_at is None


def test_targets_of_a_closed_year_stand():
    found = target(year=2025)
    closed(span=whole_year(2025))
    found.hours = Decimal(90)
    with pytest.raises(PeriodLocked):
        save_target(target=found, by=ONE, at=AT)
    assert YearTarget.objects.get().hours == Decimal(60)


def test_the_year_of_a_person_follows_the_first_target_that_fits():
    from courses.training.queries.standing import standings

    squad = unit("一中队")
    worker, clerk = officer(squad), officer(squad, category="civilian")
    target(title="机关", hours=Decimal(40), audience={"categories": ["civilian"]}, position=0)
    target(title="全员", hours=Decimal(60), position=1)
    found = standings([worker.pk, clerk.pk], 2026, AT.date())
    assert [found[pk].target.hours for pk in (worker.pk, clerk.pk)] == [Decimal(60), Decimal(40)]


def test_a_day_of_records_taken_by_system_has_its_table():
    table(PRESETS[2].table, holds_from=datetime.date(2026, 1, 1))
    entry = granted(officer(unit()), "session:a:1", session(minutes=90), by=SYSTEM)
    assert (entry.hours, entry.table.version) == (Decimal(2), 2)
