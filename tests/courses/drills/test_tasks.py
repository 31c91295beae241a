"""At dawn today's sets are made for whoever practised lately."""

import datetime

import pytest

from courses.drills.models import DrillSet
from courses.drills.tasks import DAWN, prepare_sets
from tests.factories import drills, people
from tests.factories.drills import DAY, NOON

pytestmark = pytest.mark.django_db
TOMORROW = NOON + DAY
AT_DAWN = TOMORROW - datetime.timedelta(hours=12 - DAWN)


def test_sets_are_made_at_dawn_for_whoever_practised_lately():
    drills.learner(people.unit("另一局"))
    officer = drills.learner()
    drills.take_all(drills.drill_set(officer, drills.questions(12)))
    assert prepare_sets(TOMORROW) == 0
    assert prepare_sets(AT_DAWN) == 1
    assert prepare_sets(AT_DAWN) == 0
    assert DrillSet.objects.get(kind="daily").officer == officer
    assert prepare_sets(AT_DAWN + 20 * DAY) == 0
