"""The demo's weeks of drills: all through the services, in the past, with the mistakes people make."""

import datetime

import pytest
from django.utils import timezone

from courses.drills.demo.weeks import KEEN, NOW_AND_THEN, weeks_of_drills
from courses.drills.models import Bookmark, DrillAnswer, DrillSet, Memory, Mistake
from lianbing.kit.demo import Story
from tests.factories import drills, people

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


@pytest.fixture
def story():
    unit = people.unit()
    drills.questions(25)
    told = Story(today=timezone.localtime(NOW).date(), now=NOW)
    told.data["officers"] = [people.officer(unit) for _ in range(KEEN + NOW_AND_THEN + 2)]
    weeks_of_drills(told)
    return told


def test_the_first_officer_has_drilled_for_weeks_and_today_is_open(story):
    first = story.data["officers"][0]
    days = DrillAnswer.objects.filter(officer=first).values_list("on", flat=True).distinct()
    assert len(set(days)) == 17
    assert not DrillSet.objects.filter(officer=first, on=story.today).exists()
    assert Bookmark.objects.filter(officer=first).count() <= 2
    assert Memory.objects.filter(officer=first).count() == 25


def test_everything_has_happened_and_not_all_was_right(story):
    answers = DrillAnswer.objects.all()
    assert not answers.filter(received_at__gt=NOW).exists()
    assert answers.filter(right=True).exists()
    assert answers.filter(right=False).exists()
    assert Mistake.objects.exists()
    last = story.data["officers"][-1]
    assert not answers.filter(officer=last).exists()
