"""Leave from a session: asked for with a reason, decided by who runs it."""

import datetime

from django.db import IntegrityError, transaction

from courses.training.models import AttendanceEvent, LeaveRequest, RollEntry, Session
from courses.training.models.classes import Trainee
from courses.training.rules.attendance import State
from courses.training.services.attendance import hold_open, set_state
from courses.training.services.locks import STREAM
from courses.training.services.rolls import RollRefused, draw
from lianbing.kit import audit
from lianbing.people.rules import Actor

Decision = LeaveRequest.Decision


def is_expected(session: Session, officer_id: int) -> bool:
    """Whether a person is expected at a session: on its roll, or in its batch."""
    if RollEntry.objects.filter(session=session, officer=officer_id).exists():
        return True
    batch = Trainee.objects.filter(batch=session.batch_id, officer=officer_id)
    return session.batch_id is not None and batch.exclude(state=Trainee.State.WITHDRAWN).exists()


def ask(*, session: Session, reason: str, by: Actor, at: datetime.datetime) -> LeaveRequest:
    """Ask to be excused. Raises RollRefused (reason, elsewhere, over, waiting), PeriodLocked."""
    reason = reason.strip()
    if not reason:
        raise RollRefused("reason")
    if by.officer_id is None or not is_expected(session, by.officer_id):
        raise RollRefused("elsewhere")
    try:
        with transaction.atomic():
            current = hold_open(session)
            if at >= current.ends_at:
                raise RollRefused("over")
            made = LeaveRequest.objects.create(
                session=current, officer_id=by.officer_id, reason=reason[:200], asked_at=at
            )
            _record("leave_asked", made, by, at, reason)
    except IntegrityError as error:
        raise RollRefused("waiting") from error
    return made


def withdraw(*, request: LeaveRequest, by: Actor, at: datetime.datetime) -> None:
    """Take one's own request back before it is decided. Raises RollRefused (settled)."""
    with transaction.atomic():
        _decide(request, Decision.WITHDRAWN, "", by, at)
        _record("leave_withdrawn", request, by, at)


def decide(*, request: LeaveRequest, grant: bool, answer: str, by: Actor, at: datetime.datetime) -> None:
    """Grant or refuse. Granted, the person stands on the roll as on leave; refusing takes a reason.

    Nobody decides their own. Raises RollRefused (reason, settled, second, closed), PeriodLocked.
    """
    answer = answer.strip()
    if not grant and not answer:
        raise RollRefused("reason")
    if by.officer_id == request.officer_id:
        raise RollRefused("second")
    with transaction.atomic():
        session = hold_open(request.session)
        _decide(request, Decision.GRANTED if grant else Decision.REFUSED, answer, by, at)
        if grant:
            if not RollEntry.objects.filter(session=session, officer=request.officer_id).exists():
                draw(session=session, by=by, at=at)
            set_state(
                session=session,
                officer_id=request.officer_id,
                state=State.LEAVE,
                by=by,
                at=at,
                reason=request.reason,
                kind=AttendanceEvent.Kind.LEAVE,
            )
        _record("leave_granted" if grant else "leave_refused", request, by, at, answer)


def _decide(request: LeaveRequest, decision: str, answer: str, by: Actor, at: datetime.datetime) -> None:
    moved = LeaveRequest.objects.filter(pk=request.pk, decision=Decision.OPEN).update(
        decision=decision, decided_at=at, decided_by=by.snapshot(), answer=answer[:200]
    )
    if moved != 1:
        raise RollRefused("settled")


def _record(action: str, request: LeaveRequest, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=request,
        subject_name=f"{request.session.topic} {request.officer.staff_number}",
        reason=reason,
    )
