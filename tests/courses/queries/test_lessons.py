"""A draft with everything resolved: articles by their rows, questions by their versions, and what is amiss."""

import pytest

from courses.models import CoursePage
from courses.queries.lessons import prepare
from courses.rendering import lessons as rendering
from question_bank.models import Pool
from tests.factories import exams, library, question_bank
from tests.factories.courses import block, course, lesson_block

pytestmark = pytest.mark.django_db


def codes(page, at):
    return [one.code for one in prepare(page, at).troubles]


def test_a_citation_becomes_the_articles_in_force(at):
    library.edition("云汐市测试条例")
    cited = block("article", {"citation": "《云汐市测试条例》第二条", "note": "看这一条"})
    found = prepare(course(lessons=[lesson_block(body=[cited])]), at)
    part = found.lessons[0].body[0]
    assert (part["articles"][0]["label"], part["articles"][0]["text"]) == ("第二条", "这是第2号条文。")
    assert found.lessons[0].articles == [part["articles"][0]["pk"]]
    assert found.troubles == []


def test_a_citation_that_leads_nowhere_is_named_with_its_lesson(at):
    cited = block("article", {"citation": "《没有的法》第一条", "note": ""})
    (trouble,) = prepare(course(lessons=[lesson_block("调查", body=[cited])]), at).troubles
    assert (trouble.code, trouble.lesson) == ("citation", "调查")
    assert "《没有的法》第一条" in trouble.what


def test_questions_become_the_versions_published_now(at):
    question = question_bank.published()
    shown = block("questions", [{"type": "item", "value": question.pk, "id": "q"}])
    found = prepare(course(lessons=[lesson_block(body=[shown], check=[question.pk])]), at).lessons[0]
    assert found.check == [question.published_version_id]
    assert found.body[0]["versions"] == [question.published_version_id]
    assert found.check_needed == 1


def test_a_question_reserved_for_exams_never_gets_in(at):
    question = question_bank.published()
    type(question).objects.filter(pk=question.pk).update(pool=Pool.EXAM)
    page = course(lessons=[lesson_block(check=[question.pk])])
    assert codes(page, at) == ["question_gone"]
    assert prepare(page, at).lessons[0].check == []


def test_more_right_answers_than_questions_are_refused(at):
    question = question_bank.published()
    assert codes(course(lessons=[lesson_block(check=[question.pk], check_needed=2)]), at) == [
        "check_too_many"
    ]


def test_a_course_without_lessons_or_category_says_so(at):
    assert codes(course(lessons=[], category=None), at) == ["no_lessons", "no_category"]


def test_nothing_of_a_key_is_in_a_lesson_as_shown(at):
    question = question_bank.published(explanation="答案在此")
    shown = block("questions", [{"type": "item", "value": question.pk, "id": "q"}])
    body = prepare(course(lessons=[lesson_block(body=[shown])]), at).lessons[0].body
    from django.template.loader import render_to_string

    page = render_to_string("courses/authoring/_lesson.html", {"pieces": rendering.pieces(body)})
    assert "执法时不得少于" in page
    assert "is-right" not in page
    assert "答案在此" not in page


def test_two_statements_for_the_questions_of_any_number_of_lessons(at, django_assert_max_num_queries):
    asked = [question_bank.published(stem=f"第{n}题（　）。").pk for n in range(3)]
    page = course(lessons=[lesson_block(f"第{n}课", check=[pk]) for n, pk in enumerate(asked)])
    page = CoursePage.objects.get(pk=page.pk)
    with django_assert_max_num_queries(12):
        prepare(page, at)


@pytest.mark.parametrize("kind", ["short_answer", "essay", "case_analysis"])
def test_what_a_check_cannot_ask_is_named_and_never_dropped_in_silence(at, kind):
    asked = exams.question(kind=kind).question_id
    assert codes(course(lessons=[lesson_block(check=[asked])]), at) == ["question_by_hand"]
