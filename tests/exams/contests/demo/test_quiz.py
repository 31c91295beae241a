"""The demo's public quizzes."""

import pytest

from exams.contests.demo.quiz import public_quizzes
from exams.contests.models import Campaign, Quiz, QuizAttempt, QuizGuest, QuizOffer
from exams.contests.queries.quiz import public_quiz, stage_of
from exams.contests.rendering.quiz import draw_document
from exams.contests.rules import lottery
from exams.contests.rules.quiz import Stage
from lianbing.kit.demo import Story
from lianbing.people.rules import Role
from tests.factories import exams, people, quizzes


@pytest.fixture
def story(db, at):
    people.unit("云汐市城市管理综合行政执法局")
    for name in ("市容管理", "环境卫生"):
        quizzes.stock(8, about=exams.point(name))
    made = Story(today=at.date(), now=at)
    made.data |= {"actors": {Role.TRAINER: quizzes.ORGANISER}, "bank": exams.bank("quiz")}
    return made


def test_one_quiz_is_open_and_one_is_drawn(story, at):
    public_quizzes(story)
    open_one, drawn = (public_quiz(quiz.uid) for quiz in Quiz.objects.order_by("-opens_at"))
    assert [stage_of(one, at) for one in (open_one, drawn)] == [Stage.OPEN, Stage.CLOSED]
    assert lottery.check(draw_document(drawn, drawn.eligible, drawn.draw), drawn.commitment).valid
    states = [(one.answered_at is not None, one.lapsed_at is not None) for one in QuizOffer.objects.all()]
    assert states == [(True, False)] * 3 + [(False, True), (True, False)]
    assert QuizAttempt.objects.filter(submitted_at=None).count() == 0
    assert QuizGuest.objects.filter(best_score=None).count() == 0
    assert Campaign.objects.get().quizzes.get() == Quiz.objects.get(pk=open_one.pk)


def test_without_a_bank_nothing_is_told(story):
    del story.data["bank"]
    public_quizzes(story)
    assert not Quiz.objects.exists()
