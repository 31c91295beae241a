"""The demo's chapter: certificates in every state, dates standing to today."""

import datetime
import random

import pytest

from certificates.demo import training as demo
from certificates.models import AwardRefusal, AwardRule
from certificates.queries.overview import Filter, counts
from certificates.queries.overview import people as overview
from certificates.state.training import State
from exams.models import Sitting
from lianbing.kit.demo import Story
from tests.factories import certificates, exams, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at):
    """A bureau with two finished exams, and the chapter told."""
    squad = people.unit("执法一中队")
    officers = [people.officer(squad) for _ in range(20)]
    auxiliaries = [people.officer(squad, category="auxiliary") for _ in range(3)]
    for title, days, qualification in (("资格", 50, True), ("培训", 20, False)):
        sitting = certificates.released(
            squad,
            exams.blueprint(title=title),
            title=title,
            released_at=at - datetime.timedelta(days=days),
            is_qualification=qualification,
        )
        for n, person in enumerate(officers if qualification else auxiliaries):
            certificates.result(sitting, person, "90" if n < 6 else "30")
    demo.certificates(Story(today=at.date(), now=at, rng=random.Random(1)))
    return squad


def test_certificates_stand_in_every_state(told, at):
    totals = counts(overview(Filter(unit_paths=(told.path,)), at.date()))
    for state in State:
        assert totals[state] > 0
    assert totals["failed"] > 0


def test_officers_and_auxiliaries_have_rules_of_their_own(told):
    assert {tuple(rule.categories) for rule in AwardRule.objects.all()} == {("officer",), ("auxiliary",)}
    assert AwardRefusal.objects.get().code == "auxiliary"


def test_nothing_to_tell_without_a_finished_exam(at):
    demo.certificates(Story(today=at.date(), now=at))
    assert not Sitting.objects.exists()
    assert not AwardRule.objects.exists()
