"""Who is certified, whose certificate ends, who failed, who did not sit: set-based, one row per person.

A person's certificate is the best they have: one in force before any other, then the one that lasts
longest. A person's result is that of the newest released sitting they were invited to, or of the
sitting chosen in the filter.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from certificates.models import Certificate
from certificates.queries.outcomes import ABSENT, FAILED, PASSED, released_candidates
from certificates.queries.register import with_state
from certificates.rules.validity import WARN_DAYS, days_left
from certificates.state.training import IN_FORCE, State
from lianbing.people.models import Officer
from lianbing.people.queries import appointments_in

NONE = "none"
EVERYBODY = "all"
CERTIFIED, UNCERTIFIED = "certified", "uncertified"
# What may be asked for: the tiles first, then the finer states.
STANDINGS = (
    CERTIFIED,
    State.EXPIRING.value,
    UNCERTIFIED,
    FAILED,
    ABSENT,
    PASSED,
    State.VALID.value,
    State.EXPIRED.value,
    State.REVOKED.value,
    State.UPCOMING.value,
    NONE,
)


@dataclass(frozen=True)
class Filter:
    """What HR asked. `unit_paths` must already lie within the reader's scopes; the rest is optional.

    `category` "" means officers and auxiliaries, who are to be certified; EVERYBODY adds civilian staff.
    `standing` is one of STANDINGS; `ends_within` counts days from today and means certificates in force.
    """

    unit_paths: tuple[str, ...]
    category: str = ""
    post_id: int | None = None
    standing: str = ""
    sitting_id: int | None = None
    rule_id: int | None = None
    ends_within: int | None = None
    search: str = ""


@dataclass(frozen=True)
class Line:
    """One person of the overview."""

    officer: Officer
    unit: str
    post: str
    standing: str
    certificate: Certificate | None
    days_left: int | None
    outcome: str
    score: Decimal | None
    full_marks: Decimal | None
    sitting: str


def people(asked: Filter, on: datetime.date) -> QuerySet[Any]:
    """The appointments in force of everybody asked for, annotated with what `lines` shows; all but `standing`."""
    found: QuerySet[Any] = appointments_in(list(asked.unit_paths), on).filter(
        officer__user__is_rehearsal=False
    )
    if not asked.category:
        found = found.exclude(officer__category=Officer.Category.CIVILIAN.value)
    elif asked.category != EVERYBODY:
        found = found.filter(officer__category=asked.category)
    if asked.post_id:
        found = found.filter(post_id=asked.post_id)
    if asked.search:
        found = found.filter(
            Q(officer__name__icontains=asked.search)
            | Q(officer__staff_number__icontains=asked.search)
            | Q(officer__badge_number__icontains=asked.search)
        )
    best, newest = _best_certificate(asked, on), _newest_result(asked)
    found = found.annotate(
        certificate_id=Subquery(best.values("pk")[:1]),
        standing=Coalesce(Subquery(best.values("state")[:1]), Value(NONE)),
        valid_until=Subquery(best.values("valid_until")[:1]),
        candidate_id=Subquery(newest.values("pk")[:1]),
        outcome=Coalesce(Subquery(newest.values("outcome")[:1]), Value("")),
    )
    if asked.sitting_id:
        found = found.exclude(outcome="")
    if asked.ends_within is not None:
        last = on + datetime.timedelta(days=asked.ends_within)
        found = found.filter(standing__in=list(IN_FORCE), valid_until__lte=last)
    return found


def standing_only(found: QuerySet[Any], standing: str) -> QuerySet[Any]:
    """Of `people`, those of one standing; everybody for "" or a word that is none."""
    if standing == CERTIFIED:
        return found.filter(standing__in=list(IN_FORCE))
    if standing == UNCERTIFIED:
        return found.exclude(standing__in=list(IN_FORCE))
    if standing in {FAILED, ABSENT, PASSED}:
        return found.filter(outcome=standing)
    return found.filter(standing=standing) if standing in STANDINGS else found


def counts(found: QuerySet[Any]) -> Counter[str]:
    """How many people there are (`people`) and of each standing. One statement."""
    totals: Counter[str] = Counter()
    grouped = found.order_by().values_list("standing", "outcome").annotate(n=Count("pk"))
    for standing, outcome, n in grouped:
        totals["people"] += n
        totals[standing] += n
        totals[CERTIFIED if standing in IN_FORCE else UNCERTIFIED] += n
        if outcome:
            totals[outcome] += n
    return totals


def lines(appointments: Iterable[Any], on: datetime.date) -> list[Line]:
    """What is shown of these rows of `people`. Two statements however many there are."""
    rows = list(appointments)
    certificates = Certificate.objects.in_bulk([row.certificate_id for row in rows if row.certificate_id])
    found = released_candidates().filter(pk__in=[row.candidate_id for row in rows if row.candidate_id])
    candidates = {one.pk: one for one in found.select_related("sitting")}
    return [
        _line(row, certificates.get(row.certificate_id), candidates.get(row.candidate_id), on) for row in rows
    ]


def _line(row: Any, certificate: Certificate | None, candidate: Any, on: datetime.date) -> Line:
    return Line(
        officer=row.officer,
        unit=row.unit.name,
        post=row.post.name,
        standing=row.standing,
        certificate=certificate,
        days_left=days_left(certificate.valid_until, on)
        if certificate and row.standing in IN_FORCE
        else None,
        outcome=row.outcome,
        score=candidate.score if candidate else None,
        full_marks=candidate.full_marks if candidate else None,
        sitting=candidate.sitting.title if candidate else "",
    )


def _best_certificate(asked: Filter, on: datetime.date) -> QuerySet[Any]:
    found = with_state(on).filter(officer=OuterRef("officer"))
    if asked.rule_id:
        found = found.filter(rule=asked.rule_id)
    rank = Case(
        When(state__in=list(IN_FORCE), then=Value(0)),
        When(state=State.UPCOMING.value, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "-valid_until", "-pk")


def _newest_result(asked: Filter) -> QuerySet[Any]:
    found = released_candidates().filter(officer=OuterRef("officer"))
    return found.filter(sitting=asked.sitting_id) if asked.sitting_id else found


def ending(unit_paths: list[str], on: datetime.date, days: int = WARN_DAYS) -> QuerySet[Any]:
    """Who in these subtrees has a certificate that ends within `days`, the soonest first."""
    return people(Filter(unit_paths=tuple(unit_paths), ends_within=days), on).order_by("valid_until", "pk")
