"""The stars people have on a day, and where everybody stands in a statement."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from certificates.ratings.models import Period, Result, Statement
from certificates.ratings.queries import published
from certificates.ratings.rules.periods import MONTHS
from certificates.ratings.rules.words import PeriodKind


@dataclass(frozen=True)
class Star:
    """The star somebody has: from which period, statement and result it comes."""

    level: int
    score: Decimal
    grade: str
    period: Period
    statement: uuid.UUID
    result: uuid.UUID


def stars_on(officer_ids: Iterable[int], day: datetime.date) -> dict[int, Star]:
    """The newest star of each person that had been published by the end of `day`. Three statements.

    Newest is the period that ends last, of those that end together the longest. Nobody has a star before it is
    published; what was corrected later counts from the day of its publication.
    """
    in_force = published.in_force(day)
    if not in_force:
        return {}
    periods = {period.pk: period for period in Period.objects.filter(pk__in=in_force).select_related("unit")}
    order = {statement: periods[pk] for pk, statement in in_force.items()}
    rows = Result.objects.filter(statement__in=order, officer__in=list(officer_ids), star__isnull=False)
    found: dict[int, tuple[tuple[object, ...], Star]] = {}
    for officer, level, score, grade, statement, statement_uid, uid in rows.order_by("pk").values_list(
        "officer_id", "star", "score", "grade", "statement_id", "statement__uid", "uid"
    ):
        period = order[statement]
        rank = (period.last, MONTHS[PeriodKind(period.kind)], period.pk)
        if officer not in found or rank > found[officer][0]:
            found[officer] = (rank, Star(level or 0, score, grade, period, statement_uid, uid))
    return {officer: star for officer, (_rank, star) in found.items()}


def ranking(statement: Statement) -> QuerySet[Result]:
    """The results of a statement by place, with rolls; those without a place last."""
    rows = statement.results.select_related("roll", "officer", "unit")
    return rows.order_by(F("place").asc(nulls_last=True), "-score", "roll__unit_path", "pk")
