"""The door of the public pages of certificates: how much one address may ask.

An office behind one address may scan all at once: what is found costs nothing. Whoever asks for what does not
exist is let through twenty times; from then on, for ten minutes, nothing is looked up for that address until
the page has waited five seconds and come back with its ticket, which is good for that one id. People who scan a
real code are still served, a little later; a script that does not wait learns nothing, and one that does gets
sixty answers in a minute. Addresses are counted in memory and stored nowhere.
"""

import datetime
import ipaddress
from enum import StrEnum

from django.core import signing
from django.core.cache import cache

from lianbing.people.request import Request

READS_A_MINUTE = 1200
MISSES = 20
MISSES_SECONDS = 600
WAIT_SECONDS = 5
TICKET_SECONDS = 120
TICKETS_A_MINUTE = 60
CHECKS_A_MINUTE = 60
_SALT = "certificates.wait"


class Door(StrEnum):
    """What becomes of a request."""

    OPEN = "open"
    WAIT = "wait"
    SHUT = "shut"


def look_up(request: Request, asked: str, at: datetime.datetime) -> Door:
    """Whether something may be looked up for this request now. `asked` is what it asks for."""
    if _count(request, "reads", 60, at) > READS_A_MINUTE:
        return Door.SHUT
    if _so_far(request, "misses", MISSES_SECONDS, at) < MISSES:
        return Door.OPEN
    if not _has_waited(request.GET.get("wait", ""), asked, at):
        return Door.WAIT
    return Door.OPEN if _count(request, "tickets", 60, at) <= TICKETS_A_MINUTE else Door.SHUT


def missed(request: Request, at: datetime.datetime) -> None:
    """Note that what was asked for does not exist."""
    _count(request, "misses", MISSES_SECONDS, at)


def ticket(asked: str, at: datetime.datetime) -> str:
    """What a page that waits comes back with."""
    return signing.dumps([asked[:100], int(at.timestamp())], salt=_SALT)


def too_many(request: Request, what: str, at: datetime.datetime, most: int = READS_A_MINUTE) -> bool:
    """Count a request of a kind; whether it is one too many in this minute."""
    return _count(request, what, 60, at) > most


def _has_waited(wait: str, asked: str, at: datetime.datetime) -> bool:
    try:
        whose, since = signing.loads(wait, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return bool(whose == asked[:100] and WAIT_SECONDS <= at.timestamp() - since <= TICKET_SECONDS)


def _address(request: Request) -> str:
    """The address asked from; of IPv6 the network, as one customer holds all of its addresses."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    return text if address.version == 4 else str(ipaddress.ip_network(f"{text}/64", strict=False))


def _key(request: Request, what: str, seconds: int, at: datetime.datetime) -> str:
    return f"verify:{what}:{_address(request)}:{int(at.timestamp()) // seconds}"


def _count(request: Request, what: str, seconds: int, at: datetime.datetime) -> int:
    key = _key(request, what, seconds, at)
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # the counter was evicted between the two calls
        return 1


def _so_far(request: Request, what: str, seconds: int, at: datetime.datetime) -> int:
    return int(cache.get(_key(request, what, seconds, at), 0))
