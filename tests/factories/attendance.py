"""Attendance for tests: an open session with its roll, codes as the projector shows them, signing in."""

from courses.training.models import Roll, RollEntry, Session
from courses.training.rules import sign_in_codes
from courses.training.services import sign_in
from tests.factories import people, training

MINUTE = training.MINUTE


def open_session(unit=None, count=3, starts_at=training.NINE, minutes=90, rules=None, **fields):
    """An open study day of a unit with `count` people on its roll."""
    unit = unit or people.unit()
    session = training.session(unit=unit, starts_at=starts_at, minutes=minutes, state="open", **fields)
    Roll.objects.create(session=session, drawn_at=starts_at, opened_at=starts_at, **(rules or {}))
    for _number in range(count):
        expect(session, people.officer(unit))
    return session


def expect(session, officer, unit=None):
    """Put somebody on the roll."""
    return RollEntry.objects.create(session=session, officer=officer, unit=unit or session.unit)


def code_at(session, at, steps=0):
    """The six digits shown at a moment, or so many slots later."""
    roll = session.roll
    slot = sign_in_codes.slot_of(at.timestamp()) + steps
    return sign_in_codes.short_code(session.uid, roll.secret, slot)


def long_code_at(session, at, steps=0):
    """The code in the QR address shown at a moment."""
    slot = sign_in_codes.slot_of(at.timestamp()) + steps
    return sign_in_codes.long_code(session.uid, session.roll.secret, slot)


def tap(session, officer, at, device="", steps=0, act=sign_in.sign_in, **more):
    """One tap of an officer with a code as it was shown `steps` slots from `at`."""
    more.setdefault("code", code_at(session, at, steps))
    attempt = sign_in.Attempt(session=session.uid, device=device or f"device-{officer.pk}", **more)
    return act(attempt=attempt, by=people.actor(officer.user), at=at)


def closed(session):
    """The session as the database has it now."""
    return Session.objects.select_related("unit", "batch__training_class").get(pk=session.pk)
