"""What a person holds of an enforcement certificate, and what each kind of change does to it. Pure Python.

Read `enforcement` first: it says what may follow what; here stands only what a change does once it may.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from certificates.rules.reasons import UNDOING


class State(StrEnum):
    """Where a person stands. DUE_FOR_REVIEW and EXPIRED are never stored: they follow from the day."""

    NOT_APPLIED = "not_applied"
    TRAINING = "training"
    EXAM_PASSED = "exam_passed"
    ACTIVE = "active"
    DUE_FOR_REVIEW = "due_for_review"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LOST = "lost"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What happened."""

    ENTERED = "entered"
    APPLIED = "applied"
    PASSED = "passed"
    ISSUED = "issued"
    REVIEWED = "reviewed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    LOST = "lost"
    REISSUED = "reissued"
    RENEWED = "renewed"
    TRANSFERRED = "transferred"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    CORRECTED = "corrected"


# What gives or keeps a right: refused to auxiliaries, civilians and those who have left.
GIVING = frozenset(
    {
        Kind.ENTERED,
        Kind.APPLIED,
        Kind.PASSED,
        Kind.ISSUED,
        Kind.REVIEWED,
        Kind.REINSTATED,
        Kind.REISSUED,
        Kind.RENEWED,
        Kind.TRANSFERRED,
    }
)
# What takes a right away is decided on paper: no such change without a document number.
NEEDS_DOCUMENT = frozenset({Kind.SUSPENDED, Kind.WITHDRAWN, Kind.REVOKED})
EARLIEST, LATEST = datetime.date(1980, 1, 1), datetime.date(2100, 12, 31)
PASS, FAIL = "passed", "failed"
CORRECTABLE = ("certificate_no", "valid_from", "valid_until", "first_issued_on")


@dataclass(frozen=True)
class Event:
    """One change: what, the day it holds from, why, on which paper. `data` is JSON: numbers and ISO days."""

    kind: Kind
    on: datetime.date
    reason: str = ""
    document: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """One certificate of the chain; both days are days on which it is good."""

    number: str
    valid_from: datetime.date
    valid_until: datetime.date


@dataclass(frozen=True)
class Holding:
    """What a person holds after their events. `since`, `reason` and `document` belong to the present state."""

    state: State = State.NOT_APPLIED
    since: datetime.date | None = None
    reason: str = ""
    document: str = ""
    last_on: datetime.date | None = None
    events: int = 0
    first_issued_on: datetime.date | None = None
    chain: tuple[Link, ...] = ()
    review_base_on: datetime.date | None = None
    reviews: tuple[tuple[int, str], ...] = ()
    blocked_until: datetime.date | None = None

    @property
    def newest(self) -> Link | None:
        """The newest certificate of the chain."""
        return self.chain[-1] if self.chain else None

    @property
    def covered_from(self) -> datetime.date | None:
        """Since when, without a day between, some certificate of the chain has been good until the newest ends."""
        first: datetime.date | None = None
        for link in reversed(self.chain):
            if first is not None and link.valid_until + datetime.timedelta(days=1) < first:
                break
            first = link.valid_from if first is None else min(first, link.valid_from)
        return first


class Illegal(Exception):
    """A change that does not fit: a code and the figures of its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


Effect = Callable[[Holding, Event], Holding]


def blocked(holding: Holding, day: datetime.date) -> bool:
    """Whether a revocation still bars a new application on `day`."""
    return holding.blocked_until is not None and day <= holding.blocked_until


def day_in(data: Mapping[str, Any], name: str) -> datetime.date:
    """A day out of an event's data. Raises Illegal where it is missing, none, or out of this age."""
    try:
        day = datetime.date.fromisoformat(str(data[name]))
    except (KeyError, ValueError) as error:
        raise Illegal("missing", field=name) from error
    return in_this_age(day)


def in_this_age(day: datetime.date) -> datetime.date:
    """The day itself. Raises Illegal when no certificate can bear it: a slip of the keyboard."""
    if not EARLIEST <= day <= LATEST:
        raise Illegal("age", day=day, first=EARLIEST, last=LATEST)
    return day


def _link(event: Event) -> Link:
    number = str(event.data.get("certificate_no") or "").strip()
    if not number:
        raise Illegal("missing", field="certificate_no")
    link = Link(number, day_in(event.data, "valid_from"), day_in(event.data, "valid_until"))
    if link.valid_until < link.valid_from:
        raise Illegal("dates", begins=link.valid_from, ends=link.valid_until)
    return link


def unchanged(holding: Holding, event: Event) -> Holding:
    """What a change does that only moves the state."""
    del event
    return holding


def _entered(holding: Holding, event: Event) -> Holding:
    """Taken over from an older register: the certificate in hand, its first issue and its last review."""
    link = _link(event)
    first = day_in(event.data, "first_issued_on") if event.data.get("first_issued_on") else link.valid_from
    if first > link.valid_from:
        raise Illegal("first_issue", first=first, begins=link.valid_from)
    reviewed = day_in(event.data, "last_review_on") if event.data.get("last_review_on") else link.valid_from
    base = max(reviewed, link.valid_from)
    return replace(holding, chain=(link,), first_issued_on=first, review_base_on=base)


def _applied(holding: Holding, event: Event) -> Holding:
    if blocked(holding, event.on):
        raise Illegal("blocked", until=holding.blocked_until)
    return replace(holding, blocked_until=None)


def _issued(holding: Holding, event: Event) -> Holding:
    """The first certificate, or the first after an end: a new chain with a first issue date of its own."""
    link = _link(event)
    return replace(
        holding, chain=(link,), first_issued_on=link.valid_from, review_base_on=link.valid_from, reviews=()
    )


def _reviewed(holding: Holding, event: Event) -> Holding:
    result, year = event.data.get("result"), event.data.get("year")
    if result not in {PASS, FAIL}:
        raise Illegal("missing", field="result")
    if not isinstance(year, int) or not 1990 <= year <= event.on.year:
        raise Illegal("review_year", year=year)
    if (year, PASS) in holding.reviews:
        raise Illegal("reviewed_already", year=year)
    passed = result == PASS
    return replace(
        holding,
        reviews=(*holding.reviews, (year, str(result))),
        review_base_on=event.on if passed else holding.review_base_on,
    )


def _reinstated(holding: Holding, event: Event) -> Holding:
    if holding.newest is None:
        raise Illegal("no_certificate")
    ended = holding.state in {State.REVOKED, State.CANCELLED}
    if ended and event.reason not in UNDOING:
        raise Illegal("only_undone", state=holding.state)
    return replace(holding, blocked_until=None)


def _reissued(holding: Holding, event: Event) -> Holding:
    """A new card for the same term; the number may change, the dates stay."""
    newest = _held(holding)
    number = str(event.data.get("certificate_no") or "").strip()
    if not number or number == newest.number:
        return holding
    return replace(holding, chain=(*holding.chain, replace(newest, number=number)))


def _renewed(holding: Holding, event: Event) -> Holding:
    """The next link: new dates, the first issue date stays. No day may be left open while the old one is good."""
    newest, link = _held(holding), _link(event)
    if link.valid_until <= newest.valid_until:
        raise Illegal("renewal_shorter", until=newest.valid_until)
    if event.on <= newest.valid_until and link.valid_from > newest.valid_until + datetime.timedelta(days=1):
        raise Illegal("renewal_gap", until=newest.valid_until)
    return replace(
        holding,
        chain=(*holding.chain, link),
        review_base_on=max(event.on, holding.review_base_on or event.on),
    )


def _transferred(holding: Holding, event: Event) -> Holding:
    """To another agency or field: with the specialist paper passed, or the document that says so."""
    newest = _held(holding)
    if not (event.data.get("specialist_exam") or event.document):
        raise Illegal("specialist")
    number = str(event.data.get("certificate_no") or "").strip()
    if not number or number == newest.number:
        return holding
    return replace(holding, chain=(*holding.chain, replace(newest, number=number)))


def _revoked(holding: Holding, event: Event) -> Holding:
    until = day_in(event.data, "blocked_until") if event.data.get("blocked_until") else None
    if until is not None and until < event.on:
        raise Illegal("dates", begins=event.on, ends=until)
    return replace(holding, blocked_until=until)


def _corrected(holding: Holding, event: Event) -> Holding:
    """Mends what was written wrongly about the newest certificate. At least one thing must be mended."""
    newest = _held(holding)
    said = {name: event.data[name] for name in CORRECTABLE if event.data.get(name)}
    if not said:
        raise Illegal("missing", field="correction")
    link = _link(
        replace(
            event,
            data={
                "certificate_no": said.get("certificate_no", newest.number),
                "valid_from": said.get("valid_from", newest.valid_from.isoformat()),
                "valid_until": said.get("valid_until", newest.valid_until.isoformat()),
            },
        )
    )
    first = day_in(event.data, "first_issued_on") if "first_issued_on" in said else holding.first_issued_on
    if first is not None and first > link.valid_from:
        raise Illegal("first_issue", first=first, begins=link.valid_from)
    return replace(holding, chain=(*holding.chain[:-1], link), first_issued_on=first)


def _held(holding: Holding) -> Link:
    if holding.newest is None:
        raise Illegal("no_certificate")
    return holding.newest


EFFECTS: dict[Kind, Effect] = {
    Kind.ENTERED: _entered,
    Kind.APPLIED: _applied,
    Kind.ISSUED: _issued,
    Kind.REVIEWED: _reviewed,
    Kind.REINSTATED: _reinstated,
    Kind.REISSUED: _reissued,
    Kind.RENEWED: _renewed,
    Kind.TRANSFERRED: _transferred,
    Kind.REVOKED: _revoked,
    Kind.CORRECTED: _corrected,
}
