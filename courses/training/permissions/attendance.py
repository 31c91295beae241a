"""Who takes attendance, and who signs in.

A trainer over the unit of a session keeps its roll and closes it. Its instructors may keep the roll of
their own session without being trainers. Everybody signs in for themselves alone.
"""

from courses.training.models import Instructor, Session
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

ROUTES: dict[str, Rule] = {
    "training:sign_in": signed_in(scope="own"),
    "training:sign_in_session": signed_in(scope="own"),
    "training:leave_ask": signed_in(scope="own"),
    "training:leave_withdraw": signed_in(scope="own"),
    "training:session_new": only(Role.TRAINER, scope="unit"),
    "training:session_edit": only(Role.TRAINER, scope="unit"),
    "training:session_cancel": only(Role.TRAINER, scope="unit"),
    "training:rolls": signed_in(scope="unit"),
    "training:code": signed_in(scope="unit"),
    "training:code_now": signed_in(scope="unit"),
    "training:roll": signed_in(scope="unit"),
    "training:roll_open": signed_in(scope="unit"),
    "training:roll_set": signed_in(scope="unit"),
    "training:roll_undo": signed_in(scope="unit"),
    "training:roll_admit": signed_in(scope="unit"),
    "training:roll_strike": signed_in(scope="unit"),
    "training:roll_settings": signed_in(scope="unit"),
    "training:roll_sheet": signed_in(scope="unit"),
    "training:roll_export": signed_in(scope="unit"),
    "training:roll_import": signed_in(scope="unit"),
    "training:leave_decide": signed_in(scope="unit"),
    "training:roll_close": signed_in(scope="unit"),
    "training:roll_reopen": only(Role.TRAINER, scope="unit"),
    "training:make_up": only(Role.TRAINER, scope="unit"),
    "training:session_file_add": signed_in(scope="unit"),
    "training:session_file": signed_in(scope="unit"),
    "training:session_file_remove": signed_in(scope="unit"),
}


def can_own(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` makes, closes and reopens sessions of the unit with this path."""
    return actor.covers(unit_path, Role.TRAINER)


def teaches(actor: Actor, session: Session) -> bool:
    """Whether `actor` is an instructor of this session. One statement."""
    if actor.officer_id is None:
        return False
    return Instructor.objects.filter(officer=actor.officer_id, sessions=session).exists()


def can_run(actor: Actor, session: Session) -> bool:
    """Whether `actor` keeps the roll of a session: a trainer of its unit, or who teaches there."""
    return can_own(actor, session.unit.path) or teaches(actor, session)


def looks_after(actor: Actor, session: Session) -> bool:
    """Whether `actor` is trainer, leader or personnel of the unit of a session."""
    return actor.covers(session.unit.path, Role.LEADER, Role.HR, Role.TRAINER)


def can_read_roll(actor: Actor, session: Session) -> bool:
    """Whether `actor` reads a roll and its evidence: who looks after the unit, and who teaches there."""
    return looks_after(actor, session) or teaches(actor, session)
