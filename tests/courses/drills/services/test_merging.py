"""A merged person keeps what both accounts practised."""

import pytest

from courses.drills.models import Memory, Mistake
from courses.drills.services.practice import bookmark
from lianbing.kit import outbox
from tests.factories import drills, people
from tests.factories.drills import DAY, MADE, NOON

pytestmark = pytest.mark.django_db


def test_what_the_other_account_practised_goes_along():
    unit = people.unit()
    kept, merged = drills.learner(unit), drills.learner(unit)
    asked = drills.questions(3)
    drills.take_all(drills.drill_set(kept, asked[:2]), is_right=False)
    drills.take_all(drills.drill_set(merged, asked[1:], made_at=MADE + DAY), is_right=False, at=NOON + DAY)
    version = asked[2].published_version_id
    bookmark(officer=merged, version=version, on=True, by=drills.actor(merged), at=NOON + DAY)
    outbox.publish("officers_merged", {"kept": kept.pk, "merged": merged.pk}, at=NOON + DAY)
    outbox.deliver(at=NOON + 2 * DAY)
    mine = Memory.objects.filter(officer=kept)
    assert mine.count() == Mistake.objects.filter(officer=kept).count() == kept.bookmarks.count() + 2 == 3
    assert mine.get(question=asked[1]).last_at > NOON
