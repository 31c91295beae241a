"""Starting an attempt and taking the pen (the lease). Saving and handing in: `saving`, `submission`."""

import datetime
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction

from exams import state
from exams.models import AnswerEvent, Attempt, Candidate, Sitting
from exams.queries.sittings import verdict_for
from exams.rules import journal, timing
from exams.rules.access import Refusal, may_hold_qualification
from exams.rules.journal import Book
from exams.services import tickets
from exams.services.submission import refresh
from lianbing.kit import audit
from lianbing.people.models import User
from lianbing.people.rules import LEARNERS, Actor

MAX_WRONG = 5


class CannotStart(Exception):
    """The person may not start; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class HeldElsewhere(Exception):
    """Another device holds the pen and no password was given."""


class WrongPassword(Exception):
    """The password given to take the pen over is not the candidate's."""


class TooManyWrong(Exception):
    """Too many wrong passwords for this attempt; the holder is not disturbed, the taker waits."""


class Overtaken(Exception):
    """The client had held the pen; somebody has taken it since, and it may not be taken back unasked."""


class TooManyClients(Exception):
    """The attempt has been opened from too many tabs."""


@dataclass(frozen=True)
class Lease:
    """The pen: its number, the ticket that goes with it, and what the server knows."""

    lease: int
    ticket: str
    attempt: Attempt
    acked_through: int
    offered: list[dict[str, Any]]


def _category(by: Actor) -> str:
    return next((role.value for role in by.roles if role in LEARNERS), "")


def _refuse(sitting: Sitting, refusal: Refusal, by: Actor, at: datetime.datetime) -> None:
    if refusal is Refusal.AUXILIARY:
        audit.record(
            stream="exams",
            action="qualification_refused",
            by=by,
            at=at,
            subject=sitting,
            reason=refusal.value,
        )
    raise CannotStart(refusal)


def start(*, sitting: Sitting, by: Actor, at: datetime.datetime) -> Attempt:
    """The attempt of `by` at this sitting: the open one, or a new one. Raises CannotStart.

    An auxiliary at a qualification exam is refused, and the refusal is on record (R03).
    """
    candidate = (
        Candidate.objects.select_related("sitting", "paper", "attempt")
        .filter(sitting=sitting, officer_id=by.officer_id or 0)
        .first()
    )
    if candidate is None:
        unfit = sitting.is_qualification and not may_hold_qualification(_category(by))
        _refuse(sitting, Refusal.AUXILIARY if unfit else Refusal.NOT_INVITED, by, at)
    assert candidate is not None
    decided = verdict_for(candidate, at, has_paper=hasattr(candidate, "paper"))
    if decided.refusal is Refusal.ALREADY_SUBMITTED or decided.may_resume:
        return candidate.attempt
    if decided.refusal:
        _refuse(sitting, decided.refusal, by, at)
    return _create(candidate, by, at)


def _create(candidate: Candidate, by: Actor, at: datetime.datetime) -> Attempt:
    deadline = timing.effective_deadline(
        started_at=at,
        duration_minutes=candidate.sitting.duration_minutes,
        closes_at=candidate.sitting.closes_at,
        extra_seconds=candidate.extra_seconds,
    )
    assert by.user_id is not None
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                candidate=candidate,
                user_id=by.user_id,
                started_at=at,
                deadline=deadline,
                extra_seconds=candidate.extra_seconds,
            )
            audit.record(
                stream="exams",
                action="attempt_started",
                by=by,
                at=at,
                subject=attempt,
                subject_name=str(candidate),
            )
    except IntegrityError:  # pressed twice: the constraint let one through
        attempt = Attempt.objects.get(candidate=candidate)
    return attempt


def take_lease(
    *,
    attempt: Attempt,
    user: User,
    client: uuid.UUID,
    device: uuid.UUID,
    password: str | None,
    at: datetime.datetime,
    since: int | None = None,
) -> Lease:
    """Give the pen to a tab. `attempt` belongs to `user` (the view has seen to it).

    The tab that holds it keeps it; another tab of the same browser takes it over; another device needs
    the candidate's password. `since` is the lease a tab held that only wants to keep it: when it has
    gone to another tab, Overtaken is raised, so that a forgotten tab never takes it back by itself.
    Raises HeldElsewhere, WrongPassword, Overtaken, TooManyClients.
    """
    # A slow hash must not hold the write lock, so the password is looked at before the transaction.
    known = bool(password) and _knows_password(attempt, user, password or "")
    refresh(attempt, at=at)
    with transaction.atomic():
        held = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if held.state == state.OPEN and since is not None and held.lease > since:
            raise Overtaken
        before = held.holder_device
        if held.state == state.OPEN:
            _move_pen(held, str(client), str(device), password, known)
        book = Book(held.answers, held.flags, held.ledger)
        writer = journal.register(book, str(client))
        if writer is None:
            raise TooManyClients
        # Known even after the end: what such a client still holds goes to quarantine under its own name.
        held.save(update_fields=["lease", "holder_client", "holder_device", "ledger"])
        if before not in {"", held.holder_device}:
            _record_move(attempt, held, user, before, at)
    offered = offered_events(held) if len(book.writers()) > 1 else []
    held.candidate = attempt.candidate
    ticket = tickets.issue(attempt=held.uid, user_id=user.pk, epoch=user.auth_epoch, lease=held.lease)
    return Lease(held.lease, ticket, held, journal.acked_through(book, writer), offered)


def _knows_password(attempt: Attempt, user: User, password: str) -> bool:
    """Whether the password is the candidate's. Five wrong ones in a quarter of an hour: TooManyWrong."""
    key = f"exams.lease.wrong.{attempt.uid}"
    if cache.get(key, 0) >= MAX_WRONG:
        raise TooManyWrong
    if user.check_password(password):
        return True
    cache.add(key, 0, 15 * 60)
    cache.incr(key)
    return False


def _move_pen(held: Attempt, client: str, device: str, password: str | None, known: bool) -> None:
    if held.lease and held.holder_client == client and held.holder_device == device:
        return
    if held.lease and held.holder_device != device:
        if not password:
            raise HeldElsewhere
        if not known:
            raise WrongPassword
    held.lease += 1
    held.holder_client, held.holder_device = client, device


def _record_move(attempt: Attempt, held: Attempt, user: User, before: str, at: datetime.datetime) -> None:
    """A second device is what an invigilator wants to know about, and what protects the candidate."""
    by = Actor(user_id=user.pk, staff_number=attempt.candidate.staff_number, name=attempt.candidate.name)
    audit.record(
        stream="exams",
        action="device_changed",
        by=by,
        at=at,
        subject=held,
        subject_name=str(attempt.candidate),
        lease=held.lease,
        before=before,
        after=held.holder_device,
    )


def offered_events(attempt: Attempt) -> list[dict[str, Any]]:
    """Answers of clients that had lost the pen, newest per item, where they differ from what counts."""
    newest: dict[int, Any] = {}
    stale = AnswerEvent.objects.filter(attempt_id=attempt.pk, fate=AnswerEvent.STALE)
    for item, value in stale.order_by("at_ms", "writer", "seq").values_list("item", "value"):
        decoded = json.loads(value)
        if not isinstance(decoded, bool):
            newest[item] = decoded
    return [
        {"item": item, "value": value}
        for item, value in sorted(newest.items())
        if attempt.answers.get(str(item), []) != value
    ]


__all__ = [
    "CannotStart",
    "HeldElsewhere",
    "Lease",
    "Overtaken",
    "TooManyClients",
    "TooManyWrong",
    "WrongPassword",
    "start",
    "take_lease",
]
