"""Written answers: queued when an attempt is handed in, marked by one marker each, added up when all are marked.

Two markers never mark the same answer: whoever takes it holds it for a while, and only one update can
move it to marked. A correction before the release is a later row with its reason.
"""

import datetime
import uuid
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When

from exams.models import Attempt, Candidate, MarkingTask, Sitting, WrittenMark
from exams.permissions import can_mark
from exams.queries import marking as queries
from exams.queries.sittings import state_of
from exams.rules import marks as rules
from exams.rules import written
from exams.rules.access import MIN_REASON
from exams.services.marking import Sheet, record_marks
from exams.state import SittingState
from lianbing.kit import audit
from lianbing.kit.draws import Draw
from lianbing.people.rules import SYSTEM, Actor
from question_bank import kinds
from question_bank.queries import versions

HOLD = datetime.timedelta(minutes=15)
PLACES = 2**31


class CannotMark(Exception):
    """A written answer cannot be marked. `code`: not_yours, own_exam, not_closed, released, taken, unmarked, reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def queue_written(*, attempt_id: int, sitting_id: int, seed: str, sheet: Sheet) -> int:
    """Put the written answers of an attempt into the queue, inside the caller's transaction. Returns how many.

    Their places follow from the paper's secret seed, so that the order says nothing about the candidate.
    """
    tasks = []
    for position, item in enumerate(sheet.items, start=1):
        version = sheet.found[item[0]]
        kind = kinds.get(item[1])
        if not kind.needs_marker(version.content):
            continue
        response = sheet.answers.get(str(position), [])
        for text, full in rules.texts_waiting(kind, version.content, version.key, response, Decimal(item[2])):
            place = Draw(bytes.fromhex(seed), f"written:{position}:{text.part}").below(PLACES)
            tasks.append(
                MarkingTask(
                    attempt_id=attempt_id,
                    sitting_id=sitting_id,
                    version_id=version.pk,
                    position=position,
                    part=text.part,
                    full_marks=full,
                    place=place,
                    fingerprint=written.fingerprint(text.text),
                )
            )
    MarkingTask.objects.bulk_create(tasks)
    return len(tasks)


def _guard(sitting: Sitting, by: Actor, at: datetime.datetime) -> None:
    if not can_mark(by, sitting):
        raise CannotMark("not_yours")
    if Candidate.objects.filter(sitting=sitting, officer_id=by.officer_id or 0).exists():
        raise CannotMark("own_exam")
    stands = state_of(sitting, at)
    if stands is SittingState.RELEASED:
        raise CannotMark("released")
    if stands is not SittingState.CLOSED:
        raise CannotMark("not_closed")


def claim(
    *, sitting: Sitting, by: Actor, at: datetime.datetime, put_back: Collection[uuid.UUID] = ()
) -> MarkingTask | None:
    """Take the next answer of a sitting: one's own unfinished one first. None when nothing is free.

    It is held for fifteen minutes. The answers in `put_back` come after all others. Raises CannotMark.
    """
    _guard(sitting, by, at)
    waiting = MarkingTask.objects.filter(sitting=sitting, marked_at=None).exclude(
        attempt__user_id=by.user_id or 0
    )
    # Without anything put back the case would be a bare 0, which PostgreSQL reads as a column's place.
    later: list[Case] = [Case(When(uid__in=list(put_back), then=1), default=0)] if put_back else []
    order: tuple[Case | str, ...] = (*later, "version_id", "part", "place", "pk")
    mine = Q(claimed_by_id=by.user_id, claimed_until__gt=at)
    while True:
        task = waiting.filter(mine).order_by(*order).first()
        task = task or waiting.filter(queries.free(at)).order_by(*order).first()
        if task is None:
            return None
        taken = waiting.filter(mine | queries.free(at), pk=task.pk)
        if taken.update(claimed_by_id=by.user_id, claimed_until=at + HOLD) == 1:
            return task


def put_back(*, task: MarkingTask, by: Actor, at: datetime.datetime) -> None:
    """Let go of an answer one holds and has not marked, for anybody to take. Raises CannotMark."""
    _guard(task.sitting, by, at)
    held = MarkingTask.objects.filter(pk=task.pk, marked_at=None, claimed_by_id=by.user_id)
    if held.update(claimed_by_id=None, claimed_until=None) != 1:
        raise CannotMark("taken")


def _worth(
    task: MarkingTask, points: Mapping[str, Any], given: Decimal | None
) -> tuple[Decimal, dict[str, str]]:
    """The marks the server computes from what was ticked, and what is kept of it. Raises written.BadMark."""
    wanted = queries.text_of(task).points
    if not wanted:
        return written.given(given, task.full_marks), {}
    kept = {name: level for name, level in points.items() if level}
    return written.met(wanted, kept, task.full_marks), kept


def _write(
    task: MarkingTask,
    number: int,
    worth: tuple[Decimal, dict[str, str]],
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
) -> WrittenMark:
    assert by.user_id is not None
    mark = WrittenMark.objects.create(
        task=task,
        number=number,
        marks=worth[0],
        points=worth[1],
        marker_id=by.user_id,
        by=by.snapshot(),
        at=at,
        reason=reason,
    )
    action = "written_marked" if number == 1 else "written_corrected"
    audit.record(
        stream="exams",
        action=action,
        by=by,
        at=at,
        subject=task,
        reason=reason,
        marks=str(mark.marks),
        number=number,
    )
    return mark


def give(
    *,
    task: MarkingTask,
    points: Mapping[str, Any],
    marks: Decimal | None,
    by: Actor,
    at: datetime.datetime,
    with_alike: bool = False,
) -> int:
    """Mark an answer one holds, and the equal short ones when asked. Returns how many were marked.

    `points` ({id: "full" or "half"}) where the question has scoring points, else `marks`. Raises
    CannotMark ("taken" when somebody else holds or has marked it) and written.BadMark.
    """
    _guard(task.sitting, by, at)
    worth = _worth(task, points, marks)
    short = with_alike and written.is_short(queries.text_of(task).text)
    done = 0
    with transaction.atomic():
        others = list(queries.alike(task, at).exclude(attempt__user_id=by.user_id or 0)) if short else []
        for one in sorted([task, *others], key=lambda one: one.attempt_id):
            Attempt.objects.select_for_update().get(pk=one.attempt_id)
            held = Q(claimed_by_id=by.user_id) if one.pk == task.pk else queries.free(at)
            moved = MarkingTask.objects.filter(held, pk=one.pk, marked_at=None).update(
                marked_at=at, claimed_by_id=by.user_id, claimed_until=None
            )
            if moved == 1:
                _write(one, 1, worth, by, at)
                _add_up(one.attempt_id, "written_marked", at)
                done += 1
            elif one.pk == task.pk:
                raise CannotMark("taken")
    return done


def correct(
    *,
    task: MarkingTask,
    points: Mapping[str, Any],
    marks: Decimal | None,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> WrittenMark:
    """Append another mark to an answer one has marked oneself, before the release, with a reason.

    Raises CannotMark, also when somebody was faster, and written.BadMark.
    """
    if len(reason.strip()) < MIN_REASON:
        raise CannotMark("reason")
    with transaction.atomic():
        sitting = (
            Sitting.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.sitting_id)
        )
        _guard(sitting, by, at)
        Attempt.objects.select_for_update().get(pk=task.attempt_id)
        last = queries.latest_written(task)
        if last is None:
            raise CannotMark("unmarked")
        if last.marker_id != by.user_id:
            raise CannotMark("not_yours")
        mark = _write(task, last.number + 1, _worth(task, points, marks), by, at, reason.strip())
        _add_up(task.attempt_id, "written_corrected", at)
    return mark


def _add_up(attempt_id: int, reason: str, at: datetime.datetime) -> None:
    """Append the next mark record of an attempt once nothing of it waits. Caller holds the attempt's lock."""
    if MarkingTask.objects.filter(attempt_id=attempt_id, marked_at=None).exists():
        return
    attempt = Attempt.objects.select_related("candidate__paper", "candidate__sitting").get(pk=attempt_id)
    last = attempt.mark_records.order_by("-number").first()
    assert last is not None
    record_marks(
        attempt_id=attempt_id,
        sheet=sheet_of(attempt),
        written=queries.written_given(attempt_id),
        number=last.number + 1,
        reason=reason,
        by=SYSTEM,
        at=at,
    )


def sheet_of(attempt: Attempt) -> Sheet:
    """What an attempt is marked from. Load the candidate's paper and sitting with it."""
    paper = attempt.candidate.paper
    sections = rules.sections_of(paper.sections, attempt.candidate.sitting.marking_rule)
    return Sheet(paper.items, sections, attempt.answers, versions([item[0] for item in paper.items]))
