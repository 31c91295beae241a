"""Writing down what an answer did: to the memory of a question, and to the wrong-answer book.

Everything here runs inside the caller's transaction, with the officer's row held.
"""

import datetime
from collections.abc import Collection

from courses.drills.models import DrillAnswer, Memory, Mistake
from courses.drills.rules import mastery, memory, mistakes
from courses.drills.rules.memory import Trace
from lianbing.people.models import Officer

STATE = (
    "version",
    "stability",
    "difficulty",
    "state",
    "step",
    "due_at",
    "last_at",
    "reps",
    "lapses",
    "mastered_until",
)


def trace_of(row: Memory | None) -> Trace | None:
    """The memory of a row as the rules take it; None for a question never answered."""
    if row is None:
        return None
    return Trace(row.stability, row.difficulty, row.state, row.step, row.due_at, row.last_at)


def of_questions(officer: Officer, questions: Collection[int]) -> dict[int, Memory]:
    """The officer's memories of these questions, by question. One statement."""
    return {row.question_id: row for row in Memory.objects.filter(officer=officer, question__in=questions)}


def remember(rows: dict[int, Memory], answer: DrillAnswer) -> Memory:
    """Put one answer, not saved yet or saved, on the rows of its officer; nothing is written."""
    row = rows.get(answer.question_id)
    trace = memory.after(trace_of(row), rating=answer.rating, at=answer.at)
    if row is None:
        row = rows[answer.question_id] = Memory(officer_id=answer.officer_id, question_id=answer.question_id)
    elif not answer.right and row.state == memory.LEARNT:
        row.lapses += 1
    row.version_id = answer.version_id
    row.stability, row.difficulty, row.state, row.step = (
        trace.stability,
        trace.difficulty,
        trace.state,
        trace.step,
    )
    row.due_at, row.last_at = trace.due_at, trace.last_at
    row.mastered_until = mastery.mastered_until(
        stability=trace.stability, state=trace.state, last_at=trace.last_at
    )
    row.reps += 1
    row.right += answer.right
    row.wrong += not answer.right
    return row


def save(rows: Collection[Memory]) -> None:
    """Write memories, new and changed ones."""
    Memory.objects.bulk_create([row for row in rows if row.pk is None])
    changed = [row for row in rows if row.pk is not None]
    if changed:
        Memory.objects.bulk_update(changed, [*STATE, "right", "wrong"])


def keep_book(officer: Officer, answers: Collection[DrillAnswer]) -> None:
    """Put the wrong ones into the wrong-answer book and let out what was right on days enough. In order."""
    questions = {one.question_id for one in answers}
    book = {
        row.question_id: row
        for row in Mistake.objects.filter(officer=officer, question__in=questions, cleared_at=None)
    }
    for answer in answers:
        row = book.get(answer.question_id)
        if row is not None:
            _turn(row, answer)
        elif not answer.right:
            book[answer.question_id] = Mistake(
                officer=officer, question_id=answer.question_id, put_in_at=answer.at
            )
        if row is not None and row.cleared_at:
            _write([book.pop(answer.question_id)])
    _write(book.values())


def _turn(row: Mistake, answer: DrillAnswer) -> None:
    entry = mistakes.after(
        mistakes.Entry(row.successes, row.last_success_on),
        right=answer.right,
        guessed=answer.guessed,
        on=answer.on,
    )
    row.successes, row.last_success_on = entry.successes, entry.last_success_on
    row.cleared_at = answer.at if entry.is_cleared else None


def _write(rows: Collection[Mistake]) -> None:
    Mistake.objects.bulk_create([row for row in rows if row.pk is None])
    changed = [row for row in rows if row.pk is not None]
    if changed:
        Mistake.objects.bulk_update(changed, ["successes", "last_success_on", "cleared_at"])


def put_in_book(
    *, questions: Collection[int], officer: Officer, origin: str, at: datetime.datetime
) -> list[Mistake]:
    """Put questions into the book at once; what stands in it already stays as it is. Returns the new ones."""
    there = set(
        Mistake.objects.filter(officer=officer, question__in=questions, cleared_at=None).values_list(
            "question", flat=True
        )
    )
    return Mistake.objects.bulk_create(
        [
            Mistake(officer=officer, question_id=one, origin=origin, put_in_at=at)
            for one in sorted(set(questions) - there)
        ]
    )
