"""Changing and cancelling a single session, one without a batch, before it is closed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from courses.training.models import Instructor, LeaveRequest, RollEntry, Session
from courses.training.services.attendance import hold_open
from courses.training.services.locks import STREAM, check_open
from courses.training.services.rolls import RollRefused, draw
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

FIELDS = ("category", "topic", "material", "room", "place", "starts_at", "ends_at", "plan_line", "note")
TIMES = ("starts_at", "ends_at")


def change(
    *,
    session: Session,
    values: dict[str, Any],
    instructors: Sequence[Instructor],
    by: Actor,
    at: datetime.datetime,
) -> Session:
    """Change what is said of a session (fields of FIELDS). On another day its list is drawn up anew.

    Once it is open its times stand: closing says when it really was. Raises RollRefused (closed, opened,
    nobody), PeriodLocked (of the old day or the new).
    """
    assert set(values) <= set(FIELDS), set(values) - set(FIELDS)
    with transaction.atomic():
        held = hold_open(session)
        was = day_of(held.starts_at)
        before = {name: str(getattr(held, name) or "") for name in values}
        moved = any(getattr(held, name) != values.get(name, getattr(held, name)) for name in TIMES)
        if moved and held.state == Session.State.OPEN:
            raise RollRefused("opened")
        for name, value in values.items():
            setattr(held, name, value)
        check_open(day_of(held.starts_at), held.unit)
        held.save(update_fields=list(values))
        held.instructors.set(instructors)
        if day_of(held.starts_at) != was and draw(session=held, by=by, at=at) == 0:
            raise RollRefused("nobody")
        audit.record(
            stream=STREAM,
            action="session_changed",
            by=by,
            at=at,
            subject=held,
            before=before,
            after={name: str(getattr(held, name) or "") for name in values},
        )
    return held


def cancel(*, session: Session, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Cancel a session that is not closed, with a reason. Leave asked for it and make-ups sent to it lapse.

    Raises RollRefused (reason, closed), PeriodLocked.
    """
    reason = reason.strip()
    if not reason:
        raise RollRefused("reason")
    with transaction.atomic():
        held = hold_open(session)
        Session.objects.filter(pk=held.pk).update(state=Session.State.CANCELLED, state_reason=reason[:200])
        LeaveRequest.objects.filter(session=held, decision=LeaveRequest.Decision.OPEN).update(
            decision=LeaveRequest.Decision.WITHDRAWN,
            decided_at=at,
            decided_by=by.snapshot(),
            answer=reason[:200],
        )
        RollEntry.objects.filter(made_up_in=held).exclude(state="made_up").update(made_up_in=None)
        audit.record(stream=STREAM, action="session_cancelled", by=by, at=at, subject=held, reason=reason)
