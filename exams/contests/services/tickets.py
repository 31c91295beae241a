"""The signed ticket of a pad: which seat of which match a device may speak for, without a session.

It is checked without the database. Whether the seat still stands (nobody has moved it to another device,
withdrawn it, or signed out) is looked up beside it: see `queries.live`.
"""

import uuid
from dataclasses import dataclass

from django.core import signing

from exams.contests.models import Seat

SALT = "contests.ticket"
LIFETIME_SECONDS = 12 * 3600


class BadTicket(Exception):
    """The ticket is missing, broken, older than twelve hours, or for another match."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a valid ticket says: `generation` of the seat and `epoch` of its account (0 = none) when it was made."""

    match: uuid.UUID
    seat: int
    role: str
    generation: int
    epoch: int


def issue(seat: Seat) -> str:
    """A ticket for the device that holds this seat, good for twelve hours."""
    epoch = seat.user.auth_epoch if seat.user else 0
    body = [seat.match.uid.hex, seat.pk, seat.role, seat.generation, epoch]
    return signing.dumps(body, salt=SALT)


def read(text: str, *, match: uuid.UUID) -> Ticket:
    """What a ticket for `match` says. Raises BadTicket."""
    try:
        uid, seat, role, generation, epoch = signing.loads(text, salt=SALT, max_age=LIFETIME_SECONDS)
        ticket = Ticket(uuid.UUID(uid), seat, role, generation, epoch)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadTicket from error
    if ticket.match != match:
        raise BadTicket
    return ticket
