"""What a paper may draw, and what is in stock.

`in_draw` is the one place that decides which questions a draw can reach; everything that draws or
counts for a draw starts from it.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from lianbing.kit import clock
from question_bank.models import KnowledgePoint, Pool, Question, QuestionBank, QuestionVersion
from question_bank.queries.law_changes import stopped
from question_bank.rules.points import ancestors

CHUNK = 900
# A point merged into another is that other one.
POINT = Coalesce("published_version__knowledge_point__merged_into", "published_version__knowledge_point")
EXAM_DRAWS: frozenset[str] = frozenset({Pool.EXAM, Pool.DRILL})


class DrawItem(NamedTuple):
    """A published version a paper may draw. `point_id` is None when it has no knowledge point."""

    version_id: int
    question_id: int
    point_id: int | None
    kind: str
    difficulty: int


def in_draw(
    bank: QuestionBank | None, pools: Collection[str], at: datetime.datetime | None = None
) -> QuerySet[Question]:
    """The bank's questions that a draw for these pools can reach at a moment (None: now); without a bank, all banks'.

    A version that cites an article whose words no longer hold on that day is out of reach until a person
    has said that it is still right (docs/decisions/0015), whether or not the server was up on that day.
    """
    day = timezone.localtime(at or clock.now()).date()
    found = Question.objects.filter(pool__in=pools, published_version__isnull=False)
    if bank is not None:
        found = found.filter(bank=bank)
    return found.exclude(published_version__in=stopped(day))


def drawable(
    bank: QuestionBank, pools: Collection[str] = EXAM_DRAWS, *, at: datetime.datetime | None = None
) -> list[DrawItem]:
    """Everything a paper may draw from these pools of the bank, by question, in one statement.

    Exams draw what is reserved for them and what is open to drills; a drill says `{Pool.DRILL}`.
    `at` as in `in_draw`: an exam gives the moment its sitting opens.
    """
    rows = in_draw(bank, pools, at).order_by("pk")
    fields = ("published_version_id", "pk", POINT)
    return [
        DrawItem(*row)
        for row in rows.values_list(*fields, "published_version__kind", "published_version__difficulty")
    ]


def stock(
    bank: QuestionBank, pools: Collection[str] = EXAM_DRAWS, *, at: datetime.datetime | None = None
) -> dict[tuple[int | None, str], int]:
    """How many questions may be drawn, by (knowledge point id, kind)."""
    rows = (
        in_draw(bank, pools, at)
        .order_by()
        .values_list(POINT, "published_version__kind")
        .annotate(count=Count("pk"))
    )
    return {(point, kind): count for point, kind, count in rows}


def points_below() -> dict[int, frozenset[int]]:
    """For every knowledge point the ids of all points below it in the tree. One statement."""
    by_name = dict(KnowledgePoint.objects.order_by().values_list("name", "pk"))
    found: dict[int, set[int]] = {pk: set() for pk in by_name.values()}
    for name, pk in by_name.items():
        for above in ancestors(name):
            if above in by_name:
                found[by_name[above]].add(pk)
    return {pk: frozenset(below) for pk, below in found.items()}


def versions(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """The versions with these ids. Ids nobody knows are missing from the answer."""
    wanted = sorted(set(ids))
    found: dict[int, QuestionVersion] = {}
    for start in range(0, len(wanted), CHUNK):
        found.update(QuestionVersion.objects.in_bulk(wanted[start : start + CHUNK]))
    return found
