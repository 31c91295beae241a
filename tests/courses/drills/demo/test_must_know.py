"""The demo's lists, self-tests and rota: through the services, in the past."""

import datetime

import pytest
from django.utils import timezone

from courses.drills.demo.must_know import COMMON, LISTS, must_know_lists, self_tests_and_rota
from courses.drills.models import MasteryProof, MustKnow, RestDay
from courses.drills.queries.must_know import questions_of
from lianbing.kit.demo import Story
from lianbing.people.models import Post
from lianbing.people.rules import Role
from tests.factories import drills, people
from tests.factories.question_bank import BankFactory, published

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


@pytest.fixture
def story():
    bank = BankFactory()
    for name in sorted({*COMMON, *(one for names in LISTS.values() for one in names)}):
        for number in range(3):
            published(bank, stem=f"{name}{number}（　）", point=name)
    told = Story(today=timezone.localtime(NOW).date(), now=NOW)
    told.data["posts"] = {name: Post.objects.create(name=name) for name in LISTS}
    told.data["actors"] = {Role.TRAINER: people.actor(people.staff(Role.TRAINER))}
    told.data["officers"] = [drills.learner() for _ in range(2)]
    for one in told.data["officers"]:
        one.appointments.update(post=told.data["posts"]["一线执法岗"])
    must_know_lists(told)
    self_tests_and_rota(told)
    return told


def test_each_post_has_its_list_beside_the_common_one(story):
    assert MustKnow.objects.filter(post=None).count() == len(COMMON)
    for name, points in LISTS.items():
        wanted = 3 * (len(COMMON) + len(points))
        assert len(questions_of(story.data["posts"][name], story.today)) == wanted


def test_one_self_test_was_passed_and_one_was_not(story):
    passed = dict(MasteryProof.objects.order_by("officer").values_list("officer", "passed"))
    assert list(passed.values()) == [True, False]
    assert not MasteryProof.objects.filter(at__gt=NOW).exists()


def test_the_rota_lies_ahead(story):
    assert RestDay.objects.filter(on__gt=story.today).count() == 5
