"""The trainer's hand on the roll: present, late, absent, leave; undo; admitting guests; striking a sign-in."""

import datetime
from typing import Any

from django.db import transaction

from courses.training.models import AttendanceEvent, Roll, RollEntry, Session
from courses.training.queries.places import unit_on, units_by_day
from courses.training.rules.attendance import State, by_hand, judge
from courses.training.services.locks import STREAM, check_open
from courses.training.services.rolls import RollRefused, roll_of
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

Kind, Method = AttendanceEvent.Kind, AttendanceEvent.Method
SETTABLE = (State.PRESENT, State.LATE, State.LEFT_EARLY, State.ABSENT, State.LEAVE)
FIELDS = ("state", "by_hand", "method", "delivered_late", "late_by", "early_by", "minutes", "note")
MOMENTS = ("signed_in_at", "signed_out_at")
UNDOABLE = (Kind.SET, Kind.STRUCK, Kind.LEAVE)


def standing(entry: RollEntry) -> dict[str, Any]:
    """An entry as it stands, as an event keeps it for undoing."""
    kept: dict[str, Any] = {name: getattr(entry, name) for name in FIELDS}
    for name in MOMENTS:
        moment = getattr(entry, name)
        kept[name] = moment.isoformat() if moment else None
    return kept


def _restored(was: dict[str, Any]) -> dict[str, Any]:
    moments = {name: datetime.datetime.fromisoformat(was[name]) if was[name] else None for name in MOMENTS}
    return {name: was[name] for name in FIELDS} | moments


def held(session: Session) -> tuple[datetime.datetime, datetime.datetime]:
    """When a session really was, as far as is known."""
    return session.held_from or session.starts_at, session.held_to or session.ends_at


def hold_open(session: Session) -> Session:
    """The session with its row held until the commit. Raises RollRefused once it is closed, PeriodLocked."""
    found = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    if found.state not in (Session.State.PLANNED, Session.State.OPEN):
        raise RollRefused("closed")
    check_open(day_of(found.starts_at), found.unit)
    return found


def hold_entry(session: Session, officer_id: int) -> RollEntry:
    """The entry with its row held. Raises RollRefused (unknown)."""
    entry = (
        RollEntry.objects.select_for_update(of=("self",)).filter(session=session, officer=officer_id).first()
    )
    if entry is None:
        raise RollRefused("unknown")
    return entry


def write_event(
    entry: RollEntry,
    kind: str,
    *,
    by: Actor,
    at: datetime.datetime,
    received_at: datetime.datetime | None = None,
    method: str = Method.LIST,
    reason: str = "",
    was: dict[str, Any] | None = None,
) -> AttendanceEvent:
    """Append what somebody did to an entry."""
    return AttendanceEvent.objects.create(
        session_id=entry.session_id,
        officer_id=entry.officer_id,
        kind=kind,
        method=method,
        at=at,
        received_at=received_at or at,
        reason=reason[:200],
        was=was or {},
        by=by.snapshot(),
    )


def set_state(
    *,
    session: Session,
    officer_id: int,
    state: State,
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
    kind: str = Kind.SET,
) -> AttendanceEvent:
    """Put a state down by hand. Returns the event, by which it can be undone. Raises RollRefused, PeriodLocked."""
    if state not in SETTABLE:
        raise RollRefused("unknown")
    with transaction.atomic():
        current = hold_open(session)
        entry = hold_entry(current, officer_id)
        was = standing(entry)
        verdict = by_hand(state, *held(current), at, roll_of(current).thresholds())
        entry.state, entry.by_hand, entry.note = state, True, reason[:200]
        entry.late_by, entry.early_by = verdict.late_by, verdict.early_by
        entry.method = entry.method or Method.LIST
        entry.save()
        event = write_event(entry, kind, by=by, at=at, reason=reason, was=was)
        _record("attendance_set", entry, by, at, reason, state=state)
    return event


def strike(
    *, session: Session, officer_id: int, reason: str, by: Actor, at: datetime.datetime
) -> AttendanceEvent:
    """Take a sign-in away, with a reason: the person counts as absent and cannot sign in again.

    Raises RollRefused (reason, unknown), PeriodLocked.
    """
    reason = reason.strip()
    if not reason:
        raise RollRefused("reason")
    with transaction.atomic():
        current = hold_open(session)
        entry = hold_entry(current, officer_id)
        was = standing(entry)
        entry.signed_in_at = entry.signed_out_at = None
        entry.state, entry.by_hand, entry.note = State.ABSENT, True, reason[:200]
        entry.late_by = entry.early_by = entry.minutes = entry.delivered_late = 0
        entry.save()
        event = write_event(entry, Kind.STRUCK, by=by, at=at, reason=reason, was=was)
        _record("sign_in_struck", entry, by, at, reason)
    return event


def undo(*, session: Session, event: AttendanceEvent, by: Actor, at: datetime.datetime) -> None:
    """Take back what was last put down by hand for a person. Raises RollRefused when something came after it."""
    with transaction.atomic():
        current = hold_open(session)
        entry = hold_entry(current, event.officer_id)
        last = (
            AttendanceEvent.objects.filter(session=current, officer=event.officer_id).order_by("-pk").first()
        )
        if last is None or last.pk != event.pk or event.kind not in UNDOABLE:
            raise RollRefused("changed")
        for name, value in _restored(event.was).items():
            setattr(entry, name, value)
        entry.save()
        write_event(entry, Kind.UNDONE, by=by, at=at)
        _record("attendance_undone", entry, by, at)


def admit(
    *, session: Session, officer: Officer, by: Actor, at: datetime.datetime, reason: str = ""
) -> RollEntry:
    """Put a guest on the roll. Who was refused at the door is signed in from that moment.

    Somebody who stands on the roll already is left as they are. Raises RollRefused (nobody: they serve
    nowhere on that day), PeriodLocked.
    """
    with transaction.atomic():
        current = hold_open(session)
        on = day_of(current.starts_at)
        unit = unit_on(units_by_day([officer.pk]), officer.pk, on)
        if unit is None:
            raise RollRefused("nobody")
        entry, made = RollEntry.objects.get_or_create(
            session=current, officer=officer, defaults={"unit": unit, "expected": False}
        )
        if not made:
            return entry
        knock = (
            AttendanceEvent.objects.filter(
                session=current, officer=officer, kind=Kind.REFUSED, reason="not_on_roll"
            )
            .order_by("pk")
            .first()
        )
        if knock is not None:
            _let_in(entry, knock, current)
        write_event(entry, Kind.ADMITTED, by=by, at=knock.at if knock else at, received_at=at, reason=reason)
        _record("guest_admitted", entry, by, at, reason)
    return entry


def _let_in(entry: RollEntry, knock: AttendanceEvent, session: Session) -> None:
    begins, ends = held(session)
    rules = Roll.objects.get(session=session).thresholds()
    verdict = judge(begins, ends, knock.at, max(ends, knock.at), rules)
    entry.signed_in_at, entry.state, entry.late_by = knock.at, verdict.state, verdict.late_by
    entry.method, entry.delivered_late = knock.method, knock.delay
    entry.save()


def _record(
    action: str, entry: RollEntry, by: Actor, at: datetime.datetime, reason: str = "", **details: Any
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=entry,
        subject_name=f"{entry.session.topic} {entry.officer.staff_number}",
        reason=reason,
        **details,
    )
