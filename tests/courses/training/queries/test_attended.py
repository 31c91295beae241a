"""What people attended, as plans, hours and study rules read it."""

import datetime

import pytest

from courses.training.models import RollEntry
from courses.training.queries.attended import attended
from tests.factories import people, training
from tests.factories.attendance import expect, open_session

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = training.TODAY


def held(state="present", minutes=90, starts_at=training.NINE, officer=None, of="closed", **fields):
    """Somebody on the roll of a session; closed unless said otherwise."""
    session = open_session(count=0, starts_at=starts_at, **fields)
    entry = expect(session, officer or people.officer(session.unit))
    RollEntry.objects.filter(pk=entry.pk).update(state=state, minutes=minutes)
    type(session).objects.filter(pk=session.pk).update(state=of)
    return entry


@pytest.mark.parametrize(
    ("state", "minutes", "of", "count"),
    [
        ("present", 90, "closed", 1),
        ("late", 84, "closed", 1),
        ("left_early", 40, "closed", 1),
        ("present", 0, "closed", 0),
        ("absent", 0, "closed", 0),
        ("leave", 0, "closed", 0),
        ("present", 90, "open", 0),
        ("present", 90, "cancelled", 0),
    ],
)
def test_only_minutes_of_closed_sessions_count(state, minutes, of, count):
    held(state=state, minutes=minutes, of=of)
    assert len(attended(None, TODAY, TODAY)) == count


@pytest.mark.parametrize(("hour", "on"), [(-9, TODAY), (-10, TODAY - DAY), (14, TODAY), (15, TODAY + DAY)])
def test_the_day_is_that_of_shanghai(hour, on):
    """Nine in Shanghai, so many hours earlier or later: midnight divides the days."""
    held(starts_at=training.NINE + hour * training.HOUR, minutes=20)
    assert [row.on for row in attended(None, on, on)] == [on]
    assert attended(None, on - DAY, on - DAY) == attended(None, on + DAY, on + DAY) == []


def test_a_topical_class_is_told_apart():
    topical = training.training_class(kind="topical")
    batch = training.batch(topical)
    held(in_batch=batch, unit=topical.unit)
    held()
    rows = attended(None, TODAY, TODAY)
    assert [(row.topical, row.training_class) for row in rows] == [(True, topical.pk), (False, None)]


def test_facts_of_a_merged_record_are_told_under_the_one_in_use():
    entry = held()
    now = people.officer(entry.unit)
    entry.officer.merged_into = now
    entry.officer.save()
    assert [row.officer for row in attended([now.pk], TODAY, TODAY)] == [now.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_statements_whatever_the_number(count, django_assert_num_queries):
    for _number in range(count):
        held()
    with django_assert_num_queries(2):
        assert len(attended(None, TODAY, TODAY)) == count
