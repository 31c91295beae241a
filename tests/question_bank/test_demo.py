"""The demo's questions are whole: every citation resolves, nothing is refused, keys are spread."""

import datetime
import random
from collections import Counter

import pytest

from lianbing.kit.demo import Story
from lianbing.library import demo as library_demo
from lianbing.people import demo as people_demo
from lianbing.people.rules import Role
from question_bank import demo, queries
from question_bank.models import Citation, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at):
    """The first three chapters, with as few people as the question bank needs."""
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    chapters = [people_demo.people, library_demo.library, demo.question_bank]
    for tell in chapters:
        tell(story)
    return story


def test_the_demo_bank(told):
    bank = told.data["bank"]
    published = Question.objects.filter(bank=bank, state="published")
    kinds = Counter(published.values_list("latest__kind", flat=True))
    assert published.count() >= 160
    assert kinds["single_choice"] >= 60
    assert kinds["multiple_choice"] >= 40
    assert kinds["true_false"] >= 30
    assert not Citation.objects.filter(article=None).exists()
    assert not Question.objects.filter(latest__citations=None).exists()
    assert not Question.objects.filter(latest__explanation="").exists()
    assert set(Question.objects.values_list("state", flat=True)) == set(Question.State.values)
    assert min(row.total for row in queries.stock_table(bank, list(kinds))) >= 10
    assert len(queries.stock_table(bank, list(kinds))) == 10
    assert set(published.values_list("latest__difficulty", flat=True)) == {1, 2, 3, 4, 5}
    assert published.latest("pk").created_at <= told.now - datetime.timedelta(days=100)
    places = Counter()
    for version in [q.latest for q in published.select_related("latest") if q.latest.kind == "single_choice"]:
        ids = [option["id"] for option in version.content["options"]]
        places[ids.index(version.key["options"][0])] += 1
        assert version.author_name != version.approver_name
    assert min(places.values()) >= 15
    assert told.data["actors"][Role.TRAINER].name == version.author_name
