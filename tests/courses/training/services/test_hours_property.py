"""HR's hours equal an independent sum over a random year.

The sum below knows no table, no ledger and no service of the product: it keeps a plain list of what
happened and adds it up anew from the figures of the 6/3 table as they stand in the founding documents.
"""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.training.models import HourEntry
from courses.training.queries.desk import Asked, lines, units
from courses.training.queries.hours import totals
from courses.training.rules.conversion import PRESETS, Activity, Form
from courses.training.rules.periods import month
from courses.training.services import locks
from courses.training.services.hours import HoursRefused, counter, grant
from courses.training.services.locks import PeriodLocked
from lianbing.people.models import Appointment
from lianbing.people.rules import SYSTEM, Actor
from lianbing.people.services import officers
from tests.factories.hours import table
from tests.factories.people import PostFactory, officer, unit

pytestmark = pytest.mark.django_db
HR = Actor(user_id=1, staff_number="H1", name="人事")
YEAR, PEOPLE, UNITS = 2026, 4, 3
FIRST = datetime.date(YEAR, 1, 1)
PERSON = st.integers(0, PEOPLE - 1)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.one_of(
            st.tuples(
                st.just("session"), PERSON, st.sampled_from([0, 30, 45, 60, 100, 179, 180, 359, 360, 480])
            ),
            st.tuples(st.just("class"), PERSON, st.sampled_from([180, 360])),
            st.tuples(st.just("online"), PERSON, st.sampled_from([0, 1, 15, 16, 29, 30, 90]), st.booleans()),
            st.tuples(st.just("external"), PERSON, st.integers(1, 24)),
            st.tuples(st.just("self_study"), PERSON, st.integers(0, 300)),
            st.tuples(st.just("twice"), st.integers(0, 60)),
            st.tuples(st.just("counter"), st.integers(0, 60), st.sampled_from([None, "0", "1.5", "7"])),
            st.tuples(st.just("move"), PERSON, st.integers(0, UNITS - 1)),
            st.tuples(st.just("lock"), st.integers(1, 12)),
            st.tuples(st.just("merge"), PERSON, PERSON),
        ),
    ),
    min_size=5,
    max_size=40,
)


class Naive:
    """What should come out, in the plainest terms: a list of [person, day, hours, unit, class]."""

    def __init__(self):
        self.rows, self.closed = [], []
        self.head, self.place = list(range(PEOPLE)), [0] * PEOPLE

    def is_closed(self, day):
        return any(first <= day <= last for first, last in self.closed)

    @staticmethod
    def quarters(value):
        """Down to the quarter of an hour."""
        return Decimal(int(Fraction(value) * 4)) / 4

    def figure(self, what, person, *said):
        """6 a full day from 360 minutes, 3 half a day from 180, else 45 minutes = 1 up to half a day."""
        if what in ("session", "class"):
            minutes = said[0]
            worth = 6 if minutes >= 360 else 3 if minutes >= 180 else min(Fraction(minutes, 45), 3)
            hours = self.quarters(worth)
            if what == "class":
                had = sum(row[2] for row in self.rows if row[0] == person and row[4])
                hours = max(Decimal(0), min(hours, 18 - had))
            return hours
        if what == "online":
            minutes, passed = said
            base = "1" if minutes >= 30 else "0.5" if minutes > 15 else "0.25" if minutes else "0"
            return Decimal(base) + (Decimal("0.5") if passed and minutes else 0)
        if what == "external":
            return min(Decimal(48), Decimal(3 * said[0]))
        return self.quarters(Fraction(said[0], 45))

    def sum_of(self, person):
        return sum((row[2] for row in self.rows if self.head[row[0]] == person), Decimal(0))

    def earned_in(self, place):
        return sum((row[2] for row in self.rows if row[3] == place), Decimal(0))


def activity_of(what, day, said):
    if what == "external":
        days = Decimal(said[0]) / 2
        return Activity(Form.EXTERNAL, day - datetime.timedelta(days=30), day, days=days)
    if what == "online":
        return Activity(Form.ONLINE, day, day, minutes=said[0], test_passed=said[1])
    form = Form.SELF_STUDY if what == "self_study" else Form.IN_PERSON
    return Activity(form, day, day, minutes=said[0], own_class=what == "class")


class Year:
    """The product driven through the same events, day by day."""

    def __init__(self):
        table(PRESETS[1].table)
        self.units = [unit(f"{n}中队") for n in range(UNITS)]
        self.people = [officer(self.units[0]) for _ in range(PEOPLE)]
        self.naive, self.granted = Naive(), []
        self.day = FIRST + datetime.timedelta(days=31)

    @property
    def at(self):
        return timezone.make_aware(datetime.datetime.combine(self.day, datetime.time(20)))

    def happen(self, event):
        what, *said = event
        act = getattr(self, what, None)
        act(*said) if act else self.earn(what, *said)

    def earn(self, what, person, *said):
        arguments = {
            "source": f"{what}:{len(self.granted)}:{person}",
            "activity": activity_of(what, self.day, said),
            "group": "class:x" if what == "class" else "",
        }
        expected = self.naive.figure(what, person, *said)
        (entry,) = grant(officer=self.people[person], title="学习", by=SYSTEM, at=self.at, **arguments)
        row = [person, self.day, expected, self.naive.place[person], what == "class"]
        self.naive.rows.append(row)
        self.granted.append((entry, arguments, row))

    def twice(self, which):
        if self.granted:
            entry, arguments, _row = self.granted[which % len(self.granted)]
            try:
                grant(officer=entry.officer_id, title="学习", by=SYSTEM, at=self.at, **arguments)
            except PeriodLocked:
                raise AssertionError("what stands already is not refused") from None

    def counter(self, which, instead):
        if not self.granted:
            return
        entry, _arguments, row = self.granted[which % len(self.granted)]
        hours = None if instead is None else Decimal(instead)
        try:
            counter(entry=entry, reason="更正", by=HR, at=self.at, hours=hours)
        except HoursRefused as refused:
            if refused.code not in ("countered", "figure"):
                raise
            return
        day = self.day if self.naive.is_closed(row[1]) else row[1]
        self.naive.rows.append([row[0], day, -row[2], row[3], row[4]])
        if hours:
            self.naive.rows.append([row[0], day, hours, row[3], row[4]])

    def move(self, person, place):
        known = Appointment.objects.filter(officer=self.people[person], starts_on=self.day).exists()
        if self.naive.head[person] != person or known or self.naive.place[person] == place:
            return
        officers.move(
            officer=self.people[person],
            unit=self.units[place],
            post=PostFactory(),
            starts_on=self.day,
            reason="轮岗",
            by=SYSTEM,
            at=self.at,
        )
        self.naive.place[person] = place

    def lock(self, number):
        first, last = month(YEAR, number)
        if last < self.day and (first, last) not in self.naive.closed:
            locks.close(unit=None, first=first, last=last, by=HR, at=self.at)
            self.naive.closed.append((first, last))

    def merge(self, one, other):
        head = self.naive.head
        if one == other or head[one] != one or head[other] != other:
            return
        for person in (one, other):
            self.people[person].refresh_from_db()
        officers.merge(
            duplicate=self.people[one], keep=self.people[other], reason="同一人", by=SYSTEM, at=self.at
        )
        self.naive.head = [other if mine == one else mine for mine in head]
        self.naive.place[one] = None if self.place_ended(one) else self.naive.place[one]

    def place_ended(self, person):
        return not Appointment.objects.filter(officer=self.people[person], ends_on=None).exists()


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=EVENTS)
def test_hours_equal_an_independent_sum(events, transactional_savepoint):
    with transactional_savepoint():
        year = Year()
        for days, event in events:
            year.day = min(year.day + datetime.timedelta(days=days), datetime.date(YEAR, 12, 31))
            year.happen(event)
        heads = {pk for pk in range(PEOPLE) if year.naive.head[pk] == pk}
        found = totals([year.people[pk].pk for pk in heads], YEAR)
        assert {pk: found[year.people[pk].pk].hours for pk in heads} == {
            pk: year.naive.sum_of(pk) for pk in heads
        }
        check_months(year)
        check_desk(year, heads)


def check_months(year):
    """Month by month, so that a correction after a closing must lie in the open month."""
    stored, expected = {}, {}
    for entry in HourEntry.objects.all():
        stored[entry.earned_on.month] = stored.get(entry.earned_on.month, Decimal(0)) + entry.hours
    for _person, day, hours, _unit, _class in year.naive.rows:
        expected[day.month] = expected.get(day.month, Decimal(0)) + hours
    assert stored == expected


def check_desk(year, heads):
    """The personnel office's own page: people with their hours, units with what was earned in them."""
    asked = Asked(YEAR, ("",))
    made = lines(asked, year.day)
    serving = [pk for pk in heads if not year.place_ended(pk)]
    assert {line.officer_id: line.found.totals.hours for line in made} == {
        year.people[pk].pk: year.naive.sum_of(pk) for pk in serving
    }
    for row in units(made, asked):
        place = [one.pk for one in year.units].index(row.unit_id)
        assert row.earned_here == year.naive.earned_in(place)


@pytest.fixture
def transactional_savepoint():
    """Every example in a savepoint of its own that is rolled back."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def fresh():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return fresh
