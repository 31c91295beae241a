"""What the services of contests tell whoever shows them live, without knowing who that is.

The consumers fill the registries when the server starts. In a command or a test without a server nobody
listens, and nothing is lost: what happened stands in SQL, and every room looks there by itself.
"""

import logging
import uuid
from collections.abc import Callable

logger = logging.getLogger("lianbing.contests")

Announcer = Callable[[uuid.UUID, int], None]
SeatEnder = Callable[[uuid.UUID, int], None]
_announcers: list[Announcer] = []
_seat_enders: list[SeatEnder] = []
_trial_openers: list[Announcer] = []


def announcer(fn: Announcer) -> Announcer:
    """Register `fn(match uid, seq)`: called in any thread, must return at once and never wait."""
    if fn not in _announcers:
        _announcers.append(fn)
    return fn


def seat_ender(fn: SeatEnder) -> SeatEnder:
    """Register `fn(match uid, seat pk)`: called in any thread, must return at once and never wait."""
    if fn not in _seat_enders:
        _seat_enders.append(fn)
    return fn


def trial_opener(fn: Announcer) -> Announcer:
    """Register `fn(match uid, number)`: called in any thread, must return at once and never wait."""
    if fn not in _trial_openers:
        _trial_openers.append(fn)
    return fn


def forget_trials(fn: Announcer) -> None:
    """Take back what was registered: the server ends."""
    if fn in _trial_openers:
        _trial_openers.remove(fn)


def forget(announcing: Announcer, ending: SeatEnder) -> None:
    """Take back what was registered: the server ends."""
    if announcing in _announcers:
        _announcers.remove(announcing)
    if ending in _seat_enders:
        _seat_enders.remove(ending)


def announce(match_uid: uuid.UUID, seq: int = 0) -> None:
    """The match has an event `seq`; 0 = no event, but presses or answers to look at. Call it after the commit."""
    for fn in _announcers:
        try:
            fn(match_uid, seq)
        except Exception:  # what is told is stored already: a listener's fault undoes nothing
            logger.exception("the news of a match could not be announced; the rooms find it by themselves")


def seat_ended(match_uid: uuid.UUID, seat_pk: int) -> None:
    """A seat was withdrawn or has moved to another device. Call it after the commit."""
    for fn in _seat_enders:
        try:
            fn(match_uid, seat_pk)
        except Exception:  # what is told is stored already: a listener's fault undoes nothing
            logger.exception("the end of a seat could not be announced; the rooms find it by themselves")


def open_trial(match_uid: uuid.UUID, number: int) -> None:
    """A round on trial opens on the pads that are being tried out. Nothing of it is stored here."""
    for fn in _trial_openers:
        try:
            fn(match_uid, number)
        except Exception:  # nothing of a trial is stored, so nothing is lost
            logger.exception("a round on trial could not be opened; it can be opened again")
