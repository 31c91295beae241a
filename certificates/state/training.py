r"""The states of a certificate. Suspension and renewal will be further events; the row itself never changes.

issued -> upcoming -> valid -> expiring -> expired
             \----------\----------\----------\--> revoked (for good)
"""

import datetime
from enum import StrEnum

from certificates.rules.validity import WARN_DAYS


class State(StrEnum):
    """What a certificate is worth on a day."""

    UPCOMING = "upcoming"
    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Event(StrEnum):
    """What happened to a certificate."""

    ISSUED = "issued"
    REVOKED = "revoked"


class Ground(StrEnum):
    """Why a certificate was revoked, as the public may read it; the details stay with HR."""

    ISSUED_IN_ERROR = "issued_in_error"
    RESULT_CHANGED = "result_changed"
    LEFT_SERVICE = "left_service"
    RULES_BROKEN = "rules_broken"
    OTHER = "other"


IN_FORCE = frozenset({State.VALID, State.EXPIRING})


def state_on(
    day: datetime.date, *, valid_from: datetime.date, valid_until: datetime.date, revoked: bool
) -> State:
    """The state on `day`. Both ends are days on which it is good; revocation outweighs everything.

    `expiring` = in force with at most WARN_DAYS days left after `day`.
    """
    if revoked:
        return State.REVOKED
    if day < valid_from:
        return State.UPCOMING
    if day > valid_until:
        return State.EXPIRED
    return State.EXPIRING if (valid_until - day).days <= WARN_DAYS else State.VALID


def may_revoke(state: State) -> bool:
    """Whether a certificate in this state can still be revoked: anything but a second time."""
    return state is not State.REVOKED
