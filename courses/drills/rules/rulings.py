"""When an answer counts as given, and whether it may earn: the server rules, the device only says.

A phone without network says later when it was answered. The server believes it inside a window: not
before the set was made, not before the answer before it, at most three days back, not after it arrived.
What may earn is the first answer to a question received on a day, at a pace at which a person can read.
"""

import datetime

CARRIED = datetime.timedelta(days=3)  # how long a phone may keep answers to itself
PACE = datetime.timedelta(seconds=1)  # nobody reads and answers faster
SKEW = datetime.timedelta(minutes=2)  # a device's clock so near to the server's is left alone


def corrected(
    said_at: datetime.datetime | None, *, sent_at: datetime.datetime | None, received_at: datetime.datetime
) -> datetime.datetime | None:
    """The device's word put right by how far its clock is off, where it said what time it thought it sent at."""
    if said_at is None or sent_at is None or abs(received_at - sent_at) <= SKEW:
        return said_at
    try:
        return said_at + (received_at - sent_at)
    except OverflowError:
        return None


def ruled(
    said_at: datetime.datetime | None,
    *,
    made_at: datetime.datetime,
    previous_at: datetime.datetime | None,
    received_at: datetime.datetime,
) -> datetime.datetime:
    """The moment an answer counts as given. All moments are aware; without a word of the device: the receipt."""
    said = received_at if said_at is None else said_at
    earliest = max(made_at, received_at - CARRIED)
    at = min(max(said, earliest), received_at)
    return at if previous_at is None else max(at, previous_at)


def at_human_pace(
    at: datetime.datetime, *, made_at: datetime.datetime, previous_at: datetime.datetime | None
) -> bool:
    """Whether there was time to read the question since the answer before, or since the set was made."""
    before = made_at if previous_at is None else max(made_at, previous_at)
    return at - before >= PACE
