"""The exams of the demo bureau."""

import datetime
import random

import pytest

from exams.demo import exams as tell
from exams.models import Attempt, Paper, Sitting
from exams.queries import released_outcomes
from exams.queries.marking import waiting_at
from exams.queries.results import exams_of, spread
from lianbing.kit.demo import Story
from lianbing.people.rules import Role
from tests.factories import exams, people

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def now():
    return datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


@pytest.fixture
def story(now):
    bureau = people.unit("云汐市城市管理综合执法局")
    bank = exams.bank("demo")
    for kind, count in (("single_choice", 40), ("multiple_choice", 16), ("true_false", 16)):
        for _ in range(count):
            exams.question(bank, kind)
    officers = [people.officer(bureau) for _ in range(24)]
    officers += [people.officer(bureau, category="auxiliary") for _ in range(6)]
    admin = people.actor(people.staff(Role.EXAM_ADMINISTRATOR))
    data = {
        "officers": officers,
        "units": {bureau.name: bureau},
        "actors": {Role.EXAM_ADMINISTRATOR: admin},
        "logins": [{"username": officers[0].staff_number}, {"username": officers[-1].staff_number}],
    }
    story = Story(today=now.date(), now=now, rng=random.Random(7), data=data)
    tell(story)
    return story


def test_the_chapter_tells_finished_running_and_coming_exams(story, now):
    first, second, running, coming, draft = story.data["sittings"]
    figures = spread(released_outcomes(first))
    assert figures.invited == 24
    assert figures.passed > figures.failed > 0
    assert released_outcomes(second)
    assert Attempt.objects.filter(submitted_how="deadline").exists()
    assert Attempt.objects.filter(candidate__sitting=running, state="open").count() == 2
    assert coming.papers_frozen_at
    assert draft.papers_frozen_at is None
    assert Sitting.objects.filter(released_at__gt=now).count() == 0


def test_the_demo_logins_may_start_the_open_exam(story, now):
    for officer in (story.data["officers"][0], story.data["officers"][-1]):
        due = [one.sitting for one in exams_of(officer.pk, now) if one.verdict.may_start]
        assert due == [story.data["sittings"][2]]


def test_a_bank_of_every_kind_gives_a_paper_of_the_newer_ones(story, now):
    bank = exams.bank("demo")
    for kind in ("indefinite_choice", "fill_blank", "ordering", "short_answer", "case_analysis"):
        for _ in range(3):
            exams.question(bank, kind)
    tell(story)
    paper = Paper.objects.filter(candidate__sitting__title="新题型体验测验").first()
    assert len({item[1] for item in paper.items}) == 5
    assert len({item[4] for item in paper.items}) == 5
    over = Sitting.objects.get(title="法制业务综合考试")
    assert waiting_at(over) > 0
    assert over.released_at is None
