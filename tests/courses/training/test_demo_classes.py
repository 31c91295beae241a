"""The demo's classes: spring training with a batch over, one today and one to come; a finished one."""

import random

import pytest

from courses.training.demo.classes import classes
from courses.training.models import InstructorRating, Trainee, TrainingClass
from courses.training.queries.classes import results_of
from lianbing.kit.demo import Story
from lianbing.people.demo import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at, settings, tmp_path):
    """The people and then the classes of the demo bureau, at nine in the morning."""
    settings.DATA_DIR = tmp_path
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    people(story)
    classes(story)
    return story


def test_spring_training_has_a_batch_over_one_today_and_one_to_come(told, at):
    spring = TrainingClass.objects.get(title="春季业务集中培训")
    states = [{one.state for one in batch.sessions.all()} for batch in spring.batches.all()]
    assert states == [{"closed"}, {"planned"}, {"planned"}]
    today = spring.batches.get(number=2)
    assert today.starts_on == at.date()
    assert today.trainees.filter(officer=told.data["officers"][0]).exists()


def test_a_finished_class_shows_hours_and_outcomes(told):
    full = TrainingClass.objects.get(kind="full_time")
    rows = results_of(full)
    assert full.state == "finished"
    assert len(rows) > 10
    assert {row.trainee.state for row in rows} <= {Trainee.State.FINISHED, Trainee.State.FAILED}
    assert sum(row.hours for row in rows) > 0
    assert InstructorRating.objects.count() > 10
