"""The demo's chapter of learning: some done, some half way, all through the services."""

import datetime

import pytest
from django.utils import timezone

from courses.demo.learning import BEGUN, COMPLETED, HALF_WAY, learning_of_courses
from courses.models import Enrolment
from lianbing.kit.demo import Story
from lianbing.kit.models import OutboxMessage
from tests.factories import courses, people
from tests.factories.exams import question

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


def told(count):
    unit = people.unit()
    edition = courses.edition(courses.course("程序"), lessons=1, at=NOW - datetime.timedelta(days=30))
    courses.lesson(edition, versions=[question()])
    other = courses.edition(courses.course("证据"), lessons=2, at=NOW - datetime.timedelta(days=30))
    story = Story(today=timezone.localtime(NOW).date(), now=NOW)
    story.data |= {
        "courses": {"程序": edition.course, "证据": other.course},
        "officers": [people.officer(unit) for _ in range(count)],
    }
    learning_of_courses(story)
    return story


def test_some_have_completed_some_are_half_way_and_most_have_not_begun():
    story = told(COMPLETED + HALF_WAY + BEGUN + 3)
    course = story.data["courses"]["程序"]
    done = Enrolment.objects.filter(course=course, completed_at__isnull=False)
    assert done.count() == COMPLETED
    assert Enrolment.objects.filter(course=course, completed_at=None).count() == HALF_WAY + BEGUN
    assert OutboxMessage.objects.filter(topic="course_completed").count() == COMPLETED
    assert all(one.completed_at < NOW for one in done)


def test_the_first_officer_is_in_the_middle_of_one():
    story = told(COMPLETED + HALF_WAY + BEGUN)
    first = story.data["officers"][0]
    (under_way,) = Enrolment.objects.filter(officer=first, completed_at=None)
    assert under_way.progress.filter(done_at__isnull=False).count() == 1


def test_a_bureau_too_small_has_no_learners():
    told(3)
    assert not Enrolment.objects.exists()
