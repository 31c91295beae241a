"""Signing in and out at a session: none lost, none twice.

The roll entry moves by one conditional update, a device belongs to one person by a constraint, and every
sign-in that counts or was refused at the door is an event in the same transaction. The moment is always
that of the server's receipt; nothing a phone says of the time is read.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import Q

from courses.training.models import AttendanceEvent, Roll, RollEntry, Session, SignInDevice
from courses.training.rules import sign_in_codes
from courses.training.rules.attendance import State, judge
from courses.training.rules.sign_in_codes import Fault
from lianbing.people.rules import Actor

Kind, Method = AttendanceEvent.Kind, AttendanceEvent.Method
TICKET_HOURS = 12
PROOF_SECONDS = 120
AGAIN_SECONDS = 60
_TICKET, _PROOF = "training.sign-in.ticket", "training.sign-in.proof"


class SignInRefused(Exception):
    """A sign-in does not count. `code`: a `Fault`, or not_open, over, no_officer, not_on_roll, device,
    no_device, struck, not_in, ticket, too_many. `seconds`: how long ago the code was shown."""

    def __init__(self, code: str, seconds: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds


@dataclass(frozen=True)
class Attempt:
    """One tap as it arrived. `code` typed or scanned, or `proof` of a code seen on arrival of the page.

    `ticket`: of the page it comes from; given, the tap was kept by a phone without signal.
    """

    session: uuid.UUID
    device: str
    code: str = ""
    proof: str = ""
    ticket: str = ""


@dataclass(frozen=True)
class Receipt:
    """What is on the roll now. `again`: it stood there before, nothing was written."""

    kind: str
    at: datetime.datetime
    state: State
    late_by: int = 0
    delay: int = 0
    again: bool = False


@dataclass(frozen=True)
class _Seen:
    method: str
    delay: int


def issue_ticket(*, session: uuid.UUID, officer_id: int, at: datetime.datetime) -> str:
    """What the officer's page holds: that it was given to this person for this session at this moment."""
    return signing.dumps([str(session), officer_id, at.timestamp()], salt=_TICKET)


def issue_proof(*, session: uuid.UUID, officer_id: int, at: datetime.datetime) -> str:
    """That this person's browser showed a good code of this session at this moment."""
    return signing.dumps([str(session), officer_id, at.timestamp()], salt=_PROOF)


def _opened(text: str, salt: str, session: uuid.UUID, officer_id: int) -> float | None:
    """The moment a ticket or proof was issued to this person for this session; None for any other."""
    try:
        said = signing.loads(text, salt=salt)
    except signing.BadSignature:
        return None
    return float(said[2]) if said[:2] == [str(session), officer_id] else None


def find(session: uuid.UUID) -> Roll | None:
    """The roll of a session with the session itself."""
    return Roll.objects.select_related("session").filter(session__uid=session).first()


def looks_good(*, roll: Roll, code: str, at: datetime.datetime) -> str:
    """ "" when this code counts on arrival, else its fault."""
    reading = sign_in_codes.read(code, session=roll.session.uid, secret=roll.secret, moment=at.timestamp())
    return reading.fault or ""


def sign_in(*, attempt: Attempt, by: Actor, at: datetime.datetime) -> Receipt:
    """Sign the person in. A second tap returns the first receipt with `again`. Raises SignInRefused.

    Seven statements: the session twice, the device twice, the entry, the event and what the transaction takes.
    """
    roll, officer = _ready(attempt, by)
    seen = _check(attempt, roll, officer, at)
    session = roll.session
    begins, ends = session.held_from or session.starts_at, session.held_to or session.ends_at
    if at >= ends:
        raise SignInRefused("over")
    verdict = judge(begins, ends, at, ends, roll.thresholds())
    with transaction.atomic():
        refusal = "" if _device_is_mine(session, attempt.device, officer) else "device"
        struck = Q(by_hand=True, state=State.ABSENT)
        moved = 0
        if not refusal:
            moved = RollEntry.objects.filter(
                ~struck, session=session, officer=officer, signed_in_at=None
            ).update(
                signed_in_at=at,
                state=verdict.state,
                late_by=verdict.late_by,
                method=seen.method,
                delivered_late=seen.delay,
                by_hand=False,
            )
            receipt = Receipt(Kind.IN, at, verdict.state, verdict.late_by, seen.delay)
        if moved:
            _still_open(session)
            _event(Kind.IN, roll, officer, attempt, seen, by, at)
            return receipt
        entry = RollEntry.objects.filter(session=session, officer=officer).first()
        refusal = refusal or _why_not(entry)
        if refusal in ("device", "not_on_roll"):
            _event(Kind.REFUSED, roll, officer, attempt, seen, by, at, reason=refusal)
    if refusal:
        raise SignInRefused(refusal)
    assert entry is not None
    assert entry.signed_in_at is not None
    return Receipt(
        Kind.IN, entry.signed_in_at, State(entry.state), entry.late_by, entry.delivered_late, again=True
    )


def _why_not(entry: RollEntry | None) -> str:
    """Why no entry moved: "" when it had moved before."""
    if entry is None:
        return "not_on_roll"
    return "" if entry.signed_in_at else "struck"


def sign_out(*, attempt: Attempt, by: Actor, at: datetime.datetime) -> Receipt:
    """Sign the person out. Signing out again later counts the later moment; within a minute it is the same tap.

    Raises SignInRefused.
    """
    roll, officer = _ready(attempt, by)
    seen = _check(attempt, roll, officer, at)
    session = roll.session
    with transaction.atomic():
        if not _device_is_mine(session, attempt.device, officer):
            _event(Kind.REFUSED, roll, officer, attempt, seen, by, at, reason="device")
            refusal = "device"
        else:
            before = at - datetime.timedelta(seconds=AGAIN_SECONDS)
            moved = (
                RollEntry.objects.filter(session=session, officer=officer)
                .exclude(signed_in_at=None)
                .filter(Q(signed_out_at=None) | Q(signed_out_at__lt=before))
                .update(signed_out_at=at)
            )
            refusal = ""
            if moved:
                _still_open(session)
                _event(Kind.OUT, roll, officer, attempt, seen, by, at)
    if refusal:
        raise SignInRefused(refusal)
    entry = RollEntry.objects.filter(session=session, officer=officer).first()
    if entry is None or entry.signed_in_at is None:
        raise SignInRefused("not_in" if entry else "not_on_roll")
    ends = session.held_to or session.ends_at
    verdict = judge(session.held_from or session.starts_at, ends, entry.signed_in_at, at, roll.thresholds())
    assert entry.signed_out_at is not None
    return Receipt(Kind.OUT, entry.signed_out_at, verdict.state, verdict.late_by, seen.delay, again=not moved)


def _ready(attempt: Attempt, by: Actor) -> tuple[Roll, int]:
    """The roll of an open session and the person. Raises SignInRefused."""
    if by.officer_id is None:
        raise SignInRefused("no_officer")
    if not attempt.device:
        raise SignInRefused("no_device")
    roll = find(attempt.session)
    if roll is None or roll.session.state != Session.State.OPEN:
        raise SignInRefused("not_open")
    return roll, by.officer_id


def _still_open(session: Session) -> None:
    """Raises SignInRefused where the session was closed since it was read, which takes the sign-in back.

    Asked after the entry has moved: from then on a closing waits for this transaction and counts the entry,
    and one that came before it has been waited for and is seen here.
    """
    if not Session.objects.filter(pk=session.pk, state=Session.State.OPEN).exists():
        raise SignInRefused("not_open")


def _check(attempt: Attempt, roll: Roll, officer: int, at: datetime.datetime) -> _Seen:
    """That the person has a code that counts. Raises SignInRefused."""
    now = at.timestamp()
    if attempt.proof:
        shown = _opened(attempt.proof, _PROOF, attempt.session, officer)
        if shown is None or not 0 <= now - shown <= PROOF_SECONDS:
            raise SignInRefused(Fault.OLD, int(now - shown) if shown else 0)
        return _Seen(Method.QR, 0)
    opened: float | None = None
    if attempt.ticket:
        opened = _opened(attempt.ticket, _TICKET, attempt.session, officer)
        if opened is None or not 0 <= now - opened <= TICKET_HOURS * 3600:
            raise SignInRefused("ticket")
    reading = sign_in_codes.read(
        attempt.code,
        session=attempt.session,
        secret=roll.secret,
        moment=now,
        allowance=sign_in_codes.ALLOWANCE if attempt.ticket else 0,
        opened=opened,
    )
    if reading.fault:
        raise SignInRefused(reading.fault, reading.delay)
    method = Method.QR if "." in attempt.code else Method.CODE
    late = reading.delay if reading.delay >= sign_in_codes.SLOT else 0
    return _Seen(method, late)


def _device_is_mine(session: Session, device: str, officer: int) -> bool:
    """Whether this device signs this person at this session: the first to use it does."""
    SignInDevice.objects.bulk_create(
        [SignInDevice(session=session, device=device, officer_id=officer)], ignore_conflicts=True
    )
    return SignInDevice.objects.filter(session=session, device=device, officer=officer).exists()


def _event(
    kind: str,
    roll: Roll,
    officer: int,
    attempt: Attempt,
    seen: _Seen,
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
) -> None:
    AttendanceEvent.objects.create(
        session=roll.session,
        officer_id=officer,
        kind=kind,
        method=seen.method,
        at=at,
        received_at=at,
        delay=seen.delay,
        device=attempt.device,
        reason=reason,
        by=by.snapshot(),
    )
