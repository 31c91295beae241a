"""Making up what was missed (补训): at another session, or by studying the material. Counted once."""

import datetime

from django.db import transaction

from courses.training.models import AttendanceEvent, RollEntry, Session
from courses.training.rules.attendance import MISSED, State, whole_minutes
from courses.training.rules.conversion import Activity, Form
from courses.training.services.attendance import hold_entry, hold_open, standing, write_event
from courses.training.services.closing import source
from courses.training.services.hours import Grant, grant_all
from courses.training.services.locks import STREAM, check_open
from courses.training.services.rolls import RollRefused, roll_of
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


def assign(
    *, session: Session, officer_id: int, instead: Session, by: Actor, at: datetime.datetime
) -> RollEntry:
    """Send somebody who missed a closed session to another that is not closed yet; they stand on its roll.

    Their minutes count there and nowhere else. Raises RollRefused (same, settled, unknown, closed), PeriodLocked.
    """
    if instead.pk == session.pk:
        raise RollRefused("same")
    with transaction.atomic():
        target = hold_open(instead)
        missed = _missed(session, officer_id)
        missed.made_up_in = target
        missed.save(update_fields=["made_up_in"])
        RollEntry.objects.get_or_create(session=target, officer_id=officer_id, defaults={"unit": missed.unit})
        audit.record(
            stream=STREAM,
            action="make_up_assigned",
            by=by,
            at=at,
            subject=missed,
            subject_name=f"{session.topic} {missed.officer.staff_number}",
            instead=str(target.uid),
        )
    return missed


def by_study(
    *,
    session: Session,
    officer_id: int,
    minutes: int,
    on: datetime.date,
    note: str,
    by: Actor,
    at: datetime.datetime,
) -> RollEntry:
    """Record that somebody studied by themselves what they missed: so many minutes on a day.

    At most as long as the session was. The hours are those of self-study. Raises RollRefused (reason, minutes,
    future, settled, second, unknown), PeriodLocked, HoursRefused.
    """
    note = note.strip()
    if not note:
        raise RollRefused("reason")
    if by.officer_id == officer_id:
        raise RollRefused("second")
    if not day_of(session.starts_at) <= on <= day_of(at):
        raise RollRefused("future")
    longest = whole_minutes(session.held_from or session.starts_at, session.held_to or session.ends_at)
    if not 0 < minutes <= longest:
        raise RollRefused("minutes", longest=longest)
    with transaction.atomic():
        missed = _missed(session, officer_id)
        check_open(on, missed.unit)
        was = standing(missed)
        missed.state, missed.made_up_on, missed.made_up_in = State.MADE_UP, on, None
        missed.minutes, missed.note = minutes, note[:200]
        missed.save()
        write_event(missed, AttendanceEvent.Kind.MADE_UP, by=by, at=at, was=was, reason=note)
        activity = Activity(form=Form.SELF_STUDY, first=on, last=on, minutes=minutes)
        grant_all(
            grants=[
                Grant(
                    officer_id=officer_id,
                    source=source(session, officer_id, roll_of(session).closings),
                    activity=activity,
                    title=session.topic,
                    evidence=note[:300],
                    category_id=session.category_id,
                    unit=missed.unit,
                )
            ],
            by=by,
            at=at,
        )
        audit.record(
            stream=STREAM,
            action="made_up",
            by=by,
            at=at,
            subject=missed,
            subject_name=f"{session.topic} {missed.officer.staff_number}",
            reason=note,
            minutes=minutes,
        )
    return missed


def _missed(session: Session, officer_id: int) -> RollEntry:
    """The entry of somebody who missed a closed session, held. Raises RollRefused, PeriodLocked."""
    found = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    if found.state != Session.State.CLOSED:
        raise RollRefused("not_closed")
    check_open(day_of(found.starts_at), found.unit)
    entry = hold_entry(found, officer_id)
    if entry.state not in MISSED:
        raise RollRefused("settled")
    return entry
