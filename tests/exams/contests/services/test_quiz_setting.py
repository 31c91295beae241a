"""Setting up a public quiz."""

import pytest
from django.db import DatabaseError, transaction

from exams.contests.models import Quiz, QuizCode
from exams.contests.queries.quiz import items_in_reach
from exams.contests.services import quiz_setting
from exams.contests.services.quiz_setting import QuizRefused
from lianbing.kit import append_only
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import NOBODY, Actor, Grant, Role
from question_bank.models import Pool, Question, QuestionVersion
from tests.factories import exams, quizzes
from tests.factories.quizzes import AFTER, BEFORE, KEEPER, OPENS, ORGANISER

pytestmark = pytest.mark.django_db


def _code(function, **told):
    with pytest.raises(QuizRefused) as refused:
        function(**told)
    return refused.value.code


def test_a_published_quiz_has_committed_itself_and_its_audit_says_so():
    quiz = quizzes.published()
    assert len(quiz.seed) == len(quiz.commitment) == 64
    record = AuditRecord.objects.get(action="quiz_published")
    assert record.details["commitment"] == quiz.commitment
    assert quiz.seed not in str(record.details)


def test_the_database_refuses_to_change_what_is_published():
    quiz = quizzes.published()
    for change in ({"closes_at": AFTER}, {"seed": "0" * 64}, {"attempts": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Quiz.objects.filter(pk=quiz.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        quiz.prizes.all().delete()


def test_a_published_quiz_is_neither_saved_nor_published_again():
    quiz = quizzes.published()
    told = {"draft": quizzes.draft(unit=quiz.unit), "quiz": quiz, "by": ORGANISER, "at": BEFORE}
    assert _code(quiz_setting.save_quiz, **told) == "published"
    assert _code(quiz_setting.publish, quiz=quiz, by=ORGANISER, at=BEFORE) == "published"


def test_questions_reserved_for_exams_are_out_of_reach():
    quizzes.stock(3, Pool.EXAM)
    drill, contest = quizzes.stock(2, Pool.DRILL), quizzes.stock(1, Pool.CONTEST)
    open_pool, own_pool = quizzes.saved(), quizzes.saved(uses_drill_pool=False, unit=Quiz.objects.get().unit)
    versions = {
        row.published_version_id for row in Question.objects.filter(pk__in=[r.pk for r in drill + contest])
    }
    assert {one.version for one in items_in_reach(open_pool, BEFORE)} == versions
    assert len(items_in_reach(own_pool, BEFORE)) == 1


def test_what_a_person_must_mark_and_what_has_pictures_is_not_asked():
    quizzes.stock(1)
    exams.question(exams.bank("quiz"), kind="true_false")
    exams.question(exams.bank("quiz"), kind="short_answer")
    for told in ({"asks_reason": True}, {"stem": "看图 ![图](0f) 回答"}):
        _ask_again(told)
    reached = {one.version for one in items_in_reach(quizzes.saved(), BEFORE)}
    kinds = sorted(QuestionVersion.objects.filter(pk__in=reached).values_list("kind", flat=True))
    assert kinds == ["single_choice", "true_false"]


def _ask_again(told):
    """A true or false with something else in its content."""
    made = exams.question(exams.bank("quiz"), kind="true_false")
    with append_only.lifted():
        QuestionVersion.objects.filter(pk=made.pk).update(content=made.content | told)


@pytest.mark.parametrize(
    ("told", "code"),
    [({"lines": ()}, "lines"), ({"prizes": ()}, "prizes"), ({"lines": ((None, 7),)}, "short")],
)
def test_what_is_not_ready_is_not_published(told, code):
    assert _code(quiz_setting.publish, quiz=quizzes.saved(**told), by=ORGANISER, at=BEFORE) == code


def test_a_window_in_the_past_is_not_published():
    assert _code(quiz_setting.publish, quiz=quizzes.saved(), by=ORGANISER, at=AFTER) == "past"


def test_only_organisers_of_the_unit_set_up():
    quiz = quizzes.saved()
    elsewhere = Actor(1, "9", "x", grants=(Grant(Role.TRAINER, "9999"),))
    for by in (NOBODY, elsewhere, Actor(1, "9", "x", grants=(Grant(Role.LEADER),))):
        assert _code(quiz_setting.publish, quiz=quiz, by=by, at=BEFORE) == "not_allowed"
        assert _code(quiz_setting.stop, quiz=quiz, reason="因故取消", by=by, at=BEFORE) == "not_allowed"


def test_a_quiz_is_called_off_once():
    quiz = quizzes.published()
    quiz_setting.stop(quiz=quiz, reason="题目有误，另行通知", by=KEEPER, at=OPENS)
    again = {"quiz": quizzes.fresh(quiz), "reason": "再次取消", "by": KEEPER, "at": OPENS}
    assert _code(quiz_setting.stop, **again) == "stopped"


def test_a_draft_is_not_called_off():
    told = {"quiz": quizzes.saved(), "reason": "因故取消", "by": ORGANISER, "at": BEFORE}
    assert _code(quiz_setting.stop, **told) == "draft"


def test_codes_are_kept_as_digests_alone():
    quiz = quizzes.saved(codes_only=True)
    codes = quiz_setting.make_codes(quiz=quiz, count=5, by=ORGANISER, at=BEFORE)
    assert len(set(codes)) == 5
    kept = list(QuizCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_a_quiz_without_codes_makes_none_and_none_makes_too_many():
    assert (
        _code(quiz_setting.make_codes, quiz=quizzes.saved(), count=1, by=ORGANISER, at=BEFORE) == "no_codes"
    )
    quiz = quizzes.saved(codes_only=True, unit=Quiz.objects.get().unit)
    assert _code(quiz_setting.make_codes, quiz=quiz, count=20_001, by=ORGANISER, at=BEFORE) == "many"
