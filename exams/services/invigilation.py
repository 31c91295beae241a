"""What staff do while an exam runs: extra time, handing in for somebody, closing early. All on record."""

import datetime

from django.db import transaction

from exams import state
from exams.models import Attempt, Candidate, Sitting
from exams.queries.sittings import state_of
from exams.rules import timing
from exams.rules.access import MIN_REASON
from exams.services import statements, submission
from exams.services.submission import Receipt, close_if_over, close_overdue, hand_in
from exams.state import SittingState
from lianbing.kit import audit
from lianbing.people.rules import Actor

MAX_EXTRA = 4 * 3600


class Refused(Exception):
    """A staff action was refused. `code`: reason, oneself, over, range, not_running, nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _reason(reason: str) -> str:
    said = reason.strip()
    if len(said) < MIN_REASON:
        raise Refused("reason")
    return said


def _grant(candidate: Candidate, seconds: int) -> int:
    """Move a candidate's extra time and the deadline of an open attempt. Returns the total granted."""
    locked = Candidate.objects.select_for_update().select_related("sitting").get(pk=candidate.pk)
    total = locked.extra_seconds + seconds
    if not 0 <= total <= MAX_EXTRA:
        raise Refused("range")
    attempt = Attempt.objects.select_for_update().filter(candidate=locked).first()
    if attempt is not None and attempt.state != state.OPEN:
        raise Refused("over")
    locked.extra_seconds = total
    locked.save(update_fields=["extra_seconds"])
    if attempt is not None:
        deadline = timing.effective_deadline(
            started_at=attempt.started_at,
            duration_minutes=locked.sitting.duration_minutes,
            closes_at=locked.sitting.closes_at,
            extra_seconds=total,
        )
        Attempt.objects.filter(pk=attempt.pk, state=state.OPEN).update(deadline=deadline, extra_seconds=total)
    return total


def _not_oneself(candidate: Candidate, by: Actor) -> None:
    if by.officer_id is not None and candidate.officer_id == by.officer_id:
        raise Refused("oneself")


def extend(*, candidate: Candidate, seconds: int, reason: str, by: Actor, at: datetime.datetime) -> int:
    """Give a candidate `seconds` more (or take back time granted before). Returns the total granted.

    Raises Refused: a reason of fewer than five characters, one's own exam, an attempt already handed in,
    a total below zero or above four hours. The candidate's page learns of it at its next save or poll.
    """
    said = _reason(reason)
    _not_oneself(candidate, by)
    close_overdue(at=at)
    with transaction.atomic():
        total = _grant(candidate, seconds)
        audit.record(
            stream="exams",
            action="time_extended",
            by=by,
            at=at,
            subject=candidate,
            reason=said,
            seconds=seconds,
            total_seconds=total,
        )
    return total


def extend_all(*, sitting: Sitting, seconds: int, reason: str, by: Actor, at: datetime.datetime) -> int:
    """Give everybody who has not handed in `seconds` more, oneself excepted. Returns how many."""
    said = _reason(reason)
    close_overdue(at=at)
    extended = 0
    with transaction.atomic():
        for candidate in sitting.candidates.exclude(attempt__state=state.SUBMITTED):
            if by.officer_id is not None and candidate.officer_id == by.officer_id:
                continue
            _grant(candidate, seconds)
            extended += 1
        if not extended:
            raise Refused("nobody")
        audit.record(
            stream="exams",
            action="time_extended_for_all",
            by=by,
            at=at,
            subject=sitting,
            reason=said,
            seconds=seconds,
            candidates=extended,
        )
    return extended


def force_submit(*, attempt: Attempt, reason: str, by: Actor, at: datetime.datetime) -> Receipt:
    """Hand in for a candidate what the server has. Raises Refused (reason, oneself, over)."""
    said = _reason(reason)
    _not_oneself(attempt.candidate, by)
    submission.refresh(attempt, at=at)
    with transaction.atomic():
        row = statements.read(attempt.uid, lock=True)
        if row is None or row.state != state.OPEN:
            raise Refused("over")
        return hand_in(row, how=state.How.STAFF, by=by, at=at, submitted_at=at, reason=said)


def close_sitting(*, sitting: Sitting, reason: str, by: Actor, at: datetime.datetime) -> int:
    """End a sitting now: nobody starts any more, whoever is still writing is handed in. Returns how many."""
    said = _reason(reason)
    if state_of(sitting, at) not in {SittingState.OPEN, SittingState.SCHEDULED}:
        raise Refused("not_running")
    if by.officer_id is not None and sitting.candidates.filter(officer_id=by.officer_id).exists():
        raise Refused("oneself")
    with transaction.atomic():
        moved = Sitting.objects.filter(pk=sitting.pk, closed_early_at=None, released_at=None).update(
            closed_early_at=at
        )
        if moved != 1:
            raise Refused("not_running")
        handed_in = 0
        for uid in Attempt.objects.filter(candidate__sitting=sitting, state=state.OPEN).values_list(
            "uid", flat=True
        ):
            row = statements.read(uid, lock=True)
            if row is not None and row.state == state.OPEN and not close_if_over(row, at=at):
                hand_in(row, how=state.How.STAFF, by=by, at=at, submitted_at=at, reason=said)
            handed_in += 1
        audit.record(
            stream="exams",
            action="sitting_closed",
            by=by,
            at=at,
            subject=sitting,
            reason=said,
            handed_in=handed_in,
        )
    sitting.closed_early_at = at
    return handed_in
