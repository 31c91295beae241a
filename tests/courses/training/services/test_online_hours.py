"""Hours for online courses: from the news of their completion, once, also when it comes late."""

import datetime
from decimal import Decimal

import pytest

from courses.training.models import HourEntry, PeriodLock
from courses.training.receivers import course_completed
from courses.training.rules.periods import month
from lianbing.kit import outbox
from tests.factories import courses
from tests.factories.hours import AT
from tests.factories.people import officer, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    edition = courses.edition()
    return {
        "enrolment": "00000000-0000-4000-8000-000000000001",
        "officer": officer(unit()).pk,
        "course": edition.course_id,
        "edition": edition.pk,
        "minutes": 30,
        "test_passed": True,
        "on": "2026-11-20",
    }


def test_a_completed_course_gives_hours_once(news):
    for _ in range(2):
        course_completed(news, AT)
    entry = HourEntry.objects.get()
    assert (entry.hours, entry.kind, entry.source) == (
        Decimal("1.5"),
        "online",
        f"course:{news['enrolment']}",
    )


def test_the_news_comes_through_the_outbox(news):
    outbox.publish("course_completed", news, at=AT)
    outbox.deliver(at=AT)
    assert HourEntry.objects.get().earned_on == datetime.date(2026, 11, 20)


def test_news_of_a_day_closed_meanwhile_are_dated_today_and_say_so(news):
    first, last = month(2026, 10)
    PeriodLock.objects.create(first=first, last=last, locked_at=AT, by={})
    course_completed(news | {"on": "2026-10-31"}, AT)
    course_completed(news | {"on": "2026-10-31"}, AT)
    entry = HourEntry.objects.get()
    assert entry.earned_on == datetime.date(2026, 11, 20)
    assert "2026-10-31" in entry.reason
