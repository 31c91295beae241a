"""The ledger of hours: given once, dated, never changed, corrected by counter-entries."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from courses.training.models import ConversionTable, HourEntry, PeriodLock
from courses.training.queries.hours import totals
from courses.training.rules.conversion import PRESETS, Activity, Form
from courses.training.services.hours import Grant, HoursRefused, counter, grant, grant_all
from courses.training.services.locks import PeriodLocked
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Appointment
from lianbing.people.rules import SYSTEM, Actor
from tests.factories.hours import AT, DAY, granted, session, table
from tests.factories.people import PostFactory, officer, unit

pytestmark = pytest.mark.django_db
HR = Actor(user_id=1, staff_number="H1", name="人事")


def closed(first, last, at_unit=None):
    return PeriodLock.objects.create(unit=at_unit, first=first, last=last, locked_at=AT, by={})


def test_a_new_bureau_counts_eight_hours_a_day():
    entry = granted(officer(unit()), "session:a:1")
    assert (entry.hours, entry.days, entry.year, entry.kind) == (Decimal(8), Decimal(1), 2026, "in_person")
    assert entry.table == ConversionTable.objects.get(version=1)
    assert entry.table.rules["full_day"] == "8"


def test_the_same_source_is_counted_once():
    person = officer(unit())
    first = granted(person, "session:a:1")
    assert granted(person, "session:a:1", session(minutes=90)).pk == first.pk
    assert totals([person.pk], 2026)[person.pk].hours == Decimal(8)
    assert AuditRecord.objects.filter(action="hours_granted").count() == 1


def test_a_source_that_was_countered_is_not_granted_again():
    person = officer(unit())
    counter(entry=granted(person, "session:a:1"), reason="名单有误", by=HR, at=AT)
    granted(person, "session:a:1")
    assert totals([person.pk], 2026)[person.pk].hours == 0


def test_many_are_granted_in_a_fixed_number_of_statements(django_assert_max_num_queries):
    people = [officer(unit()) for _ in range(3)]
    grants = [Grant(person.pk, f"session:a:{person.pk}", session(), "春训") for person in people]
    with django_assert_max_num_queries(10):
        made = grant_all(grants=grants, by=SYSTEM, at=AT)
    assert [entry.officer_id for entry in made] == [person.pk for person in people]


def test_the_unit_of_the_day_is_kept_whatever_follows():
    old, new = unit("一中队"), unit("二中队")
    person = officer(old)
    Appointment.objects.filter(officer=person).update(ends_on=datetime.date(2026, 6, 11))
    Appointment.objects.create(
        officer=person, unit=new, post=PostFactory(), starts_on=datetime.date(2026, 6, 11), recorded_at=AT
    )
    assert granted(person, "session:a:1").unit == old
    assert granted(person, "session:b:1", session(datetime.date(2026, 6, 11))).unit == new


def test_hours_lie_in_the_past():
    tomorrow = datetime.date(2026, 11, 21)
    with pytest.raises(HoursRefused) as refused:
        granted(officer(unit()), "session:a:1", session(tomorrow))
    assert refused.value.code == "future"


def test_no_more_training_days_than_days():
    five = Activity(Form.EXTERNAL, DAY, DAY + datetime.timedelta(days=2), days=Decimal(5))
    with pytest.raises(HoursRefused) as refused:
        granted(officer(unit()), "external:a", five)
    assert refused.value.code == "days"


def test_a_course_over_new_year_counts_in_both_years():
    person = officer(unit())
    days = Activity(Form.EXTERNAL, datetime.date(2025, 12, 30), datetime.date(2026, 1, 2), days=Decimal(4))
    made = grant(officer=person, source="external:a", activity=days, title="高校", by=SYSTEM, at=AT)
    again = grant(officer=person, source="external:a", activity=days, title="高校", by=SYSTEM, at=AT)
    assert [(e.year, e.hours) for e in made] == [(2025, Decimal(16)), (2026, Decimal(16))]
    assert [e.pk for e in again] == [e.pk for e in made]


def test_a_class_of_ones_own_gives_no_more_than_its_limit():
    table(PRESETS[1].table)
    person = officer(unit())
    days = [DAY + datetime.timedelta(days=n) for n in range(4)]
    made = [
        granted(person, f"session:{on}:1", session(on, own_class=True), group="class:x").hours for on in days
    ]
    assert made == [Decimal(6), Decimal(6), Decimal(6), Decimal(0)]


def test_the_limit_of_a_class_leaves_room_again_after_a_correction():
    table(PRESETS[1].table)
    person = officer(unit())
    grants = [
        Grant(person.pk, f"session:{n}:1", session(own_class=True), "春训", group="class:x") for n in range(3)
    ]
    made = grant_all(grants=grants, by=SYSTEM, at=AT)
    counter(entry=made[0], reason="未到", by=HR, at=AT)
    assert granted(person, "session:9:1", session(own_class=True), group="class:x").hours == Decimal(6)


def test_a_given_figure_is_not_converted():
    entry = granted(
        officer(unit()), "import:1", kind=HourEntry.Kind.IMPORTED, hours=Decimal("3.5"), evidence="旧台账"
    )
    assert (entry.hours, entry.kind, entry.table) == (Decimal("3.5"), "imported", None)


def test_the_database_refuses_to_change_or_delete_an_entry():
    entry = granted(officer(unit()), "session:a:1")
    for change in (lambda rows: rows.update(hours=9), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(HourEntry.objects.filter(pk=entry.pk))


def test_nothing_is_granted_in_a_closed_period():
    closed(datetime.date(2026, 6, 1), datetime.date(2026, 6, 30))
    with pytest.raises(PeriodLocked) as locked:
        granted(officer(unit()), "session:a:1")
    assert "2026-06" in str(locked.value)
    assert not HourEntry.objects.exists()


def test_a_units_closed_period_leaves_other_units_open():
    mine, other = unit("一中队"), unit("二中队")
    closed(datetime.date(2026, 6, 1), datetime.date(2026, 6, 30), mine)
    granted(officer(other), "session:a:2")
    with pytest.raises(PeriodLocked):
        granted(officer(mine), "session:a:1")


def test_a_counter_entry_takes_the_whole_back_on_the_same_day():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    against = counter(entry=entry, reason="名单有误", by=HR, at=AT)
    assert (against.hours, against.counters, against.earned_on) == (Decimal(-8), entry, DAY)
    assert totals([person.pk], 2026)[person.pk].by_kind == {"in_person": 0}
    assert AuditRecord.objects.get(action="hours_countered").reason == "名单有误"


def test_a_correction_replaces_the_figure():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    counter(entry=entry, reason="只到半天", by=HR, at=AT, hours=Decimal(4))
    assert entry.replaced_by.hours == Decimal(4)
    assert totals([person.pk], 2026)[person.pk].hours == Decimal(4)


def test_an_entry_of_a_closed_period_is_countered_today():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    closed(datetime.date(2026, 6, 1), datetime.date(2026, 6, 30))
    against = counter(entry=entry, reason="名单有误", by=HR, at=AT)
    assert against.earned_on == datetime.date(2026, 11, 20)
    assert totals([person.pk], 2026, as_of=datetime.date(2026, 11, 19))[person.pk].hours == 0


def test_a_counter_entry_falls_into_the_year_that_is_open():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    closed(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    later = datetime.datetime(2027, 2, 1, 1, tzinfo=datetime.UTC)
    counter(entry=entry, reason="名单有误", by=HR, at=later)
    assert totals([person.pk], 2026)[person.pk].hours == Decimal(8)
    assert totals([person.pk], 2027)[person.pk].hours == Decimal(-8)


def test_nothing_is_countered_while_every_day_is_closed():
    entry = granted(officer(unit()), "session:a:1")
    closed(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    with pytest.raises(PeriodLocked):
        counter(entry=entry, reason="名单有误", by=HR, at=AT)


@pytest.mark.parametrize(
    ("reason", "hours", "code"),
    [("  ", None, "no_reason"), ("错", Decimal(8), "figure"), ("错", Decimal(-1), "figure")],
)
def test_a_correction_needs_a_reason_and_another_figure(reason, hours, code):
    entry = granted(officer(unit()), "session:a:1")
    with pytest.raises(HoursRefused) as refused:
        counter(entry=entry, reason=reason, by=HR, at=AT, hours=hours)
    assert refused.value.code == code


def test_an_entry_is_countered_once_and_a_counter_entry_never():
    entry = granted(officer(unit()), "session:a:1")
    against = counter(entry=entry, reason="错", by=HR, at=AT)
    for again, code in ((entry, "countered"), (against, "counter")):
        with pytest.raises(HoursRefused) as refused:
            counter(entry=again, reason="错", by=HR, at=AT)
        assert refused.value.code == code


def test_nobody_corrects_their_own_hours():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    with pytest.raises(HoursRefused) as refused:
        counter(entry=entry, reason="错", by=Actor(9, "H1", "人事", officer_id=person.pk), at=AT)
    assert refused.value.code == "own"
