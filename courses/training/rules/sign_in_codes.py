"""Codes that show somebody is in the room: one for each slot of fifteen seconds, bound to its session.

A code is HMAC-SHA256 over (session, slot) under the session's own secret, so that one cannot be worked out
from another, nor from another session. The long one stands in the address of the QR picture and names its
slot; the short one, six digits, is typed. Moments are seconds since 1970 by the server's clock.
"""

import hashlib
import hmac
import math
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SLOT = 15
"""Seconds a code is shown."""
LAG = 1
"""Slots before the present one that still count on arrival: who scans in the last second has to tap too."""
ALLOWANCE = 90
"""Seconds after the end of its slot within which a code kept by a phone without signal still counts."""
REMEMBERED = 240
"""Slots back in which typed digits are told to be old instead of unknown."""
_LONG = re.compile(r"([0-9a-z]{1,8})\.([0-9a-f]{24})")
_SHORT = re.compile(r"[0-9]{6}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Fault(StrEnum):
    """Why a code does not count."""

    MALFORMED = "malformed"
    FOREIGN = "foreign"
    OLD = "old"
    FORWARDED = "forwarded"
    FUTURE = "future"


@dataclass(frozen=True)
class Reading:
    """What a code says: its slot (None when it is none of this session) and what is wrong with it.

    `delay` is in whole seconds since its slot ended, 0 while it is shown.
    """

    slot: int | None
    fault: Fault | None
    delay: int = 0


def slot_of(moment: float) -> int:
    """The slot a moment lies in."""
    return math.floor(moment / SLOT)


def next_change(moment: float) -> float:
    """Seconds from `moment` until another code is shown: more than 0, at most `SLOT`."""
    return (slot_of(moment) + 1) * SLOT - moment


def _mac(session: uuid.UUID, secret: str, slot: int, label: bytes) -> bytes:
    return hmac.digest(secret.encode(), label + session.bytes + str(slot).encode(), hashlib.sha256)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def long_code(session: uuid.UUID, secret: str, slot: int) -> str:
    """The code in the QR address: the slot in base 36, a dot, and 96 bits of its signature."""
    return f"{_base36(slot)}.{_mac(session, secret, slot, b'qr')[:12].hex()}"


def short_code(session: uuid.UUID, secret: str, slot: int) -> str:
    """The six digits people type."""
    return f"{int.from_bytes(_mac(session, secret, slot, b'typed')[:8]) % 1_000_000:06}"


def tidy(code: str) -> str:
    """A code as people and keyboards write it, without spaces and hyphens, full-width digits made plain."""
    plain = code.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    return re.sub(r"[\s\-－—　]", "", plain).lower()


def is_scanned(code: str) -> bool:
    """Whether a code has the form of the picture's, which is too long to be guessed."""
    return _LONG.fullmatch(tidy(code)) is not None


def accepted_slots(moment: float, allowance: int = 0) -> range:
    """The slots whose code counts when it is received at `moment`, oldest first.

    `allowance`: fewer seconds than this after the end of a slot are forgiven (0 = only the lag of a tap;
    `ALLOWANCE` for what a phone without signal kept).
    """
    forgiven = max(allowance, LAG * SLOT)
    return range(slot_of(moment - forgiven), slot_of(moment) + 1)


def read(
    code: str,
    *,
    session: uuid.UUID,
    secret: str,
    moment: float,
    allowance: int = 0,
    opened: float | None = None,
) -> Reading:
    """Judge a code received at `moment`.

    `opened`: when the officer's page was given out (for what a phone kept): a code whose slot was over
    by then was not seen in the room with the page at hand but passed on (`FORWARDED`).
    """
    text = tidy(code)
    if long := _LONG.fullmatch(text):
        slot = int(long[1], 36)
        genuine = hmac.compare_digest(text, long_code(session, secret, slot))
        return _placed(slot, moment, allowance, opened) if genuine else Reading(None, Fault.FOREIGN)
    if not _SHORT.fullmatch(text):
        return Reading(None, Fault.MALFORMED)
    found = _slot_of_digits(text, session, secret, moment, allowance)
    return Reading(None, Fault.FOREIGN) if found is None else _placed(found, moment, allowance, opened)


def _slot_of_digits(
    digits: str, session: uuid.UUID, secret: str, moment: float, allowance: int
) -> int | None:
    """The slot these digits belong to: first among those that count, then backwards into the past.

    Digits of a slot to come are like any others: to say that they will count would help who guesses.
    """
    present = slot_of(moment)
    near: Iterable[int] = range(present, present - REMEMBERED - 1, -1)
    counting = reversed(accepted_slots(moment, allowance))
    return next(
        (
            slot
            for slot in (*counting, *near)
            if hmac.compare_digest(digits, short_code(session, secret, slot))
        ),
        None,
    )


def _placed(slot: int, moment: float, allowance: int, opened: float | None) -> Reading:
    """The reading of a genuine code by where its slot lies."""
    delay = max(0, math.floor(moment - (slot + 1) * SLOT))
    if slot > slot_of(moment):
        return Reading(slot, Fault.FUTURE)
    if slot not in accepted_slots(moment, allowance):
        return Reading(slot, Fault.OLD, delay)
    if opened is not None and opened >= (slot + 1) * SLOT:
        return Reading(slot, Fault.FORWARDED, delay)
    return Reading(slot, None, delay)
