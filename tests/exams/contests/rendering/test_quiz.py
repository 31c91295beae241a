"""A quiz on its pages and on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from exams.contests.queries import campaigns
from exams.contests.queries import quiz as queries
from exams.contests.rendering import quiz as rendering
from exams.contests.rendering.campaigns import report_pdf
from exams.contests.rules.campaigns import PRESETS
from exams.contests.services import quiz_taking
from tests.factories import people, quizzes
from tests.factories.quizzes import OPENS

pytestmark = pytest.mark.django_db


def _text(data):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_every_yearly_day_has_a_name():
    assert {one.code for one in PRESETS} == set(rendering.PRESETS)


def test_what_is_asked_holds_nothing_of_the_key():
    quiz = quizzes.published()
    begun = quiz_taking.start(quiz=quiz, guest=quizzes.guest(quiz), at=OPENS)
    for card in rendering.asked(begun, queries.versions_of(begun)):
        assert card.shown is None
        assert set(card.question) == {"stem", "options", "name", "many", "ticked"}
        assert all(set(option) == {"id", "letter", "text"} for option in card.question["options"])


def test_the_certificate_bears_nickname_and_number_and_is_no_card():
    quiz = quizzes.published()
    who = quizzes.guest(quiz)
    quizzes.attempt(quiz, who)
    who.refresh_from_db()
    text = _text(rendering.certificate_pdf(quiz, who))
    assert who.nickname in text
    assert who.number in text
    assert "100" in text
    assert quiz.by_name not in text


def test_the_same_guest_gets_the_same_sheet():
    quiz = quizzes.published()
    who = quizzes.guest(quiz)
    quizzes.attempt(quiz, who)
    who.refresh_from_db()
    assert rendering.certificate_pdf(quiz, who) == rendering.certificate_pdf(quiz, who)


def test_the_report_says_what_was_done_and_who_took_part():
    unit = people.unit("测试局")
    found = quizzes.campaign(unit=unit)
    quiz = quizzes.published(unit=unit, campaign=found, groups=[("001", "滨河社区", 100)])
    quizzes.attempt(quiz, quizzes.guest(quiz, group=quiz.groups.get()))
    found.goals.create(activity="观看警示教育片", target=1)
    text = _text(report_pdf(found, campaigns.report(found), OPENS))
    for words in ("0/1", "滨河社区", "1.0 %", "宪法知识有奖答题"):
        assert words in text
