"""The timetable of a batch: sessions made, changed, cancelled, and copied by day or by batch.

Nothing is saved while a room, an instructor or a person would be in two places; the clashes are named.
"""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.training.models import Batch, Instructor, Session
from courses.training.queries import occupied
from courses.training.rules.timetable import Clash, Slot, clashes, shifted, whole_days
from courses.training.services.classes import ClassRefused, TimetableClash
from courses.training.services.holding import hold_things
from courses.training.services.locks import check_open
from courses.training.state import CLASS_LIVE, ClassState
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"
SESSION_FIELDS = ("kind", "category", "topic", "material", "room", "place", "starts_at", "ends_at")
COPIED = ("kind", "category_id", "topic", "material", "room_id", "place", "unit_id", "plan_line_id")
MOST_CLASHES = 20


def save_lesson(
    *,
    batch: Batch,
    values: dict[str, Any],
    instructors: Sequence[Instructor],
    by: Actor,
    at: datetime.datetime,
    session: Session | None = None,
) -> Session:
    """Put a session on the timetable of a batch, or change one that has not begun.

    `values` holds the fields of SESSION_FIELDS. Raises ClassRefused (outside the batch's days, begun,
    class over), TimetableClash, PeriodLocked.
    """
    assert set(values) <= set(SESSION_FIELDS), set(values) - set(SESSION_FIELDS)
    with transaction.atomic():
        batch = _held(batch)
        action = "session_changed" if session else "session_made"
        session = _unbegun(session) if session else _new(batch, at)
        if session.pk and session.starts_at < at:
            check_open(day_of(session.starts_at), session.unit)
        for name, value in values.items():
            setattr(session, name, value)
        _check_days(batch, [session], at)
        _check_free(batch, [(session, instructors)])
        session.save()
        session.instructors.set(instructors)
        _record(action, session, by, at)
    return session


def _held(batch: Batch) -> Batch:
    """The batch as it stands now, held until the commit. Raises ClassRefused when its class is over."""
    rows = Batch.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("training_class__unit").get(pk=batch.pk)
    if held.training_class.state not in CLASS_LIVE:
        raise ClassRefused(_("This class is finished or cancelled."))
    return held


def _new(batch: Batch, at: datetime.datetime) -> Session:
    return Session(
        batch=batch,
        unit=batch.training_class.unit,
        plan_line=batch.training_class.plan_line,
        created_at=at,
    )


def _unbegun(session: Session) -> Session:
    rows = Session.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("unit", "batch__training_class").get(pk=session.pk)
    if held.state != Session.State.PLANNED:
        raise ClassRefused(_("This session has begun or was cancelled and stays as it is."))
    return held


def _check_days(batch: Batch, sessions: Sequence[Session], at: datetime.datetime) -> None:
    """Sessions begin within the days of their batch (a night session may end the next morning)."""
    first, after = whole_days(batch.starts_on, batch.ends_on, occupied.zone())
    for session in sessions:
        if not first <= session.starts_at < after:
            raise ClassRefused(
                _("Batch %(number)d runs from %(first)s to %(last)s.")
                % {"number": batch.number, "first": batch.starts_on, "last": batch.ends_on},
                "day",
            )
        if session.starts_at < at:
            check_open(day_of(session.starts_at), session.unit)


def _check_free(batch: Batch, wanted: Sequence[tuple[Session, Collection[Instructor]]]) -> None:
    """Hold the rows of rooms, instructors and people, and raise TimetableClash when any is taken."""
    rooms = {session.room_id for session, _some in wanted if session.room_id}
    teachers = {one.pk for _session, some in wanted for one in some}
    mine = [session.pk for session, _some in wanted if session.pk]
    own, people = occupied.of_batch(batch, but=mine)
    involved = people | {one.officer_id for _s, some in wanted for one in some if one.officer_id}
    hold_things(rooms, teachers, involved)
    slots = [
        occupied.session_slot(
            session,
            people=people,
            instructors=some,
            key=f"session:{session.pk}" if session.pk else f"new:{place}",
        )
        for place, (session, some) in enumerate(wanted)
    ]
    found = _clashes(batch, slots, own, involved)
    if found:
        raise TimetableClash(found[:MOST_CLASHES])


def _clashes(
    batch: Batch, slots: Sequence[Slot], own: Sequence[Slot], people: Collection[int]
) -> list[Clash]:
    since, until = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    rooms = {room for slot in slots for room in slot.rooms}
    teachers = {one for slot in slots for one in slot.instructors}
    taken = occupied.of_people(people, since, until, but_batch=batch.pk)
    taken += occupied.of_things(rooms, teachers, since, until)
    by_key: dict[str, Slot] = {}
    for slot in [*taken, *own]:
        by_key[slot.key] = _joined(by_key.get(slot.key), slot)
    return clashes(slots, by_key.values())


def _joined(one: Slot | None, other: Slot) -> Slot:
    """Two views of one session (its people from here, its room from there) as one slot."""
    if one is None:
        return other
    return Slot(
        other.key,
        other.label,
        other.starts_at,
        other.ends_at,
        one.people | other.people,
        one.rooms | other.rooms,
        one.instructors | other.instructors,
    )


def cancel_lesson(*, session: Session, reason: str, by: Actor, at: datetime.datetime) -> bool:
    """Cancel a session that has not begun. Of a class nobody has announced it is simply taken off.

    Returns whether it was taken off. Raises ClassRefused, PeriodLocked.
    """
    with transaction.atomic():
        held = _unbegun(session)
        if held.starts_at < at:
            check_open(day_of(held.starts_at), held.unit)
        _record("session_cancelled", held, by, at, reason)
        if held.batch and held.batch.training_class.state == ClassState.DRAFT:
            try:
                with transaction.atomic():
                    held.delete()
                return True
            except ProtectedError:  # a roll was drawn for it already: it stays, cancelled
                pass
        held.state, held.state_reason = Session.State.CANCELLED, reason[:200]
        held.save(update_fields=["state", "state_reason"])
    return False


def copy_day(
    *, batch: Batch, source: datetime.date, target: datetime.date, by: Actor, at: datetime.datetime
) -> list[Session]:
    """The live sessions of one day of a batch once more on another day. Raises as `save_lesson`."""
    begin, end = whole_days(source, source, occupied.zone())
    day = Q(starts_at__gte=begin, starts_at__lt=end)
    return _copy(batch, batch, day, (target - source).days, by, at)


def copy_timetable(*, source: Batch, target: Batch, by: Actor, at: datetime.datetime) -> list[Session]:
    """The live sessions of a batch once more for another one, moved by the days between their first days.

    Raises ClassRefused when there is nothing to copy or it does not fit, TimetableClash, PeriodLocked.
    """
    return _copy(source, target, Q(), (target.starts_on - source.starts_on).days, by, at)


def _copy(
    source: Batch, target: Batch, which: Q, days: int, by: Actor, at: datetime.datetime
) -> list[Session]:
    with transaction.atomic():
        target = _held(target)
        rows = source.sessions.filter(occupied.LIVE & which).prefetch_related("instructors")
        wanted = [(_copied(one, target, days, at), list(one.instructors.all())) for one in rows]
        if not wanted:
            raise ClassRefused(_("There is nothing to copy."))
        _check_days(target, [session for session, _some in wanted], at)
        _check_free(target, wanted)
        for session, some in wanted:
            session.save()
            session.instructors.set(some)
        audit.record(
            stream=STREAM,
            action="timetable_copied",
            by=by,
            at=at,
            subject=target,
            subject_name=occupied.batch_label(target),
            sessions=len(wanted),
        )
    return [session for session, _some in wanted]


def _copied(one: Session, target: Batch, days: int, at: datetime.datetime) -> Session:
    made = Session(batch=target, created_at=at, **{name: getattr(one, name) for name in COPIED})
    made.starts_at = shifted(one.starts_at, days, occupied.zone())
    made.ends_at = shifted(one.ends_at, days, occupied.zone())
    return made


def _record(action: str, session: Session, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=session,
        subject_name=f"{session.topic} · {timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}",
        reason=reason,
    )
