"""What organisers find on their front page, and what the clock does by itself."""

import datetime

import pytest

from exams.contests import tasks
from exams.contests.models import QuizAttempt, QuizList, QuizOffer
from exams.contests.panels.quiz import to_see_to
from exams.contests.services import lottery, quiz_taking
from lianbing.kit.models import AuditRecord
from tests.factories import people, quizzes
from tests.factories.quizzes import AFTER, BEFORE, CLOSES, MINUTE, OPENS, ORGANISER

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_a_draw_that_waits_is_urgent_until_it_is_made():
    quiz = quizzes.published()
    quizzes.attempt(quiz, quizzes.guest(quiz))
    assert not to_see_to(ORGANISER, OPENS).urgent
    panel = to_see_to(ORGANISER, AFTER)
    assert panel.urgent
    assert panel.context["draws"] == [quiz]
    lottery.draw(quiz=quiz, by=ORGANISER, at=AFTER)
    assert to_see_to(ORGANISER, AFTER) is None


def test_a_yearly_day_near_at_hand_is_told_until_something_is_prepared():
    codes = {day.span.preset.code for day in to_see_to(ORGANISER, BEFORE).context["days"]}
    assert codes == {"constitution_week", "constitution_day"}
    for code in codes:
        quizzes.campaign(unit=people.unit(f"局{code}"), preset=code)
    assert to_see_to(ORGANISER, BEFORE) is None


def test_the_clock_hands_in_lists_passes_on_and_deletes():
    quiz = quizzes.published(asks_contact=True, prizes=[("奖", 1)])
    first, second = quizzes.guest(quiz, "甲"), quizzes.guest(quiz, "乙")
    quizzes.attempt(quiz, first)
    quiz_taking.start(quiz=quiz, guest=second, at=CLOSES - MINUTE)
    assert tasks.close_quiz_attempts(CLOSES) == 1
    assert QuizAttempt.objects.filter(submitted_at=None).count() == 0
    assert tasks.go_on_with_draws(CLOSES) == 1
    assert QuizList.objects.get().entries[0][0] == first.number
    lottery.draw(quiz=quizzes.fresh(quiz), by=ORGANISER, at=AFTER)
    lottery.answer(guest=first, contact="13800138000", consents=True, at=AFTER)
    assert tasks.go_on_with_draws(AFTER + 40 * DAY) == 1
    assert QuizOffer.objects.get().sealed == ""
    assert AuditRecord.objects.filter(action="quiz_contacts_purged").exists()
    assert tasks.go_on_with_draws(AFTER + 41 * DAY) == 0
