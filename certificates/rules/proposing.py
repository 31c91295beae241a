"""When a failed change exam leads to a proposal, and to which. A proposal changes nothing: a person decides.

PIPL art. 24: nobody is suspended by a machine. A new law is taught and tested; who fails is proposed for
suspension; remedial training and a pass are proposed for reinstatement; a second failure while suspended
for a withdrawal or a revocation (Zibo, art. 13), as the bureau's policy says.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

ZERO = Decimal(0)


class Proposed(StrEnum):
    """What may be proposed."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"


class Second(StrEnum):
    """What a second failure leads to."""

    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    NOTHING = "nothing"


class Standing(StrEnum):
    """How the certificate of the person stands, as far as proposals care."""

    HELD = "held"
    SUSPENDED = "suspended"
    OTHER = "other"


@dataclass(frozen=True)
class Policy:
    """The bureau's figures.

    `tries`: so many failed tries lead to a proposal. `late_counts`: not having passed by the due day is a
    failure too. `papers`: the blueprints whose exams are exams of a change. `remedial_hours`: so many hours
    since the suspension before reinstatement is proposed. `second_tries`: so many failures while suspended
    lead to `second`; how long a revocation bars a new application stands in the province's rules.
    """

    tries: int = 1
    late_counts: bool = False
    papers: tuple[str, ...] = ()
    remedial_hours: int = 0
    second: Second = Second.REVOKE
    second_tries: int = 1


BOUNDS = {"tries": (1, 9), "remedial_hours": (0, 500), "second_tries": (1, 9)}


@dataclass(frozen=True)
class Cause:
    """How one person stands with one change. `origin` names it in the world ("change:12", "exam:<blueprint>").

    `fails` are the moments of the failures, the oldest first. `late`: not passed, and past its day.
    """

    origin: str
    title: str
    fails: tuple[datetime.datetime, ...] = ()
    passed_at: datetime.datetime | None = None
    late: bool = False
    url: str = ""

    @property
    def passed(self) -> bool:
        """Whether the newest word on it is a pass."""
        return self.passed_at is not None and not (self.fails and self.fails[-1] > self.passed_at)


@dataclass(frozen=True)
class Suspension:
    """That somebody is suspended for a cause: since when, and the hours earned since."""

    since: datetime.datetime
    hours: Decimal = ZERO


def propose(
    cause: Cause, standing: Standing, suspension: Suspension | None, policy: Policy
) -> Proposed | None:
    """What is to be proposed about one person and one change, or None.

    `suspension` is the one that rests on this very cause, where there is one in force.
    """
    if standing is Standing.SUSPENDED and suspension is not None:
        return _while_suspended(cause, suspension, policy)
    if standing is not Standing.HELD or cause.passed:
        return None
    failed = len(cause.fails) >= policy.tries
    return Proposed.SUSPEND if failed or (cause.late and policy.late_counts) else None


def _while_suspended(cause: Cause, suspension: Suspension, policy: Policy) -> Proposed | None:
    if cause.passed:
        assert cause.passed_at is not None
        trained = suspension.hours >= policy.remedial_hours
        return Proposed.REINSTATE if trained and cause.passed_at >= suspension.since else None
    again = sum(moment > suspension.since for moment in cause.fails)
    if policy.second is Second.NOTHING or again < policy.second_tries:
        return None
    return Proposed.REVOKE if policy.second is Second.REVOKE else Proposed.WITHDRAW


def key(proposed: Proposed, cause: Cause, person: int) -> str:
    """What makes a proposal one and the same: the newest thing it rests on. A newer failure is another one."""
    moment = cause.passed_at if proposed is Proposed.REINSTATE else cause.fails[-1] if cause.fails else None
    return f"{proposed}:{person}:{cause.origin}:{moment.isoformat() if moment else 'late'}"


def to_json(policy: Policy) -> dict[str, Any]:
    """The policy as JSON data."""
    return {
        "tries": policy.tries,
        "late_counts": policy.late_counts,
        "papers": list(policy.papers),
        "remedial_hours": policy.remedial_hours,
        "second": policy.second.value,
        "second_tries": policy.second_tries,
    }


def from_json(stored: Mapping[str, Any]) -> Policy:
    """The policy of what `to_json` wrote."""
    return Policy(**{**stored, "papers": tuple(stored["papers"]), "second": Second(stored["second"])})
