"""What the pages of periods read: periods in a scope, what happened in them, statements and their figures."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from certificates.ratings.models import Appeal, Period, PeriodEvent, Result, Roll, Statement
from certificates.ratings.queries import published
from certificates.ratings.rules.words import WhyStar
from certificates.ratings.state import Act


def overlapping(scopes: Iterable[str]) -> Q:
    """The condition that the unit of a period lies in one of these subtrees, or one of them in its own."""
    found = Q(pk__in=[])
    for path in scopes:
        above = [path[:end] for end in range(4, len(path), 4)]
        found |= Q(unit__path__startswith=path) | Q(unit__path__in=above)
    return found


def within(scopes: Iterable[str], field: str = "unit_path") -> Q:
    """The condition that a path lies in one of these subtrees; nothing where there are none."""
    found = Q(pk__in=[])
    for path in scopes:
        found |= Q(**{f"{field}__startswith": path})
    return found


def periods_in(scopes: Iterable[str]) -> QuerySet[Period]:
    """The periods whose unit touches these scopes, newest first, with how many appeals wait in each."""
    waiting = Count(
        "statements__results__appeals", filter=Q(statements__results__appeals__state=Appeal.State.FILED)
    )
    rows = Period.objects.filter(overlapping(scopes)).select_related("scheme", "scheme_version", "unit")
    return rows.annotate(waiting=waiting).order_by("-last", "-first", "pk")


@dataclass(frozen=True)
class Told:
    """A statement with the moment it was published, None while it has not been."""

    statement: Statement
    published_at: datetime.datetime | None


def statements_of(period: Period) -> list[Told]:
    """Every statement of a period, newest first. Two statements of SQL."""
    published = dict(
        PeriodEvent.objects.filter(period=period, kind=Act.PUBLISHED).values_list("statement_id", "at")
    )
    rows = period.statements.select_related("gathering", "scheme_version").order_by("-number")
    return [Told(row, published.get(row.pk)) for row in rows]


def in_force(told: Iterable[Told], day: datetime.date) -> Told | None:
    """The statement that was the newest published one at the end of a day. Newest first, as `statements_of` gives."""
    return next(
        (one for one in told if one.published_at and timezone.localtime(one.published_at).date() <= day), None
    )


def newest_of_scheme(
    scheme_id: int, kind: str, scopes: Iterable[str], day: datetime.date
) -> Statement | None:
    """The statement in force at the end of `day` of the newest period of a scheme and kind. Two statements."""
    found = published.in_force(day, period__scheme=scheme_id, **({"period__kind": kind} if kind else {}))
    rows = Statement.objects.filter(pk__in=found.values())
    touching = Period.objects.filter(overlapping(scopes))
    rows = rows.filter(period__in=touching).select_related(
        "period__scheme", "period__unit", "period__scheme_version", "gathering", "scheme_version__scheme"
    )
    return rows.order_by("-period__last", "-period__first", "-pk").first()


def results_in(statement: Statement, scopes: Iterable[str], unit_path: str = "") -> QuerySet[Result]:
    """The results of a statement that lie in these scopes, by place; those without a place last."""
    rows = statement.results.filter(within(scopes, "roll__unit_path")).select_related(
        "roll", "officer", "unit"
    )
    if unit_path:
        rows = rows.filter(roll__unit_path__startswith=unit_path)
    return rows.order_by(F("place").asc(nulls_last=True), "-score", "roll__unit_path", "pk")


def excluded_in(statement: Statement, scopes: Iterable[str], unit_path: str = "") -> list[Roll]:
    """Who was out of the base of a statement: by name, with reason, approver and expiry on the row."""
    rows = Roll.objects.filter(gathering=statement.gathering_id, officer__isnull=False).exclude(excluded="")
    rows = rows.filter(within(scopes))
    if unit_path:
        rows = rows.filter(unit_path__startswith=unit_path)
    return list(rows.order_by("unit_path", "name"))


def bases_of(statement: Statement, unit_paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """unit path -> (people on the last day, those of them in the base), as the gathering saw them. One statement."""
    rows = Roll.objects.filter(gathering=statement.gathering_id, officer__isnull=False)
    people = list(rows.values_list("unit_path", "excluded"))
    return {
        unit: (
            sum(path.startswith(unit) for path, _why in people),
            sum(path.startswith(unit) and not why for path, why in people),
        )
        for unit in unit_paths
    }


@dataclass(frozen=True)
class Figures:
    """What one looks at before confirming: how many, which stars, who moved, who was vetoed."""

    results: int
    stars: dict[int, int]
    grades: dict[str, int]
    promoted: list[Result]
    demoted: list[Result]
    vetoed: list[Result]


def figures_of(statement: Statement, scopes: Iterable[str]) -> Figures:
    """The figures of a statement within these scopes. One statement of SQL."""
    rows = list(results_in(statement, scopes).defer("lines", "parts"))
    moved: dict[str, list[Result]] = {WhyStar.PROMOTED: [], WhyStar.DEMOTED: []}
    for row in rows:
        if row.why and row.why[0] in moved:
            moved[row.why[0]].append(row)
    stars = Counter(row.star for row in rows if row.star is not None)
    grades = Counter(row.grade for row in rows if row.grade)
    return Figures(
        results=len(rows),
        stars=dict(sorted(stars.items(), reverse=True)),
        grades=dict(grades.most_common()),
        promoted=moved[WhyStar.PROMOTED],
        demoted=moved[WhyStar.DEMOTED],
        vetoed=[row for row in rows if row.vetoed_by],
    )


def own_results(officer_ids: list[int]) -> list[Result]:
    """The published results of a person that are in force, newest period first: one per period."""
    published = PeriodEvent.objects.filter(kind=Act.PUBLISHED, statement=OuterRef("statement"))
    rows = (
        Result.objects.filter(Exists(published), officer__in=officer_ids)
        .select_related("statement__period__scheme", "statement__period__unit", "roll")
        .order_by("-statement__period__last", "-statement__period__first", "-statement__number")
    )
    newest: dict[int, Result] = {}
    for row in rows:
        newest.setdefault(row.statement.period_id, row)
    return list(newest.values())


def newest_own(officer_id: int) -> Result | None:
    """The result in force of a person's newest published period, for the front page. One statement.

    Records merged into this one are left out here: the page of one's own results has them.
    """
    published_ = PeriodEvent.objects.filter(kind=Act.PUBLISHED, statement=OuterRef("statement"))
    rows = Result.objects.filter(Exists(published_), officer=officer_id).defer("lines", "parts")
    return (
        rows.select_related("statement__period")
        .order_by("-statement__period__last", "-statement__period__first", "-statement__number")
        .first()
    )


@dataclass(frozen=True)
class Road:
    """What became of the statements of a period: statement id -> when published, by whom confirmed."""

    published: dict[int, datetime.datetime]
    confirmed: dict[int, str]


def road_of(period: Period) -> Road:
    """When each statement of a period was published and who confirmed it. One statement."""
    rows = PeriodEvent.objects.filter(period=period, kind__in=[Act.PUBLISHED, Act.CONFIRMED]).order_by("pk")
    made = Road({}, {})
    for kind, statement, at, actor in rows.values_list("kind", "statement_id", "at", "actor"):
        if kind == Act.PUBLISHED:
            made.published[statement] = at
        else:
            made.confirmed[statement] = str(actor.get("name", ""))
    return made


def is_published(statement: Statement) -> bool:
    """Whether a statement was ever published; it stays readable afterwards."""
    return PeriodEvent.objects.filter(statement=statement, kind=Act.PUBLISHED).exists()


def appeals_in(scopes: Iterable[str], state: str = "") -> QuerySet[Appeal]:
    """Appeals about results in these scopes: those that wait first, then the newest."""
    rows = Appeal.objects.filter(within(scopes, "result__roll__unit_path"))
    if state:
        rows = rows.filter(state=state)
    rows = rows.select_related("result__roll", "result__statement__period__scheme")
    waits = Case(When(state=Appeal.State.FILED, then=0), default=1)
    return rows.order_by(waits, "-at", "-pk")


def needing(scopes: Iterable[str]) -> dict[str, Any]:
    """How many periods stand in each phase, for a front page. One statement."""
    rows = Period.objects.filter(overlapping(scopes)).values_list("phase").annotate(Count("pk")).order_by()
    return dict(rows)
