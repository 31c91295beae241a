"""Several markers at once: no answer is marked twice, and the last one of an attempt always adds up."""

import pytest

from exams.models import MarkingTask, MarkRecord, WrittenMark
from exams.services import written_marking
from exams.services.written_marking import CannotMark
from tests.exams.services.test_races import MANY, together  # noqa: F401 -- a fixture
from tests.factories import marking
from tests.factories.marking import END, FULL

pytestmark = pytest.mark.django_db(transaction=True)


def _seen():
    return (
        WrittenMark.objects.count(),
        MarkingTask.objects.filter(marked_at=None).count(),
        MarkRecord.objects.filter(number=2, waiting=0).count(),
    )


def test_one_answer_is_taken_and_marked_by_one_of_ten(together):  # noqa: F811
    sitting = marking.waiting(1)
    actors = [marking.marker(sitting.unit)[1] for _ in range(MANY)]
    attempt = MarkingTask.objects.get().attempt

    def one(n):
        if written_marking.claim(sitting=sitting, by=actors[n], at=END) is None:
            return "nothing"
        task = marking.task_of(attempt)
        return written_marking.give(task=task, points=FULL, marks=None, by=actors[n], at=END)

    told, seen = together(one, _seen)
    assert sorted(map(str, told)) == ["1", *["nothing"] * (MANY - 1)]
    assert seen == (1, 0, 1)


def test_two_windows_of_one_marker_mark_an_answer_once(together):  # noqa: F811
    sitting = marking.waiting(1)
    by = marking.marker(sitting.unit)[1]
    task = written_marking.claim(sitting=sitting, by=by, at=END)

    def one(_n):
        try:
            return written_marking.give(
                task=marking.task_of(task.attempt), points=FULL, marks=None, by=by, at=END
            )
        except CannotMark as refused:
            return refused.code

    told, seen = together(one, _seen)
    assert sorted(map(str, told)) == ["1", *["taken"] * (MANY - 1)]
    assert seen == (1, 0, 1)


def test_ten_markers_share_ten_answers(together):  # noqa: F811
    sitting = marking.waiting(MANY)
    actors = [marking.marker(sitting.unit)[1] for _ in range(MANY)]

    def one(n):
        task = written_marking.claim(sitting=sitting, by=actors[n], at=END)
        return written_marking.give(
            task=marking.task_of(task.attempt), points=FULL, marks=None, by=actors[n], at=END
        )

    told, seen = together(one, _seen)
    assert (told, seen) == ([1] * MANY, (MANY, 0, MANY))
