"""What a paper may draw, and what is in stock."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from question_bank.models import KnowledgePoint, Question, QuestionBank, QuestionVersion

CHUNK = 900


class DrawItem(NamedTuple):
    """A published version a paper may draw. `point_id` is None when it has no knowledge point."""

    version_id: int
    question_id: int
    point_id: int | None
    kind: str
    difficulty: int


def drawable(bank: QuestionBank) -> list[DrawItem]:
    """Everything a paper may draw from the bank, by question, in one statement."""
    rows = Question.objects.filter(bank=bank, published_version__isnull=False).order_by("pk")
    fields = ("published_version_id", "pk", "published_version__knowledge_point_id")
    return [
        DrawItem(*row)
        for row in rows.values_list(*fields, "published_version__kind", "published_version__difficulty")
    ]


def stock(bank: QuestionBank) -> dict[tuple[int | None, str], int]:
    """How many questions may be drawn, by (knowledge point id, kind)."""
    rows = (
        Question.objects.filter(bank=bank, published_version__isnull=False)
        .order_by()
        .values_list("published_version__knowledge_point_id", "published_version__kind")
        .annotate(count=Count("pk"))
    )
    return {(point, kind): count for point, kind, count in rows}


def versions(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """The versions with these ids. Ids nobody knows are missing from the answer."""
    wanted = sorted(set(ids))
    found: dict[int, QuestionVersion] = {}
    for start in range(0, len(wanted), CHUNK):
        found.update(QuestionVersion.objects.in_bulk(wanted[start : start + CHUNK]))
    return found


class StockRow(NamedTuple):
    """One line of the stock table: a knowledge point (None = without one) and counts by kind, with a sum."""

    point: str | None
    counts: list[int]
    total: int


def stock_table(bank: QuestionBank, kinds: list[str]) -> list[StockRow]:
    """What may be drawn, point by point, kinds in the order given; two statements."""
    counted = stock(bank)
    names = dict(
        KnowledgePoint.objects.filter(pk__in={point for point, _kind in counted if point}).values_list(
            "pk", "name"
        )
    )
    points = sorted({point for point, _kind in counted}, key=lambda pk: (pk is None, names.get(pk or 0, "")))
    return [
        StockRow(
            names.get(point) if point else None,
            counts := [counted.get((point, kind), 0) for kind in kinds],
            sum(counts),
        )
        for point in points
    ]
