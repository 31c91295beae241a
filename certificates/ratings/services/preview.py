"""Trying a scheme on a past period before it is adopted: who would change, and why. Nothing is stored.

Both sides are computed from the facts of the period's newest published statement, by the version that held then
and by the one being tried, so that every difference comes from the rules. A source the period never gathered is
named: what it would give is not known.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from certificates.ratings.models import Period, Result, Scheme, SchemeVersion, Statement
from certificates.ratings.models.labels import SOURCE_LABELS
from certificates.ratings.queries import published, statements
from certificates.ratings.queries.desk import overlapping, results_in
from certificates.ratings.queries.schemes import indicators_of, scheme_of
from certificates.ratings.queries.statements import Basis
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import ZERO, plain
from certificates.ratings.rules.schemes import Scheme as Rules
from certificates.ratings.rules.schemes import check
from certificates.ratings.rules.scoring import Outcome
from certificates.ratings.rules.words import Kind, Source

MOST_PERIODS = 12
MOST_REASONS = 3


@dataclass(frozen=True)
class Reason:
    """A line that moved somebody: its title and the points before and after, "" where it was not in the rules."""

    title: str
    before: str
    after: str


@dataclass
class Change:
    """How one person or unit would fare. `moved`: the difference of the scores."""

    result: Result
    score: Decimal
    grade: str
    star: int | None
    place: int | None
    moved: Decimal
    reasons: list[Reason] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether a grade or a star would be another."""
        return (self.grade, self.star) != (self.result.grade, self.result.star)


@dataclass
class Preview:
    """What a scheme would have done in a period. `ungathered`: sources nothing is known of."""

    statement: Statement
    changes: list[Change]
    ungathered: list[Any]
    rose: int = 0
    fell: int = 0
    differ: int = 0
    same: int = 0


def past_periods(scheme: Scheme, scopes: Iterable[str]) -> list[Period]:
    """The published periods a version of this scheme can be tried on, of any scheme for the same subject."""
    found = published.in_force(period__scheme__subject=scheme.subject)
    rows = Period.objects.filter(overlapping(scopes), pk__in=found).select_related("scheme", "unit")
    return list(rows.order_by("-last", "-first", "pk")[:MOST_PERIODS])


def preview(*, version: SchemeVersion, period: Period, scopes: Iterable[str]) -> Preview | None:
    """Who would change in `period` under `version`; None when the version names indicators that are gone.

    Results outside `scopes` are computed for the places, but not listed.
    """
    rules = scheme_of(version)
    indicators = indicators_of(rules)
    if any(problem.code == "unknown" for problem in check(rules, indicators)):
        return None
    statement = _statement(period)
    before = statements.basis_of(statement)
    after = dataclasses.replace(before, scheme=rules, indicators=indicators)
    members = statements.members_of(after)
    found = statements.outcomes(after, members)
    places = statements.places_of(after, members, {subject: one.score for subject, one in found.items()})
    listed = list(results_in(statement, scopes))
    changes = [
        _change(row, found[_subject(row)], places, before, after) for row in listed if _subject(row) in found
    ]
    changes.sort(key=lambda one: (not one.differs, -abs(one.moved), one.place or 0))
    return _counted(Preview(statement, changes, _ungathered(before, indicators.values())))


def _statement(period: Period) -> Statement:
    pk = published.in_force(period=period)[period.pk]
    rows = Statement.objects.select_related("period__scheme", "gathering", "scheme_version__scheme")
    return rows.get(pk=pk)


def _subject(row: Result) -> int:
    return row.officer_id or row.unit_id or 0


def _counted(made: Preview) -> Preview:
    for one in made.changes:
        made.rose += one.moved > 0
        made.fell += one.moved < 0
        made.same += one.moved == 0
        made.differ += one.differs
    return made


def _ungathered(before: Basis, indicators: Iterable[Indicator]) -> list[Any]:
    known = {one.source for one in before.indicators.values()}
    missing = {one.source for one in indicators} - known - {Source.ROLL_UP}
    return [SOURCE_LABELS[source] for source in sorted(missing)]


def _change(row: Result, outcome: Outcome, places: dict[int, int], before: Basis, after: Basis) -> Change:
    return Change(
        row,
        outcome.score,
        outcome.grade,
        outcome.star.star,
        places.get(_subject(row)),
        outcome.score - row.score,
        _reasons(row, outcome, before, after),
    )


def _reasons(row: Result, outcome: Outcome, before: Basis, after: Basis) -> list[Reason]:
    """The lines whose points differ, the largest difference first."""
    old = _points(before.scheme, [Decimal(line[1]) for line in row.lines])
    new = _points(after.scheme, [line.points for line in outcome.lines])
    titles = {one.code: one for one in (*before.indicators.values(), *after.indicators.values())}
    moved = [code for code in {**old, **new} if old.get(code, ZERO) != new.get(code, ZERO)]
    moved.sort(key=lambda code: -abs(new.get(code, ZERO) - old.get(code, ZERO)))
    made = [
        Reason(titles[code].title, _said(old.get(code)), _said(new.get(code)))
        for code in moved[:MOST_REASONS]
    ]
    vetoed = titles.get(outcome.vetoed_by)
    if vetoed is not None and vetoed.kind is Kind.VETO and not row.vetoed_by:
        made.insert(0, Reason(vetoed.title, "", ""))
    return made


def _points(scheme: Rules, points: list[Decimal]) -> dict[str, Decimal]:
    return {line.code: value for line, value in zip(scheme.lines, points, strict=False)}


def _said(points: Decimal | None) -> str:
    return "" if points is None else plain(points)
