"""The demo's questions are whole: every citation resolves, nothing is refused, keys are spread."""

import datetime
import random
from collections import Counter

import pytest

from lianbing.kit.demo import Story
from lianbing.library import demo as library_demo
from lianbing.people import demo as people_demo
from lianbing.people.rules import Role
from question_bank import demo, kinds, queries
from question_bank.models import Citation, ErrorReport, Question, Twin

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at):
    """The first three chapters, with as few people as the question bank needs."""
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    chapters = [people_demo.people, library_demo.library, demo.question_bank]
    for tell in chapters:
        tell(story)
    return story


def published(told):
    return Question.objects.filter(bank=told.data["bank"], state="published").select_related("latest")


def test_there_are_enough_of_every_kind_and_point(told):
    counts = Counter(published(told).values_list("latest__kind", flat=True))
    assert counts["single_choice"] >= 60
    assert counts["multiple_choice"] >= 40
    assert counts["true_false"] >= 30
    stock = Counter()
    for (point, _kind), count in queries.stock(told.data["bank"]).items():
        stock[point] += count
    assert len(stock) == 10
    assert min(stock.values()) >= 10
    assert set(published(told).values_list("latest__difficulty", flat=True)) == {1, 2, 3, 4, 5}


def test_every_question_explains_itself_and_cites_an_article(told):
    assert not Citation.objects.filter(article=None).exists()
    assert not Question.objects.filter(latest__citations=None).exists()
    assert not Question.objects.filter(latest__explanation="").exists()


def test_one_wrote_and_another_approved_long_ago(told):
    for question in published(told):
        assert question.latest.author_name == told.data["actors"][Role.TRAINER].name
        assert question.latest.approver_name == told.data["actors"][Role.LEGAL].name
        assert question.latest.frozen_at <= told.now - datetime.timedelta(days=100)


def test_right_options_stand_in_every_place(told):
    places = Counter()
    for question in published(told).filter(latest__kind="single_choice"):
        ids = [option["id"] for option in question.latest.content["options"]]
        places[ids.index(question.latest.key["options"][0])] += 1
    assert min(places.values()) >= 15


def test_every_state_can_be_looked_at(told):
    assert set(Question.objects.values_list("state", flat=True)) == set(Question.State.values)
    reserved = Question.objects.filter(bank__slug=demo.RESERVED)
    assert set(reserved.values_list("state", flat=True)) == set(Question.State.values)
    assert set(reserved.values_list("pool", flat=True)) == {"exam"}


def test_there_is_something_to_look_after(told):
    assert Twin.objects.filter(settled_at=None).exists()
    assert Twin.objects.exclude(settled_at=None).exists()
    assert set(ErrorReport.objects.values_list("outcome", flat=True)) == {"", "right"}


def test_every_kind_is_there_and_sound(told):
    made = list(published(told))
    assert {question.latest.kind for question in made} == set(kinds.names())
    for question in made:
        version = question.latest
        assert kinds.get(version.kind).check(version.content, version.key) == []
        assert kinds.get(version.kind).doubts(version.content, version.key) == []
