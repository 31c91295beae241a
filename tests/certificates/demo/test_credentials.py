"""The demo's public roster, and signatures that follow the demo's days."""

import datetime
import random

import pytest

from certificates.demo import credentials as demo
from certificates.models import Certificate
from certificates.queries.credentials import newest
from certificates.queries.roster import open_rosters
from certificates.services.credentials import sign, sign_missing
from lianbing.kit.append_only import lifted
from lianbing.kit.demo import Story
from lianbing.kit.models import DemoSeed
from lianbing.people import demo as people_demo
from tests.factories import certificates

pytestmark = pytest.mark.django_db


def test_the_bureau_publishes_its_roster(at):
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    people_demo.people(story)
    demo.credentials(story)
    assert [one.unit.depth for one in open_rosters()] == [1]


def test_certificates_whose_days_moved_are_signed_anew_and_others_are_left(at):
    moved, own = certificates.certificate(), certificates.certificate()
    sign([moved, own], at=at)
    before = newest(own).token
    marks = {Certificate._meta.label: moved.pk}
    DemoSeed.objects.create(seeded_at=at, stands_at=at, watermarks=marks)
    with lifted():
        Certificate.objects.filter(pk=moved.pk).update(valid_until="2030-01-01")
        demo.sign_anew(datetime.timedelta(days=10))
    assert sign_missing(at=at) == 1
    assert "-20300101" in newest(moved).offline
    assert newest(own).token == before
