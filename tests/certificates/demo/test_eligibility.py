"""The demo's eligibility: people at different places of the road, proposals that move with the demo's dates."""

import datetime
import random

import pytest

from certificates.demo import eligibility as demo
from certificates.demo import register
from certificates.models import Proposal
from certificates.queries.eligible import Filter, lines
from certificates.services import proposals
from lianbing.kit.append_only import lifted
from lianbing.kit.demo import Story
from lianbing.kit.models import DemoSeed
from lianbing.people import demo as people_demo
from lianbing.people.models import Officer, Unit
from tests.factories import certificates, exams

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def told(at):
    """People and their register, an exam of the bureau passed by all, one about amended rules failed by a few."""
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    people_demo.people(story)
    root = Unit.objects.order_by("path").first()
    officers = [one for one in story.data["officers"] if one.category == Officer.Category.OFFICER]
    own = exams.blueprint(title="资格")
    before = {"released_at": at - 30 * DAY}
    qualifying = certificates.released(root, own, is_qualification=True, **before)
    change = certificates.released(root, exams.blueprint(title="修订"), title="修订考试", **before)
    for place, one in enumerate(officers[:36]):
        certificates.result(qualifying, one, "90")
        certificates.result(change, one, "40" if place in {1, 2, 3, 5} else "80")
    register.register(story)
    demo.eligibility(story)
    return story


def test_people_stand_at_different_places_and_a_person_has_decided(told, at):
    counts = lines(Filter(("",)), at).counts
    assert counts["holds"] > 40
    assert counts["lacks"] > 0
    states = list(Proposal.objects.order_by("pk").values_list("state", flat=True))
    assert states[0] == "dismissed"
    assert set(states[1:]) == {"open"}
    assert Proposal.objects.order_by("pk").last().statements.count() == 1


def test_what_was_dismissed_stays_answered_when_the_dates_move(told, at):
    last = Proposal.objects.order_by("-pk").first().pk
    DemoSeed.objects.create(seeded_at=at, stands_at=at, watermarks={Proposal._meta.label: last})
    before = Proposal.objects.first()
    with lifted():
        demo.moments_in_proposals_follow(10 * DAY)
    after = Proposal.objects.get(pk=before.pk)
    moments = [datetime.datetime.fromisoformat(one.evidence["fails"][0]) for one in (before, after)]
    assert moments[1] - moments[0] == 10 * DAY
    assert after.key.endswith(moments[1].isoformat())


def test_told_again_by_the_clock_nothing_is_proposed_twice(told, at):
    assert proposals.review(at=at) == 0
