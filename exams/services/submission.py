"""Handing an attempt in: once and for good, by the candidate, by the deadline, or by staff."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from exams import state
from exams.models import Attempt
from exams.rules import scoring, timing
from exams.rules.marks import sections_of
from exams.services import statements
from exams.services.marking import Sheet, record_marks
from exams.services.written_marking import queue_written
from lianbing.kit import audit
from lianbing.people.rules import SYSTEM, Actor
from question_bank.queries import versions


@dataclass(frozen=True)
class Receipt:
    """What a candidate gets for an attempt handed in. The same at every replay."""

    number: str
    submitted_at: datetime.datetime
    answers_sha256: str
    answered: int
    items: int
    how: str

    def as_json(self) -> dict[str, Any]:
        """The receipt as the save protocol sends it."""
        return {
            "number": self.number,
            "submitted_at": self.submitted_at.isoformat(),
            "answers_sha256": self.answers_sha256,
            "answered": self.answered,
            "items": self.items,
            "how": self.how,
        }


def receipt_of(row: statements.Row) -> Receipt | None:
    """The receipt of an attempt as the save path read it, or None while it is open."""
    if row.state != state.SUBMITTED or row.submitted_at is None:
        return None
    return Receipt(
        number=row.receipt_number or "",
        submitted_at=row.submitted_at,
        answers_sha256=row.answers_sha256,
        answered=len(json.loads(row.answers)),
        items=len(json.loads(row.paper_items)),
        how=row.submitted_how,
    )


def receipt_for(attempt: Attempt) -> Receipt | None:
    """The receipt of an attempt loaded with its candidate's paper, or None while it is open."""
    if attempt.submitted_at is None:
        return None
    return Receipt(
        number=attempt.receipt_number or "",
        submitted_at=attempt.submitted_at,
        answers_sha256=attempt.answers_sha256,
        answered=len(attempt.answers),
        items=len(attempt.candidate.paper.items),
        how=attempt.submitted_how,
    )


def _sheet(row: statements.Row, answers: dict[str, Any]) -> Sheet:
    items = json.loads(row.paper_items)
    sections = sections_of(json.loads(row.paper_sections), row.marking_rule)
    return Sheet(items, sections, answers, versions([item[0] for item in items]))


def hand_in(
    row: statements.Row,
    *,
    how: state.How,
    by: Actor,
    at: datetime.datetime,
    submitted_at: datetime.datetime,
    reason: str = "",
) -> Receipt:
    """Move an open attempt to submitted, mark it and write it down. Caller holds the row's lock.

    Exactly one call wins; any other gets the winner's receipt.
    """
    answers = json.loads(row.answers)
    digest = scoring.answers_sha256(answers)
    number = scoring.receipt_number(
        year=timezone.localtime(submitted_at).year, attempt_id=row.id, fingerprint=digest
    )
    moved = Attempt.objects.filter(pk=row.id, state=state.OPEN).update(
        state=state.SUBMITTED,
        submitted_at=submitted_at,
        submitted_how=how.value,
        receipt_number=number,
        answers_sha256=digest,
    )
    if moved == 1:
        row.state, row.submitted_at, row.submitted_how = state.SUBMITTED, submitted_at, how.value
        row.receipt_number, row.answers_sha256 = number, digest
        sheet = _sheet(row, answers)
        record_marks(attempt_id=row.id, sheet=sheet, reason="submission", by=SYSTEM, at=at)
        queue_written(attempt_id=row.id, sitting_id=row.sitting_id, seed=row.paper_seed, sheet=sheet)
        audit.record(
            stream="exams",
            action="attempt_submitted",
            by=by,
            at=at,
            subject=Attempt(pk=row.id, uid=row.uid),
            subject_name=row.who,
            reason=reason,
            how=how.value,
            receipt=number,
            answers_sha256=digest,
        )
    receipt = receipt_of(row)
    assert receipt is not None
    return receipt


def close_if_over(row: statements.Row, *, at: datetime.datetime) -> bool:
    """Hand an open attempt in by the deadline when deadline + grace has passed. Caller holds the lock.

    The time of submission is the deadline itself, however late the server noticed.
    """
    if row.state != state.OPEN or not timing.is_over(row.deadline, row.grace_seconds, at):
        return False
    hand_in(row, how=state.How.DEADLINE, by=SYSTEM, at=at, submitted_at=row.deadline)
    return True


def close_overdue(*, at: datetime.datetime, limit: int = 1000) -> int:
    """Hand in every attempt whose deadline + grace has passed. Returns how many. One transaction each."""
    waiting = Attempt.objects.filter(state=state.OPEN, deadline__lt=at).order_by("deadline")
    closed = 0
    for uid in list(waiting.values_list("uid", flat=True)[:limit]):
        with transaction.atomic():
            row = statements.read(uid, lock=True)
            closed += row is not None and close_if_over(row, at=at)
    return closed


def refresh(attempt: Attempt, *, at: datetime.datetime) -> Attempt:
    """The attempt as it must be at `at`: handed in by the deadline if that is over. For reads."""
    grace = attempt.candidate.sitting.grace_seconds
    if attempt.state == state.OPEN and timing.is_over(attempt.deadline, grace, at):
        with transaction.atomic():
            row = statements.read(attempt.uid, lock=True)
            if row is not None:
                close_if_over(row, at=at)
        attempt.refresh_from_db()
    return attempt
