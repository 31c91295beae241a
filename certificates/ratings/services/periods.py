"""The road of a period: opened, computed, reviewed, confirmed, published, closed; corrected afterwards."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from certificates.ratings.models import (
    Appeal,
    Gathering,
    Period,
    PeriodEvent,
    Result,
    Scheme,
    SchemeVersion,
    Statement,
)
from certificates.ratings.queries import schemes, statements
from certificates.ratings.queries.statements import Basis, Member
from certificates.ratings.rules import periods
from certificates.ratings.rules.words import PeriodKind, Subject
from certificates.ratings.services.facts import hold, move
from certificates.ratings.services.refusals import Refused
from certificates.ratings.state import Act, Illegal, Phase, after
from lianbing.kit import outbox
from lianbing.people.models import Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

TOPIC = "ratings_published"
APPEAL_DAYS = 10
SHORTEST_REASON = 5
BATCH = 200


def open_period(
    *, scheme: Scheme, kind: PeriodKind, first: datetime.date, unit: Unit, by: Actor, at: datetime.datetime
) -> Period:
    """Open a period by the version of the scheme that is in force on its first day. Raises Refused."""
    if scheme.retired_at is not None:
        raise Refused("retired")
    if not periods.begins(PeriodKind(kind), first):
        raise Refused("span")
    version = schemes.version_for(scheme, first)
    if version is None:
        raise Refused("version")
    try:
        with transaction.atomic():
            period = Period.objects.create(
                scheme=scheme,
                scheme_version=version,
                kind=kind,
                first=first,
                last=periods.span(PeriodKind(kind), first)[1],
                unit=unit,
                opened_at=at,
            )
            move(period, Act.OPENED, Phase.OPEN, by=by, at=at)
    except IntegrityError as error:
        raise Refused("twice") from error
    return period


def compute(*, period: Period, by: Actor, at: datetime.datetime) -> Statement:
    """Compute the results from the newest gathering. Raises Refused.

    Rules and places are worked out before the lock is taken; if somebody gathers meanwhile, nothing is kept.
    """
    reason = _open_correction(period)
    return _state(period, Act.COMPUTED, period.scheme_version, reason, by, at)


def correct(*, period: Period, reason: str, by: Actor, at: datetime.datetime) -> Statement:
    """Compute a further statement of published results, with a reason. Raises Refused.

    It rests on the newest gathering and on the version of the scheme the period was opened with. The statement
    published before stays in force until this one is reviewed, confirmed and published, and readable for ever.
    """
    reason = _reason(reason)
    return _state(period, Act.CORRECTED, period.scheme_version, reason, by, at)


def _state(
    period: Period, act: Act, version: SchemeVersion, reason: str, by: Actor, at: datetime.datetime
) -> Statement:
    period.refresh_from_db()
    _after(period, act)
    gathering = newest_gathering(period)
    if gathering is None:
        raise Refused("no_evidence")
    basis = statements.basis_now(period, gathering)
    members, rows, digest = statements.computed(basis)
    if not rows:
        raise Refused("nobody")
    with transaction.atomic():
        row = hold(period)
        phase = _after(row, act)
        if newest_gathering(row) != gathering:
            raise Refused("changed")
        statement = Statement.objects.create(
            period=row,
            gathering=gathering,
            scheme_version=version,
            number=row.statements.count() + 1,
            previous=[list(group) for group in basis.previous],
            parts=list(basis.parts),
            at=at,
            by=by.snapshot(),
            reason=reason[:300],
            digest=digest,
        )
        _store(statement, basis, members, rows)
        move(row, act, phase, by=by, at=at, statement=statement, gathering=gathering, reason=reason)
    period.refresh_from_db()
    return statement


def _store(
    statement: Statement, basis: Basis, members: list[Member], rows: dict[int, dict[str, Any]]
) -> None:
    owner = "unit_id" if basis.scheme.subject == Subject.UNIT else "officer_id"
    with statements.collector_resting():
        for start in range(0, len(members), BATCH):
            Result.objects.bulk_create(
                Result(
                    statement_id=statement.pk, roll_id=one.roll, **{owner: one.subject}, **rows[one.subject]
                )
                for one in members[start : start + BATCH]
            )


def review(*, period: Period, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    """Say that the computed results were looked through. Raises Refused."""
    _act(period, Act.REVIEWED, by, at, reason)


def confirm(*, period: Period, by: Actor, at: datetime.datetime) -> None:
    """A person confirms the results: not the one who computed them, and never the system. Raises Refused."""
    if by.user_id is None:
        raise Refused("machine")
    with transaction.atomic():
        row = hold(period)
        phase = _after(row, Act.CONFIRMED)
        statement = _newest(row)
        if statement.by.get("staff_number") == by.staff_number:
            raise Refused("same_person")
        move(row, Act.CONFIRMED, phase, by=by, at=at, statement=statement)
    period.refresh_from_db()


def publish(
    *, period: Period, by: Actor, at: datetime.datetime, appeals_until: datetime.date | None = None
) -> None:
    """Publish the confirmed results: from now on people see them. Appeals may be filed until a day. Raises Refused.

    Without a day it is APPEAL_DAYS days from now. Topic `ratings_published` tells who follows.
    """
    if by.user_id is None:
        raise Refused("machine")
    today = day_of(at)
    with transaction.atomic():
        row = hold(period)
        phase = _after(row, Act.PUBLISHED)
        row.appeals_until = appeals_until or today + datetime.timedelta(days=APPEAL_DAYS)
        if row.appeals_until < today:
            raise Refused("appeals_past")
        statement = _newest(row)
        move(row, Act.PUBLISHED, phase, by=by, at=at, statement=statement)
        outbox.publish(TOPIC, {"period": str(row.uid), "statement": str(statement.uid)}, at=at)
    period.refresh_from_db()


def lock(*, period: Period, by: Actor, at: datetime.datetime) -> None:
    """Close a period for good: after the days for appeals, when none waits any more. Raises Refused."""
    with transaction.atomic():
        row = hold(period)
        phase = _after(row, Act.LOCKED)
        if row.appeals_until is not None and day_of(at) <= row.appeals_until:
            raise Refused("appeals_open")
        if Appeal.objects.filter(result__statement__period=row, state=Appeal.State.FILED).exists():
            raise Refused("appeals_wait")
        move(row, Act.LOCKED, phase, by=by, at=at)
    period.refresh_from_db()


def reopen(*, period: Period, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take confirmed results back before they are published, with a reason. Raises Refused."""
    _act(period, Act.REOPENED, by, at, _reason(reason))


def _act(period: Period, act: Act, by: Actor, at: datetime.datetime, reason: str) -> None:
    with transaction.atomic():
        row = hold(period)
        phase = _after(row, act)
        move(row, act, phase, by=by, at=at, statement=_newest(row), reason=reason)
    period.refresh_from_db()


def _after(row: Period, act: Act) -> Phase:
    try:
        return after(Phase(row.phase), act)
    except Illegal as error:
        raise Refused(f"not_{act}") from error


def _newest(row: Period) -> Statement:
    statement = row.statements.order_by("-number").first()
    if statement is None:
        raise Refused("not_reviewed")
    return statement


def _reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused("reason")
    return reason


def _open_correction(period: Period) -> str:
    """The reason of a correction under way, "" when the period was never published."""
    events = PeriodEvent.objects.filter(period=period, kind__in=[Act.CORRECTED, Act.PUBLISHED]).order_by(
        "-pk"
    )
    newest = events.first()
    return newest.reason if newest is not None and newest.kind == Act.CORRECTED else ""


def newest_gathering(period: Period) -> Gathering | None:
    """What the next statement would rest on."""
    return period.gatherings.order_by("-number").first()
