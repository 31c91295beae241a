"""The demo's paths and lists are published, concern people, and are partly done."""

import datetime
import random

import pytest

from courses.demo import assignments as demo
from courses.models import Assignment, DutyHolder, LearningTask
from courses.queries.induction import unfinished
from courses.services import duties
from lianbing.kit.demo import Story
from lianbing.library import demo as library_demo
from lianbing.people import demo as people_demo
from lianbing.people.models import Appointment

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 20, 2, tzinfo=datetime.UTC)


@pytest.fixture
def told():
    """The people, the laws and documents, then this chapter; without the courses of the one between."""
    story = Story(today=AT.date(), now=AT, rng=random.Random(1))
    duties.install_after_migrate("default")
    for tell in (people_demo.people, library_demo.library, library_demo.documents, demo.learning_assignments):
        tell(story)
    return story


def test_two_posts_have_a_path_newcomers_an_induction_everybody_eleven_items(told):
    assert Assignment.objects.filter(kind="path", published_at__isnull=False).count() == 3
    eleven = Assignment.objects.get(kind="list")
    assert eleven.items.count() == 11
    assert {item.kind for item in eleven.items.all()} >= {"law", "article", "document", "film", "text"}
    assert Assignment.objects.filter(induction=True).count() == 1


def test_some_have_done_everything_and_some_have_not(told):
    mine = LearningTask.objects.filter(item__assignment__kind="list", withdrawn_at=None)
    assert mine.filter(done_at=None).exists()
    assert mine.filter(done_at__isnull=False).count() > 100
    officers = [one.pk for one in told.data["officers"]]
    assert unfinished(officers, told.today)


def test_leaders_have_ranks_and_squads_have_duties(told):
    assert Appointment.objects.filter(rank="中队长", ends_on=None).exists()
    assert DutyHolder.objects.values("duty").distinct().count() == 4
