"""What the clock of a room ends: turns whose time is up, whether or not anybody is connected."""

import datetime
import logging
import uuid

from django.db import transaction

from exams.contests.models import Match
from exams.contests.queries import matches
from exams.contests.services import buzzing, closing, events
from exams.contests.services.events import ContestRefused

logger = logging.getLogger("lianbing.contests")
MOST_AT_ONCE = 100


def close_due(*, at: datetime.datetime, match: uuid.UUID | None = None) -> int:
    """Close every turn whose time is up, of all matches or of one. Returns how many; done twice it changes nothing."""
    due = Match.objects.filter(phase=Match.Phase.RUNNING, due_at__lte=at)
    if match is not None:
        due = due.filter(uid=match)
    return sum(_close(pk, at) for pk in due.order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE])


def _close(pk: int, at: datetime.datetime) -> int:
    """Close the turn of one match if its time is up under the lock, too."""
    try:
        with transaction.atomic():
            row = events.lock(pk)
            ends = events.due_at(matches.load_state(row, locked=True))
            if ends is None or ends > at or _pressed(row, at):
                return 0
            closing.close_turn(match=row, reason="time", at=at)
            return 1
    except ContestRefused as refused:
        logger.warning("the clock of match %s could not close its turn: %s", pk, refused.code)
        return 0


def _pressed(match: Match, at: datetime.datetime) -> bool:
    """Whether presses stand before the end of the time: they are settled, and then the turn goes on."""
    if buzzing.due(match) is None:
        return False
    buzzing.settle(match=match, at=at)
    return True
