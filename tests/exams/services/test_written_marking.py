"""Written answers: queued, taken by one marker, marked once, corrected with a reason, added up, then released."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from exams.models import MarkingTask, MarkRecord, WrittenMark
from exams.rules import marks as rules
from exams.rules.written import BadMark
from exams.services import results, written_marking
from exams.services.written_marking import CannotMark
from lianbing.kit.models import AuditRecord
from lianbing.people.queries import actor_for
from lianbing.people.rules import SYSTEM
from question_bank import kinds
from tests.factories import exams, marking, people
from tests.factories import kinds as questions
from tests.factories.exams import MINUTE, NOON
from tests.factories.marking import END, FULL, SOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return marking.waiting(3)


@pytest.fixture
def by(sitting):
    return marking.marker(sitting.unit)[1]


def give(task, by, points=FULL, **extra):
    return written_marking.give(task=task, points=points, marks=None, by=by, at=END, **extra)


def mark_next(sitting, by, points=FULL, **extra):
    task = written_marking.claim(sitting=sitting, by=by, at=END)
    give(marking.task_of(task.attempt), by, points, **extra)
    return task


def release(sitting):
    return results.release_results(sitting=sitting, by=SYSTEM, at=END)


def test_a_written_answer_waits_and_a_blank_one_is_nothing():
    sitting = exams.sitting(blueprint=exams.blueprint())
    attempt, blank = marking.handed_in(sitting), marking.handed_in(sitting, text="")
    record = attempt.mark_records.get()
    assert (record.marks, record.waiting, record.score) == (["5", None], 1, 5)
    assert MarkingTask.objects.get().attempt == attempt
    assert (blank.mark_records.get().marks, blank.mark_records.get().waiting) == (["5", "0"], 0)


def test_when_all_is_marked_the_full_score_is_appended(sitting, by):
    task = mark_next(sitting, by, SOME)
    first, second = task.attempt.mark_records.order_by("number")
    assert (first.score, second.score, second.marks, second.waiting) == (5, 7, ["5", "2"], 0)
    assert [one["sum"] for one in second.sections] == ["5", "2"]
    mark = WrittenMark.objects.get()
    assert (mark.marks, mark.points, mark.marker_id) == (2, SOME, by.user_id)
    assert AuditRecord.objects.filter(action="written_marked", subject_id=str(task.pk)).count() == 1


def test_the_release_waits_for_every_answer(sitting, by):
    with pytest.raises(results.CannotRelease, match="waiting"):
        release(sitting)
    for _ in range(3):
        mark_next(sitting, by)
    assert written_marking.claim(sitting=sitting, by=by, at=END) is None
    assert release(sitting) == 3
    scores = MarkRecord.objects.filter(number=2).values_list("score", flat=True)
    assert list(scores) == [10, 10, 10]


def test_a_held_answer_is_nobody_elses_until_the_hold_ends(sitting, by):
    other = marking.marker(sitting.unit)[1]
    mine = written_marking.claim(sitting=sitting, by=by, at=END)
    assert written_marking.claim(sitting=sitting, by=by, at=END) == mine
    assert written_marking.claim(sitting=sitting, by=other, at=END) != mine
    later = END + written_marking.HOLD + MINUTE
    third = marking.marker(sitting.unit)[1]
    assert written_marking.claim(sitting=sitting, by=third, at=later) == mine
    with pytest.raises(CannotMark, match="taken"):
        give(marking.task_of(mine.attempt), by)


def test_an_answer_not_taken_cannot_be_marked_and_none_twice(sitting, by):
    task = MarkingTask.objects.first()
    with pytest.raises(CannotMark, match="taken"):
        give(marking.task_of(task.attempt), by)
    done = mark_next(sitting, by)
    with pytest.raises(CannotMark, match="taken"):
        give(marking.task_of(done.attempt), by)
    assert WrittenMark.objects.count() == 1


def test_a_correction_is_a_later_row_with_its_reason(sitting, by):
    task = mark_next(sitting, by)
    own = marking.task_of(task.attempt)
    told = {"task": own, "points": SOME, "marks": None, "at": END}
    with pytest.raises(CannotMark, match="reason"):
        written_marking.correct(reason="错了", by=by, **told)
    with pytest.raises(CannotMark, match="not_yours"):
        written_marking.correct(reason="看错了采分点", by=marking.marker(sitting.unit)[1], **told)
    written_marking.correct(reason="看错了采分点", by=by, **told)
    assert list(own.given.values_list("number", "marks")) == [(1, 5), (2, 2)]
    assert own.attempt.mark_records.order_by("-number")[0].score == 7
    assert AuditRecord.objects.get(action="written_corrected").reason == "看错了采分点"


def test_nothing_changes_after_the_release(sitting, by):
    tasks = [mark_next(sitting, by) for _ in range(3)]
    release(sitting)
    task = marking.task_of(tasks[0].attempt)
    with pytest.raises(CannotMark, match="released"):
        written_marking.correct(task=task, points=SOME, marks=None, reason="看错了采分点", by=by, at=END)
    with pytest.raises(DatabaseError), transaction.atomic():
        WrittenMark.objects.update(marks=0)


def test_ones_own_exam_another_units_and_a_running_one_are_refused(sitting, by):
    user, _ = marking.marker(sitting.unit)
    exams.candidate(sitting, officer=people.officer(sitting.unit, user=user))
    stranger = marking.marker(people.unit("别的局"))[1]
    for actor, at, code in (
        (actor_for(user, NOON.date()), END, "own_exam"),
        (stranger, END, "not_yours"),
        (by, NOON, "not_closed"),
    ):
        with pytest.raises(CannotMark, match=code):
            written_marking.claim(sitting=sitting, by=actor, at=at)


def test_equal_short_answers_are_marked_together_when_asked():
    sitting = marking.waiting(text=["不会", "不会。", "不 会", "应当告知当事人陈述和申辩的权利。"])
    by = marking.marker(sitting.unit)[1]
    task = MarkingTask.objects.filter(sitting=sitting).order_by("pk").first()
    MarkingTask.objects.filter(pk=task.pk).update(claimed_by=by.user_id, claimed_until=END + MINUTE)
    assert give(marking.task_of(task.attempt), by, {}, with_alike=True) == 3
    assert MarkingTask.objects.filter(marked_at=None).count() == 1
    assert list(WrittenMark.objects.values_list("marks", flat=True)) == [0, 0, 0]


def test_points_nobody_asked_for_change_nothing(sitting, by):
    task = written_marking.claim(sitting=sitting, by=by, at=END)
    with pytest.raises(BadMark):
        give(marking.task_of(task.attempt), by, {"p9": "full"})
    assert not WrittenMark.objects.exists()


def test_the_order_is_drawn_and_replays(sitting):
    for task in MarkingTask.objects.select_related("attempt__candidate__paper"):
        paper = task.attempt.candidate.paper
        place = written_marking.Draw(bytes.fromhex(paper.seed), f"written:{task.position}:").below(2**31)
        assert task.place == place


def test_a_case_and_a_reason_wait_for_each_text():
    wild = questions.wild_case()
    versions = [exams.question(kind="reasoned_true_false"), exams.question(of=wild)]
    sitting = exams.sitting(blueprint=exams.blueprint())
    reason = {"options": ["a7"], "reason": "因为如此"}
    attempt = marking.handed_in(sitting, wild.right, reason, versions)
    texts = rules.texts_waiting(kinds.get("case_analysis"), wild.content, wild.key, wild.right, Decimal(5))
    assert MarkingTask.objects.count() == 1 + len(texts)
    record = attempt.mark_records.get()
    assert (record.marks, record.waiting) == ([None, None], 2)
    assert record.parts["1"] == ["3", None]
