"""Closing a session: the states are final, minutes go to the ledger of hours, make-ups are settled.

Reopening counters what was granted; closing again grants anew under a source of its own.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from courses.training.models import AttendanceEvent, HourEntry, LeaveRequest, Roll, RollEntry, Session
from courses.training.queries.locks import lock_on
from courses.training.queries.self_study import counted_twice
from courses.training.rules.attendance import HERE, MISSED, MOVES, State, Verdict, by_hand, judge
from courses.training.rules.conversion import Activity, Form
from courses.training.services.attendance import hold_open, standing, write_event
from courses.training.services.holding import hold_people
from courses.training.services.hours import Grant, counter, grant_all
from courses.training.services.locks import STREAM, check_open
from courses.training.services.rolls import RollRefused, roll_of
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

FORMS = {Session.Kind.ONLINE_LIVE: Form.ONLINE, Session.Kind.SELF_STUDY: Form.SELF_STUDY}


def source(session: Session, officer_id: int, closings: int) -> str:
    """What earned the hours of a person at a session: named anew each time it is closed again."""
    base = f"session:{session.uid}:{officer_id}"
    return base if closings <= 1 else f"{base}:{closings}"


def unresolved(session: Session) -> list[RollEntry]:
    """Who was expected and of whom nothing is known, by unit and staff number."""
    rows = RollEntry.objects.filter(session=session, state=State.EXPECTED)
    return list(rows.select_related("officer", "unit"))


def hand_over(*, session: Session, by: Actor, at: datetime.datetime) -> None:
    """Say that the roll is complete and wait for the second person. Raises RollRefused, PeriodLocked."""
    with transaction.atomic():
        current = hold_open(session)
        if current.state != Session.State.OPEN:
            raise RollRefused("not_open")
        Session.objects.filter(pk=current.pk).update(recorder=by.snapshot())
        Roll.objects.filter(session=current).update(handed_over_at=at)
        audit.record(stream=STREAM, action="roll_handed_over", by=by, at=at, subject=current)


def close_session(
    *,
    session: Session,
    held_from: datetime.datetime,
    held_to: datetime.datetime,
    rest_absent: bool,
    by: Actor,
    at: datetime.datetime,
    notes_count: int = 0,
) -> int:
    """Close an open session that took place from `held_from` to `held_to`. Returns how many got hours.

    `rest_absent`: who is neither signed in nor marked was absent; without it they are named in the
    refusal. Where a second person checks, the roll was handed over by somebody else. All in one
    transaction with the hours. Raises RollRefused (not_open, future, unresolved, second, waiting, double), PeriodLocked,
    HoursRefused.
    """
    with transaction.atomic():
        current = hold_open(session)
        roll = roll_of(current)
        _may_close(current, roll, held_from, held_to, by, at)
        waiting = unresolved(current)
        if waiting and not rest_absent:
            raise RollRefused("unresolved", names=[entry.officer.name for entry in waiting])
        if LeaveRequest.objects.filter(session=current, decision=LeaveRequest.Decision.OPEN).exists():
            raise RollRefused("waiting")
        current.held_from, current.held_to = held_from, held_to
        entries = _judge_all(current, roll)
        closings = roll.closings + 1
        Roll.objects.filter(pk=roll.pk).update(closed_at=at, closings=closings, notes_count=notes_count)
        _move(current, "close", held_from=held_from, held_to=held_to, **_signatures(current, roll, by))
        grants = [_grant(current, entry, closings) for entry in entries if entry.minutes]
        grant_all(grants=grants, by=by, at=at)
        _never_twice(current, entries)
        _settle_make_ups(current, entries, by, at)
        audit.record(
            stream=STREAM,
            action="session_closed",
            by=by,
            at=at,
            subject=current,
            people=len(grants),
            minutes=sum(entry.minutes for entry in entries),
        )
    return len(grants)


def _never_twice(session: Session, entries: Sequence[RollEntry]) -> None:
    """Refuse minutes of people whose self-study covers the same time (R85). Granting holds their rows."""
    assert session.held_from is not None
    assert session.held_to is not None
    there = [entry.officer_id for entry in entries if entry.minutes]
    names = counted_twice(session, there, session.held_from, session.held_to)
    if names:
        raise RollRefused("double", names=names)


def _may_close(
    session: Session,
    roll: Roll,
    held_from: datetime.datetime,
    held_to: datetime.datetime,
    by: Actor,
    at: datetime.datetime,
) -> None:
    if session.state != Session.State.OPEN:
        raise RollRefused("not_open")
    if held_to > at or held_from >= held_to or day_of(held_from) != day_of(session.starts_at):
        raise RollRefused("future")
    handed_over = roll.handed_over_at is not None
    recorder = (session.recorder or {}).get("staff_number")
    if roll.checked_by_second and (not handed_over or recorder == by.staff_number):
        raise RollRefused("second")


def _signatures(session: Session, roll: Roll, by: Actor) -> dict[str, object]:
    """Who recorded and who checked: one person is never both."""
    if roll.handed_over_at and (session.recorder or {}).get("staff_number") != by.staff_number:
        return {"checker": by.snapshot()}
    return {"recorder": by.snapshot(), "checker": None}


def _move(session: Session, step: str, **fields: object) -> None:
    before, after = MOVES[step]
    if Session.objects.filter(pk=session.pk, state=before).update(state=after, **fields) != 1:
        raise RollRefused("not_open" if step == "close" else "not_closed")
    session.state = after


def _judge_all(session: Session, roll: Roll) -> list[RollEntry]:
    """Every entry with its final state and minutes, saved."""
    entries = list(RollEntry.objects.select_for_update(of=("self",)).filter(session=session))
    for entry in entries:
        verdict = _verdict(entry, session, roll)
        entry.state, entry.minutes = verdict.state, verdict.minutes
        entry.late_by, entry.early_by = verdict.late_by, verdict.early_by
    RollEntry.objects.bulk_update(entries, ["state", "minutes", "late_by", "early_by"], batch_size=200)
    return entries


def _verdict(entry: RollEntry, session: Session, roll: Roll) -> Verdict:
    """What an entry comes to. A lateness put down by hand keeps its minutes."""
    assert session.held_from is not None
    assert session.held_to is not None
    rules = roll.thresholds()
    if entry.by_hand:
        came = session.held_from + datetime.timedelta(minutes=entry.late_by)
        return by_hand(State(entry.state), session.held_from, session.held_to, came, rules)
    if entry.state == State.MADE_UP:
        return Verdict(State.MADE_UP, entry.minutes)
    return judge(session.held_from, session.held_to, entry.signed_in_at, entry.signed_out_at, rules)


def _grant(session: Session, entry: RollEntry, closings: int) -> Grant:
    on = entry.made_up_on or day_of(session.starts_at)
    taught = session.batch.training_class if session.batch else None
    form = FORMS.get(Session.Kind(session.kind), Form.IN_PERSON)
    return Grant(
        officer_id=entry.officer_id,
        source=source(session, entry.officer_id, closings),
        activity=Activity(
            form=Form.SELF_STUDY if entry.made_up_on else form,
            first=on,
            last=on,
            minutes=entry.minutes,
            own_class=taught is not None,
        ),
        title=session.topic,
        evidence=f"roll:{session.uid}",
        category_id=session.category_id,
        unit=entry.unit,
        group=f"class:{taught.uid}" if taught else "",
    )


def _settle_make_ups(
    session: Session, entries: Sequence[RollEntry], by: Actor, at: datetime.datetime
) -> None:
    """Who made up here what they missed elsewhere: counted here, shown in both places."""
    here = {entry.officer_id for entry in entries if entry.state in HERE}
    owed = RollEntry.objects.select_for_update(of=("self",)).filter(
        made_up_in=session, state__in=MISSED, officer__in=here
    )
    on = day_of(session.starts_at)
    for missed in owed.select_related("session__unit"):
        day = day_of(missed.session.starts_at)
        if lock_on(day, day, missed.session.unit.path):
            continue
        was = standing(missed)
        missed.state, missed.made_up_on, missed.minutes = State.MADE_UP, on, 0
        missed.save()
        write_event(missed, AttendanceEvent.Kind.MADE_UP, by=by, at=at, was=was, reason=session.topic)


def reopen(*, session: Session, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Open a closed session again, with a reason, while its period is open: its hours are countered.

    Raises RollRefused (reason, not_closed), PeriodLocked, HoursRefused.
    """
    reason = reason.strip()
    if not reason:
        raise RollRefused("reason")
    with transaction.atomic():
        hold_people(RollEntry.objects.filter(session=session).order_by().values("officer"))
        check_open(day_of(session.starts_at), session.unit)
        _move(session, "reopen", checker=None)
        Roll.objects.filter(session=session).update(handed_over_at=None, closed_at=None)
        name = f"session:{session.uid}:"
        mine = Q(source__startswith=name) | Q(replaces__source__startswith=name)
        standing_entries = HourEntry.objects.filter(mine, countered_by=None).exclude(
            kind=HourEntry.Kind.COUNTER
        )
        for entry in standing_entries.select_related("unit"):
            counter(entry=entry, reason=reason, by=by, at=at)
        _undo_make_ups(session, by, at)
        audit.record(stream=STREAM, action="session_reopened", by=by, at=at, subject=session, reason=reason)


def _undo_make_ups(session: Session, by: Actor, at: datetime.datetime) -> None:
    """What was made up here is missed again, until this session is closed anew."""
    for missed in RollEntry.objects.select_for_update(of=("self",)).filter(
        made_up_in=session, state=State.MADE_UP
    ):
        last = AttendanceEvent.objects.filter(
            session=missed.session_id, officer=missed.officer_id, kind=AttendanceEvent.Kind.MADE_UP
        ).latest("pk")
        missed.state, missed.made_up_on = last.was["state"], None
        missed.save()
        write_event(missed, AttendanceEvent.Kind.UNDONE, by=by, at=at, reason=session.topic)
