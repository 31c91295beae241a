"""The save protocol: events in, acknowledgement out; status; submit. Three statements per save.

Every call carries a signed ticket instead of a session. The attempt's row, read under its lock, decides:
the ticket's epoch and lease, the state, the deadline. See docs on the save protocol for the replies.
"""

import datetime
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from exams import state
from exams.models import AnswerEvent
from exams.queries.papers import parsers
from exams.rules import journal, scoring, timing
from exams.rules.journal import BadEvent, Book
from exams.services import statements, tickets
from exams.services.submission import Receipt, close_if_over, hand_in, receipt_of
from exams.services.tickets import BadTicket, Ticket
from lianbing.people.rules import Actor
from question_bank.kinds import BadResponse

__all__ = ["BadEvent", "BadTicket", "Reply", "save", "status", "submit"]


@dataclass(frozen=True)
class Reply:
    """What the client is told. `error` is empty when all went well; `receipt` once it is handed in."""

    state: str
    at: datetime.datetime
    remaining_ms: int
    lease: int
    error: str = ""
    acked_through: int = 0
    answers_sha256: str = ""
    receipt: Receipt | None = None
    missing: list[list[int]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)


def _reply(row: statements.Row, at: datetime.datetime, **more: Any) -> Reply:
    left = timing.remaining_ms(row.deadline, at) if row.state == state.OPEN else 0
    return Reply(state=row.state, at=at, remaining_ms=left, lease=row.lease, receipt=receipt_of(row), **more)


def _admitted(uid: uuid.UUID, ticket: Ticket, *, lock: bool) -> statements.Row:
    """The attempt, if the ticket still opens it. Raises BadTicket."""
    row = statements.read(uid, lock=lock)
    if (
        row is None
        or row.user_id != ticket.user_id
        or row.auth_epoch != ticket.epoch
        or not row.is_active
        or ticket.lease > row.lease
    ):
        raise BadTicket
    return row


def _book(row: statements.Row) -> Book:
    return Book(json.loads(row.answers), json.loads(row.flags), json.loads(row.ledger))


def _store_events(
    row: statements.Row,
    writer: int,
    lease: int,
    events: list[journal.Event],
    fate: int,
    at: datetime.datetime,
) -> None:
    since_start = max(0, int((at - row.started_at).total_seconds() * 1000))
    statements.insert_events(
        [
            (row.id, writer, e.seq, e.item, statements.compact(e.value), lease, since_start, e.mono_ms, fate)
            for e in events
        ]
    )


def save(
    *, uid: uuid.UUID, ticket: str, client: str, lease: int, events: Any, at: datetime.datetime
) -> Reply:
    """Store a batch of events and say up to which one everything has arrived.

    Errors in the reply: "superseded" (an older lease: stored as stale, not applied), "closed" (handed in
    or over: stored as late, not applied). Raises BadTicket and BadEvent; then nothing is stored.
    """
    admitted = tickets.read(ticket, attempt=uid)
    with transaction.atomic():
        row = _admitted(uid, admitted, lock=True)
        batch = journal.parse_events(events, parsers(row.paper_items), BadResponse)
        book = _book(row)
        writer = journal.writer_of(book, client)
        if writer is None or lease > admitted.lease:
            raise BadTicket
        if row.state != state.OPEN or close_if_over(row, at=at):
            if batch:
                _store_events(row, writer, lease, batch, AnswerEvent.LATE, at)
            return _reply(row, at, error="closed")
        current = lease == row.lease and client == row.holder_client
        fresh = journal.apply(book, writer, batch, counts=current)
        if fresh:
            _store_events(
                row, writer, lease, fresh, AnswerEvent.APPLIED if current else AnswerEvent.STALE, at
            )
            _store_book(row, book, at)
    acked = journal.acked_through(book, writer)
    error = "" if current else "superseded"
    return _reply(row, at, error=error, acked_through=acked, answers_sha256=row.answers_sha256)


def _store_book(row: statements.Row, book: Book, at: datetime.datetime) -> None:
    answers = scoring.canonical(book.answers)
    row.answers_sha256 = scoring.digest(answers)
    stored = statements.store_projection(
        row, answers=answers, flags=book.flags, ledger=book.ledger, digest=row.answers_sha256, at=at
    )
    assert stored, "the row was read under its lock"


def status(*, uid: uuid.UUID, ticket: str, at: datetime.datetime) -> Reply:
    """Where the attempt stands; hands it in when its time is over. Raises BadTicket."""
    admitted = tickets.read(ticket, attempt=uid)
    row = _admitted(uid, admitted, lock=False)
    if row.state == state.OPEN and timing.is_over(row.deadline, row.grace_seconds, at):
        with transaction.atomic():
            row = _admitted(uid, admitted, lock=True)
            close_if_over(row, at=at)
    return _reply(row, at)


def submit(
    *,
    uid: uuid.UUID,
    ticket: str,
    client: str,
    lease: int,
    final_seq: int,
    answers_sha256: str,
    at: datetime.datetime,
) -> Reply:
    """Hand in. Replays get the same receipt. Raises BadTicket.

    Errors in the reply: "superseded"; "missing" with the ranges that have not arrived; "mismatch" with
    the server's answers when the client believes in other ones.
    """
    admitted = tickets.read(ticket, attempt=uid)
    with transaction.atomic():
        row = _admitted(uid, admitted, lock=True)
        if row.state != state.OPEN or close_if_over(row, at=at):
            return _reply(row, at)
        book = _book(row)
        writer = journal.writer_of(book, client)
        if writer is None or lease > admitted.lease:
            raise BadTicket
        if lease != row.lease or client != row.holder_client:
            return _reply(row, at, error="superseded")
        missing = journal.missing_ranges(book, writer, final_seq)
        if missing:
            return _reply(row, at, error="missing", missing=missing)
        ours = scoring.answers_sha256(book.answers)
        if ours != answers_sha256:
            return _reply(row, at, error="mismatch", answers=book.answers, answers_sha256=ours)
        hand_in(row, how=state.How.CANDIDATE, by=_candidate(row), at=at, submitted_at=at)
        return _reply(row, at)


def _candidate(row: statements.Row) -> Actor:
    """The candidate as the audit trail names them; the save path has no session and no actor."""
    return Actor(user_id=row.user_id, staff_number=row.staff_number, name=row.candidate_name)
