"""What is to be proposed now, and the proposals made."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models import EnforcementCertificate, Proposal
from certificates.queries.change_exams import causes
from certificates.rules.proposing import Cause, Policy, Proposed, Standing, Suspension, propose
from certificates.state.enforcement import State
from courses.queries.audience import among
from courses.training.models import HourEntry
from courses.training.queries.hours import owners
from lianbing.people.models import Appointment
from lianbing.people.queries import day_of, serving_on

HELD = (State.ACTIVE.value, State.SUSPENDED.value)


@dataclass(frozen=True)
class Wanted:
    """One thing to be proposed about one person, why, and the hours earned since a suspension."""

    proposed: Proposed
    cause: Cause
    suspension: Suspension | None = None


def wanted(
    policy: Policy, at: datetime.datetime, officers: Collection[int] | None = None
) -> dict[int, list[Wanted]]:
    """What is to be proposed about each holder (of these people), the oldest cause first. At most seven statements."""
    day = day_of(at)
    holdings = _holdings(day, officers)
    if not holdings:
        return {}
    whose = owners(holdings)
    found = causes(whose, papers=policy.papers, late=policy.late_counts, on=day)
    suspensions = _suspensions(holdings, whose, day)
    result: dict[int, list[Wanted]] = defaultdict(list)
    for person, own in found.items():
        held = holdings[person]
        standing = Standing.SUSPENDED if held.state == State.SUSPENDED else Standing.HELD
        for cause in own:
            why = suspensions.get((person, cause.origin))
            seen = cause if why else _since(cause, held)
            proposed = propose(seen, standing, why, policy)
            if proposed:
                result[person].append(Wanted(proposed, seen, why))
    return dict(result)


def _holdings(day: datetime.date, officers: Collection[int] | None) -> dict[int, EnforcementCertificate]:
    """The certificates in force or suspended on a day, by the person who holds them. One statement."""
    rows = EnforcementCertificate.objects.filter(
        Q(officer__left_on=None) | Q(officer__left_on__gt=day),
        state__in=HELD,
        valid_until__gte=day,
        officer__merged_into=None,
        officer__user__is_rehearsal=False,
    )
    if officers is not None:
        rows = rows.filter(officer__in=officers)
    return {row.officer_id: row for row in rows}


def _since(cause: Cause, held: EnforcementCertificate) -> Cause:
    """A cause without the failures of before the certificate came into force: they were answered then."""
    if held.since is None:
        return cause
    return replace(cause, fails=tuple(moment for moment in cause.fails if day_of(moment) >= held.since))


def _suspensions(
    holdings: Mapping[int, EnforcementCertificate], whose: Mapping[int, int], day: datetime.date
) -> dict[tuple[int, str], Suspension]:
    """The suspensions in force that a proposal led to, by (person, cause). Two statements."""
    out = {pk: row for pk, row in holdings.items() if row.state == State.SUSPENDED}
    if not out:
        return {}
    rows = Proposal.objects.filter(
        officer__in=out, state=Proposal.State.CONFIRMED, proposed=Proposed.SUSPEND.value
    ).order_by("decided_at")
    led = {
        row.officer_id: row for row in rows if row.decided_on == out[row.officer_id].since and row.decided_at
    }
    hours = _hours_since({pk: row.decided_at for pk, row in led.items() if row.decided_at}, whose)
    return {
        (pk, row.cause): Suspension(row.decided_at, hours[pk]) for pk, row in led.items() if row.decided_at
    }


def _hours_since(since: Mapping[int, datetime.datetime], whose: Mapping[int, int]) -> dict[int, Decimal]:
    """The hours each of these people earned from the day of a moment of theirs on. One statement."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    if not since:
        return found
    records = {record: person for record, person in whose.items() if person in since}
    rows = HourEntry.objects.filter(
        among("officer", records), earned_on__gte=day_of(min(since.values()))
    ).exclude(counted_as=HourEntry.Kind.CARRIED)
    for officer, earned_on, hours in rows.order_by().values_list("officer_id", "earned_on", "hours"):
        person = records.get(officer)
        if person is not None and earned_on >= day_of(since[person]):
            found[person] += hours
    return found


def open_proposals(officers: Collection[int] | None = None) -> QuerySet[Proposal]:
    """The proposals that wait for a decision, of these people or of all."""
    rows = Proposal.objects.filter(state=Proposal.State.OPEN)
    return rows if officers is None else rows.filter(officer__in=officers)


def in_units(paths: Collection[str], on: datetime.date, state: str = "") -> QuerySet[Proposal]:
    """The proposals about whoever serves in these subtrees, those that wait first, then the latest."""
    inside = Q(pk=None)
    for path in paths:
        inside |= Q(unit__path__startswith=path)
    serving = Appointment.objects.filter(inside, serving_on(on), officer=OuterRef("officer"))
    rows = Proposal.objects.filter(Exists(serving)).select_related("officer")
    return rows.filter(state=state) if state in Proposal.State.values else rows


def of_officer(officer_id: int) -> QuerySet[Proposal]:
    """The proposals about one person, the latest first."""
    return Proposal.objects.filter(officer__in=owners([officer_id])).order_by("-made_at", "-pk")
