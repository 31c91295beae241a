"""Self-study people record themselves (个人自学, R85): a trainer confirms it, then it is a closed session.

It goes the way of every session: a roll with one entry, handed over by who studied, closed by a second
person. So rules and hours count it like any other, and reopening it counters its hours.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import ContentCategory
from courses.training.models import AttendanceEvent, Roll, RollEntry, Session
from courses.training.permissions.self_study import can_decide
from courses.training.queries.calendar import known_ids
from courses.training.queries.occupied import session_label
from courses.training.queries.places import unit_on, units_by_day
from courses.training.queries.self_study import WAITING, overlapping
from courses.training.rules.attendance import State
from courses.training.services.attendance import write_event
from courses.training.services.closing import close_session
from courses.training.services.locks import STREAM, check_open
from courses.training.services.rolls import RollRefused
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

MOST_MINUTES = 600
MOST_DAYS = 366
METHOD = AttendanceEvent.Method.SELF


class StudyRefused(Exception):
    """It cannot be done; the text says why. `code`: own, time, place, twice, right, settled, reason."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Studied:
    """What somebody says they studied: `minutes` from `starts_at` on, on one day."""

    topic: str
    category: ContentCategory
    starts_at: datetime.datetime
    minutes: int
    material: str = ""
    note: str = ""

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)


def record(*, studied: Studied, by: Actor, at: datetime.datetime) -> Session:
    """Record one's own self-study; it waits for a trainer of the unit one served in on that day.

    1 to 600 minutes, over by now, within a year back. Raises StudyRefused (own, time, place; twice: the
    time is taken by another session or self-study of the same person), PeriodLocked.
    """
    if by.officer_id is None:
        raise StudyRefused("own", _("Only who serves as an officer records self-study."))
    _check_time(studied, at)
    with transaction.atomic():
        officer = Officer.objects.select_for_update(no_key=True).get(pk=by.officer_id)
        on = day_of(studied.starts_at)
        unit = unit_on(units_by_day([officer.pk]), officer.pk, on)
        if unit is None:
            raise StudyRefused("place", _("%(name)s did not serve here then.") % {"name": officer.name})
        check_open(on, unit)
        taken = overlapping(known_ids(officer.pk), studied.starts_at, studied.ends_at)
        other = taken.select_related("unit", "batch__training_class").first()
        if other is not None:
            text = _("These minutes are taken already: %(other)s.") % {"other": session_label(other)}
            raise StudyRefused("twice", text)
        session = Session.objects.create(
            unit=unit,
            kind=Session.Kind.SELF_STUDY,
            category=studied.category,
            topic=studied.topic,
            material=studied.material,
            note=studied.note,
            starts_at=studied.starts_at,
            ends_at=studied.ends_at,
            state=Session.State.OPEN,
            recorder=by.snapshot(),
            created_at=at,
        )
        _on_roll(session, officer, by, at)
        audit.record(stream=STREAM, action="self_study_recorded", by=by, at=at, subject=session)
    return session


def _check_time(studied: Studied, at: datetime.datetime) -> None:
    begin, end = studied.starts_at, studied.ends_at
    if not 1 <= studied.minutes <= MOST_MINUTES:
        raise StudyRefused("time", _("From 1 to %(most)d minutes.") % {"most": MOST_MINUTES})
    if end > at:
        raise StudyRefused("time", _("Record it when you have finished studying."))
    if begin < at - datetime.timedelta(days=MOST_DAYS):
        raise StudyRefused("time", _("It lies more than a year back."))
    if day_of(begin) != day_of(end):
        raise StudyRefused("time", _("Record what went past midnight as two, one for each day."))


def _on_roll(session: Session, officer: Officer, by: Actor, at: datetime.datetime) -> None:
    """A roll handed over by who studied: only a second person can close it."""
    Roll.objects.create(session=session, checked_by_second=True, drawn_at=at, opened_at=at, handed_over_at=at)
    entry = RollEntry.objects.create(
        session=session,
        officer=officer,
        unit=session.unit,
        expected=False,
        state=State.PRESENT,
        signed_in_at=session.starts_at,
        signed_out_at=session.ends_at,
        method=METHOD,
    )
    write_event(entry, AttendanceEvent.Kind.IN, by=by, at=session.starts_at, received_at=at, method=METHOD)


def confirm(*, session: Session, by: Actor, at: datetime.datetime) -> None:
    """Confirm what somebody recorded: it is closed and its minutes go to the ledger.

    Raises StudyRefused (right, settled; twice: the same minutes were counted meanwhile), PeriodLocked,
    HoursRefused.
    """
    with transaction.atomic():
        held = _waiting(session, by)
        # A session that was opened again after a confirmation is still handed over by who studied.
        Roll.objects.filter(session=held, handed_over_at=None).update(handed_over_at=at)
        try:
            close_session(
                session=held,
                held_from=held.starts_at,
                held_to=held.ends_at,
                rest_absent=False,
                by=by,
                at=at,
            )
        except RollRefused as error:
            raise _in_words(error) from error


def _in_words(error: RollRefused) -> StudyRefused:
    if error.code == "double":
        return StudyRefused("twice", _("These minutes were counted at another session meanwhile."))
    if error.code == "second":
        return StudyRefused("right", _("Another trainer of the unit decides, nobody their own."))
    return StudyRefused("settled", _("Somebody has decided on it already."))


def refuse(*, session: Session, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Refuse what somebody recorded; it stays with the reason. Raises StudyRefused, PeriodLocked."""
    reason = reason.strip()
    if not reason:
        raise StudyRefused("reason", _("Say why."))
    with transaction.atomic():
        held = _waiting(session, by)
        check_open(day_of(held.starts_at), held.unit)
        _cancel(held, reason, "self_study_refused", by, at)


def take_back(*, session: Session, by: Actor, at: datetime.datetime) -> None:
    """Take back what one recorded, before anybody decided. Raises StudyRefused."""
    mine = RollEntry.objects.filter(session=session, officer__in=known_ids(by.officer_id))
    if not mine.exists():
        raise StudyRefused("right", _("Only your own can be taken back."))
    with transaction.atomic():
        _cancel(session, _("Taken back"), "self_study_taken_back", by, at)


def _waiting(session: Session, by: Actor) -> Session:
    """The session with its row held, if `by` may decide on it now."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("unit", "category")
    held = rows.filter(WAITING, pk=session.pk).first()
    if held is None:
        raise StudyRefused("settled", _("Somebody has decided on it already."))
    entry = RollEntry.objects.get(session=held, method=METHOD)
    if not can_decide(by, held, entry.officer_id):
        raise StudyRefused("right", _("Another trainer of the unit decides, nobody their own."))
    return held


def _cancel(session: Session, reason: str, action: str, by: Actor, at: datetime.datetime) -> None:
    rows = Session.objects.filter(WAITING, pk=session.pk)
    if rows.update(state=Session.State.CANCELLED, state_reason=reason[:200], checker=by.snapshot()) != 1:
        raise StudyRefused("settled", _("Somebody has decided on it already."))
    audit.record(stream=STREAM, action=action, by=by, at=at, subject=session, reason=reason)
