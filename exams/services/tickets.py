"""The signed ticket of the save path: who may write to which attempt, without a session.

A ticket is `user.epoch.lease.signature`, the signature being HMAC-SHA256 over the attempt's uid and the
three numbers. It is checked without the database; the statement that saves compares the numbers with
the row, so that signing out, disabling and a new password (which raise `auth_epoch`) end it at once.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings


class BadTicket(Exception):
    """The ticket is missing, broken, for another attempt, or has been ended."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a valid ticket says."""

    user_id: int
    epoch: int
    lease: int


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"lianbing.exams.ticket:" + secret.encode()).digest()


def _sign(attempt: uuid.UUID, body: str) -> str:
    return hmac.digest(_key(settings.SECRET_KEY), attempt.bytes + body.encode(), "sha256").hex()


def issue(*, attempt: uuid.UUID, user_id: int, epoch: int, lease: int) -> str:
    """A ticket for the holder of `lease` on an attempt."""
    body = f"{user_id}.{epoch}.{lease}"
    return f"{body}.{_sign(attempt, body)}"


def read(text: str, *, attempt: uuid.UUID) -> Ticket:
    """What a ticket for `attempt` says. Raises BadTicket."""
    body, _, signature = text.rpartition(".")
    if not body or not text.isascii() or not hmac.compare_digest(signature, _sign(attempt, body)):
        raise BadTicket
    user_id, epoch, lease = (int(part) for part in body.split("."))
    return Ticket(user_id, epoch, lease)
