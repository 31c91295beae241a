"""Reading hours: by kind and category, as of a day, merged records, the lists' shorter sums."""

import datetime
from decimal import Decimal

import pytest

from courses.models import ContentCategory
from courses.training.queries.hours import law_categories, sums, totals
from courses.training.queries.locks import lock_words
from courses.training.queries.standing import standings
from courses.training.rules.conversion import Activity, Form
from courses.training.services.hours import counter
from lianbing.people.rules import SYSTEM
from lianbing.people.services import officers
from tests.factories.hours import AT, DAY, granted, session, target
from tests.factories.people import officer, unit

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(days=3)


def category(code):
    return ContentCategory.objects.get(code=code)


def test_hours_are_summed_by_kind_and_category():
    person, legal = officer(unit()), category("legal")
    granted(person, "session:a:1", category_id=legal.pk)
    granted(person, "course:a", Activity(Form.ONLINE, DAY, DAY, minutes=30))
    found = totals([person.pk], 2026)[person.pk]
    assert found.by_kind == {"in_person": Decimal(8), "online": Decimal(1)}
    assert found.by_category == {legal.pk: Decimal(8), None: Decimal(1)}


def test_the_lists_shorter_sums_say_the_same():
    person, law = officer(unit()), law_categories(["legal"])
    granted(person, "session:a:1", category_id=category("legal").pk)
    granted(person, "course:a", Activity(Form.ONLINE, DAY, DAY, minutes=30))
    whole, (short, parts) = (
        totals([person.pk], 2026)[person.pk],
        sums([person.pk], 2026, None, [law])[person.pk],
    )
    assert (short.hours, short.days, short.online) == (whole.hours, whole.days, whole.online)
    assert parts == [Decimal(8)]


def test_law_holds_what_lies_below_the_category_named():
    target(hours=Decimal(20), law_hours=Decimal(10), law_codes=["professional"])
    person = officer(unit())
    granted(person, "session:a:1", category_id=category("documents").pk)
    granted(person, "session:b:1", category_id=category("political").pk)
    assert standings([person.pk], 2026, AT.date())[person.pk].done.law == Decimal(8)


def test_as_of_a_day_what_was_recorded_later_does_not_count():
    person = officer(unit())
    entry = granted(person, "session:a:1")
    counter(entry=entry, reason="错", by=SYSTEM, at=LATER)
    before, after = (totals([person.pk], 2026, as_of=at.date())[person.pk].hours for at in (AT, LATER))
    assert (before, after) == (Decimal(8), 0)


def test_merged_records_are_read_as_one_person():
    squad = unit()
    kept, duplicate = officer(squad), officer(squad)
    granted(kept, "session:a:1")
    granted(duplicate, "session:b:2")
    officers.merge(duplicate=duplicate, keep=kept, reason="同一人", by=SYSTEM, at=AT)
    assert totals([kept.pk], 2026)[kept.pk].hours == Decimal(16)


def test_another_years_hours_are_another_years():
    person = officer(unit())
    granted(person, "session:a:1", session(datetime.date(2025, 12, 31)))
    assert totals([person.pk], 2026)[person.pk].hours == 0


def test_sums_cost_two_statements_whatever_the_number(django_assert_num_queries):
    people = [officer(unit()) for _ in range(3)]
    with django_assert_num_queries(2):
        totals([one.pk for one in people], 2026)


def test_a_lock_is_named_by_period_and_unit():
    from courses.training.models import PeriodLock

    lock = PeriodLock(first=datetime.date(2026, 6, 1), last=datetime.date(2026, 6, 30), unit=unit("一中队"))
    assert lock_words(lock) == "2026-06 · 一中队"
