"""The demo's chapter of plans: every state can be seen, on any day of the year."""

import datetime

import pytest

from courses.training import demo
from courses.training.models import External, HourEntry, Nomination, TrainingPlan
from courses.training.queries import plan_progress
from courses.training.queries import plans as reading
from lianbing.kit.demo import Story
from lianbing.people.demo import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def told(day):
    at = datetime.datetime(day.year, day.month, day.day, 6, 0, tzinfo=datetime.UTC)
    story = Story(today=day, now=at)
    people(story)
    demo.plans.training_plans(story)
    return story


def test_plans_nominations_and_records_stand_in_every_state():
    story = told(datetime.date(2026, 11, 20))
    states = set(TrainingPlan.objects.values_list("state", flat=True))
    assert states == {"approved", "returned", "submitted", "draft"}
    assert set(Nomination.objects.values_list("state", flat=True)) == {"nominated", "approved", "returned"}
    assert set(External.objects.values_list("state", flat=True)) == {"entered", "accepted", "refused"}
    assert HourEntry.objects.filter(source__startswith="session:").exists()
    rows = plan_progress.standings(reading.plans_of([""], 2026), story.today)
    assert any(row.overdue for row in rows)
    assert any(line.done.complete for row in rows for line in row.lines)


@pytest.mark.parametrize("day", [datetime.date(2027, 1, 2), datetime.date(2026, 12, 31)])
def test_the_chapter_can_be_told_on_any_day(day):
    told(day)
    assert TrainingPlan.objects.filter(year=day.year, state="approved").count() == 5
