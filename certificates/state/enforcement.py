r"""The state of an enforcement certificate, folded from what happened to it. Pure: no clock, no Django.

not_applied -> training -> exam_passed -> active <-> suspended -> withdrawn -> revoked
                                            |  \-> lost -> (reissued) active
                                            \----> cancelled; with time alone: due_for_review, expired

The department of justice issues the card; this is the register kept of it. What is recorded is a fact, so
`replay` asks only for order and sense; the rules of the province guard new acts alone (`apply` with `rules`).
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from certificates.rules.enforcement import (
    ProvinceRules,
    counts_as_due,
    renewal_closes_on,
    renewal_opens_on,
    stops_for_review,
)
from certificates.rules.reasons import WITHOUT_WINDOW, reasons_of
from certificates.rules.validity import last_day
from certificates.state.holding import (
    CORRECTABLE,
    EFFECTS,
    FAIL,
    GIVING,
    NEEDS_DOCUMENT,
    PASS,
    Event,
    Holding,
    Illegal,
    Kind,
    Link,
    State,
    blocked,
    day_in,
    in_this_age,
    unchanged,
)

__all__ = [
    "CORRECTABLE",
    "FAIL",
    "GIVING",
    "NEEDS_DOCUMENT",
    "ON_DUTY",
    "PASS",
    "STORED",
    "TABLE",
    "Event",
    "Holding",
    "Illegal",
    "Kind",
    "Link",
    "State",
    "apply",
    "day_in",
    "legal",
    "on_duty",
    "replay",
    "standing",
    "standing_of",
    "start",
]


STORED = frozenset(State) - {State.DUE_FOR_REVIEW, State.EXPIRED}
ON_DUTY = frozenset({State.ACTIVE, State.DUE_FOR_REVIEW})
_HELD: dict[Kind, State] = {
    Kind.PASSED: State.ACTIVE,
    Kind.REVIEWED: State.ACTIVE,
    Kind.SUSPENDED: State.SUSPENDED,
    Kind.WITHDRAWN: State.WITHDRAWN,
    Kind.LOST: State.LOST,
    Kind.REISSUED: State.ACTIVE,
    Kind.RENEWED: State.ACTIVE,
    Kind.TRANSFERRED: State.ACTIVE,
    Kind.REVOKED: State.REVOKED,
    Kind.CANCELLED: State.CANCELLED,
    Kind.CORRECTED: State.ACTIVE,
}
# (state on the day of the change, change) -> state afterwards. What is not here is refused. A failed review
# ends in WITHDRAWN whatever stands here; EXPIRED and DUE_FOR_REVIEW are stored as ACTIVE.
TABLE: dict[State, dict[Kind, State]] = {
    State.NOT_APPLIED: {
        Kind.ENTERED: State.ACTIVE,
        Kind.APPLIED: State.TRAINING,
        Kind.PASSED: State.EXAM_PASSED,
    },
    State.TRAINING: {Kind.PASSED: State.EXAM_PASSED, Kind.CANCELLED: State.CANCELLED},
    State.EXAM_PASSED: {
        Kind.PASSED: State.EXAM_PASSED,
        Kind.ISSUED: State.ACTIVE,
        Kind.CANCELLED: State.CANCELLED,
    },
    State.ACTIVE: _HELD,
    State.DUE_FOR_REVIEW: _HELD,
    State.SUSPENDED: {
        Kind.PASSED: State.SUSPENDED,
        Kind.REVIEWED: State.SUSPENDED,
        Kind.REINSTATED: State.ACTIVE,
        Kind.WITHDRAWN: State.WITHDRAWN,
        Kind.REVOKED: State.REVOKED,
        Kind.CANCELLED: State.CANCELLED,
        Kind.CORRECTED: State.SUSPENDED,
    },
    State.WITHDRAWN: {
        Kind.PASSED: State.WITHDRAWN,
        Kind.REINSTATED: State.ACTIVE,
        Kind.REVOKED: State.REVOKED,
        Kind.CANCELLED: State.CANCELLED,
        Kind.CORRECTED: State.WITHDRAWN,
    },
    State.EXPIRED: {
        Kind.APPLIED: State.TRAINING,
        Kind.PASSED: State.EXPIRED,
        Kind.RENEWED: State.ACTIVE,
        Kind.REVOKED: State.REVOKED,
        Kind.CANCELLED: State.CANCELLED,
        Kind.CORRECTED: State.EXPIRED,
    },
    State.LOST: {
        Kind.PASSED: State.LOST,
        Kind.REISSUED: State.ACTIVE,
        Kind.REINSTATED: State.ACTIVE,
        Kind.REVOKED: State.REVOKED,
        Kind.CANCELLED: State.CANCELLED,
        Kind.CORRECTED: State.LOST,
    },
    State.REVOKED: {
        Kind.APPLIED: State.TRAINING,
        Kind.REINSTATED: State.ACTIVE,
        Kind.CORRECTED: State.REVOKED,
    },
    State.CANCELLED: {
        Kind.APPLIED: State.TRAINING,
        Kind.REINSTATED: State.ACTIVE,
        Kind.CORRECTED: State.CANCELLED,
    },
}
_AS_STORED = {State.EXPIRED: State.ACTIVE, State.DUE_FOR_REVIEW: State.ACTIVE}


def start() -> Holding:
    """Somebody of whom the register knows nothing."""
    return Holding()


def apply(holding: Holding, event: Event, rules: ProvinceRules | None = None) -> Holding:
    """The holding after one more event. With `rules` the province's rules are asked as well: for new acts.

    Raises Illegal and changes nothing where the event does not fit the state on its day.
    """
    in_this_age(event.on)
    if holding.last_on is not None and event.on < holding.last_on:
        raise Illegal("order", on=event.on, last=holding.last_on)
    if event.reason and event.reason not in reasons_of(event.kind):
        raise Illegal("reason", kind=event.kind, reason=event.reason)
    now = _row(holding, event.on)
    target = TABLE[now].get(event.kind)
    if target is None:
        raise Illegal("not_now", state=now, kind=event.kind)
    if rules is not None:
        _guard(holding, event, rules)
    changed = EFFECTS.get(event.kind, unchanged)(holding, event)
    if event.kind is Kind.REVIEWED and event.data.get("result") == FAIL:
        target = State.WITHDRAWN
    changed = replace(changed, last_on=event.on, events=holding.events + 1)
    stored = _AS_STORED.get(target, target)
    if stored is holding.state:
        return changed
    return replace(changed, state=stored, since=event.on, reason=event.reason, document=event.document)


def replay(events: Iterable[Event]) -> Holding:
    """The holding after these events, in the order in which they were recorded. Raises Illegal."""
    holding = start()
    for event in events:
        holding = apply(holding, event)
    return holding


def standing(holding: Holding, day: datetime.date, rules: ProvinceRules) -> State:
    """The state on a day, from the last event on: what time alone changes is seen here."""
    if holding.state is not State.ACTIVE or holding.newest is None:
        return holding.state
    return standing_of(
        covered_from=holding.covered_from or day,
        valid_until=holding.newest.valid_until,
        review_base_on=holding.review_base_on,
        day=day,
        rules=rules,
    )


def standing_of(
    *,
    covered_from: datetime.date,
    valid_until: datetime.date,
    review_base_on: datetime.date | None,
    day: datetime.date,
    rules: ProvinceRules,
) -> State:
    """The state on `day` of a holding stored as ACTIVE. One issued ahead of its first day is EXAM_PASSED until then."""
    if day > valid_until:
        return State.EXPIRED
    if day < covered_from:
        return State.EXAM_PASSED
    return State.DUE_FOR_REVIEW if counts_as_due(review_base_on, day, rules) else State.ACTIVE


def on_duty(
    state: State, review_base_on: datetime.date | None, day: datetime.date, rules: ProvinceRules
) -> bool:
    """Whether a holder in this state on this day may enforce: in force, and no review overdue beyond what the rules bear."""
    return state in ON_DUTY and not stops_for_review(review_base_on, day, rules)


def legal(holding: Holding, day: datetime.date, rules: ProvinceRules) -> list[Kind]:
    """What may be recorded on `day`, in the order of Kind. What a change must say is not asked here."""
    if holding.last_on is not None and day < holding.last_on:
        return []
    return [kind for kind in Kind if kind in TABLE[_row(holding, day)] and _opens(holding, kind, day, rules)]


def _opens(holding: Holding, kind: Kind, day: datetime.date, rules: ProvinceRules) -> bool:
    if kind is Kind.APPLIED:
        return not blocked(holding, day)
    if kind is Kind.CORRECTED:
        return holding.newest is not None
    if kind is Kind.RENEWED and holding.newest is not None:
        return day <= renewal_closes_on(holding.newest.valid_until, rules)
    if kind is Kind.REINSTATED:
        return holding.newest is not None
    return True


def _row(holding: Holding, day: datetime.date) -> State:
    """The row of TABLE on a day. Whether a review is due changes nothing of what is legal."""
    newest = holding.newest
    if holding.state is State.ACTIVE and newest is not None and day > newest.valid_until:
        return State.EXPIRED
    return holding.state


def _guard(holding: Holding, event: Event, rules: ProvinceRules) -> None:
    """What the rules and the form of a new act demand, beyond its order and sense."""
    if not event.reason:
        raise Illegal("missing", field="reason")
    if event.kind in NEEDS_DOCUMENT and not event.document:
        raise Illegal("missing", field="document")
    if event.kind is Kind.RENEWED and holding.newest is not None:
        _guard_renewal(holding.newest, event, rules)
    if event.kind is Kind.REVIEWED and event.data.get("result") == PASS:
        _guard_review(event.data, rules)
    if event.kind in {Kind.ISSUED, Kind.RENEWED}:
        first, last = day_in(event.data, "valid_from"), day_in(event.data, "valid_until")
        if last > last_day(first, rules.valid_months):
            raise Illegal("too_long", months=rules.valid_months, until=last_day(first, rules.valid_months))


def _guard_renewal(newest: Link, event: Event, rules: ProvinceRules) -> None:
    opens, closes = renewal_opens_on(newest.valid_until, rules), renewal_closes_on(newest.valid_until, rules)
    if event.on > closes:
        raise Illegal("renewal_closed", closes=closes)
    if event.on < opens and event.reason not in WITHOUT_WINDOW:
        raise Illegal("renewal_early", opens=opens)


def _guard_review(data: Mapping[str, Any], rules: ProvinceRules) -> None:
    have = Decimal(str(data.get("hours") or 0))
    if have < rules.review_hours:
        raise Illegal("review_hours", need=rules.review_hours, have=have)
    if rules.review_exam and data.get("exam") is not True:
        raise Illegal("review_exam")
    if rules.review_conduct and data.get("conduct") is not True:
        raise Illegal("review_conduct")
