"""The demo's register: every state, a history behind each, and days that move with the demo."""

import datetime
import random

import pytest

from certificates.demo import register as demo
from certificates.models import EndingWarning, EnforcementCertificate, EnforcementEvent, EnforcementRefusal
from certificates.queries.duty import posted_without, with_state
from certificates.queries.enforcement_rules import in_force
from certificates.queries.qualifications import reviewers
from certificates.rules.legal_review import Standing
from certificates.state.enforcement import State, replay
from lianbing.kit.append_only import lifted
from lianbing.kit.demo import Story
from lianbing.kit.models import DemoSeed
from lianbing.people import demo as people_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at):
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    people_demo.people(story)
    demo.register(story)
    return story


def test_the_register_stands_in_every_state(told, at):
    found = set(with_state(at.date(), in_force()).values_list("standing", flat=True))
    assert set(State) - found == {State.NOT_APPLIED}
    assert EnforcementRefusal.objects.count() == 1
    assert 3 <= posted_without([""], at.date()).count() <= 20
    assert {one.standing for one in reviewers([""], at.date())} >= {Standing.LACKING, Standing.QUALIFIED}
    assert EndingWarning.objects.filter(officer=told.data["officers"][0], step="m6").exists()


def test_the_chain_of_a_renewed_card_keeps_its_first_issue(told):
    row = EnforcementCertificate.objects.get(officer=told.data["officers"][20])
    holding = replay(event.as_event() for event in row.events.all())
    assert [link.number for link in holding.chain] == ["云A0000020", "云A0200020"]
    assert row.first_issued_on < holding.chain[0].valid_until


def test_days_within_the_events_move_with_the_demo(told, at):
    last = EnforcementEvent.objects.order_by("-pk").first().pk
    DemoSeed.objects.create(seeded_at=at, stands_at=at, watermarks={"certificates.EnforcementEvent": last})
    before = EnforcementEvent.objects.filter(kind="entered").first()
    with lifted():
        demo.days_within_events_follow(datetime.timedelta(days=10))
    after = EnforcementEvent.objects.get(pk=before.pk)
    days = [datetime.date.fromisoformat(one.data["valid_until"]) for one in (before, after)]
    assert (days[1] - days[0]).days == 10
