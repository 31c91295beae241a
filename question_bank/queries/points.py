"""The tree of knowledge points with what is on it."""

from typing import NamedTuple

from django.db.models import Count

from question_bank.models import KnowledgePoint, Question
from question_bank.rules.points import ancestors, depth, leaf, path_key


class Branch(NamedTuple):
    """One point of the tree: questions on itself, and on it or below it, of all banks."""

    point: KnowledgePoint
    leaf: str
    depth: int
    own: int
    total: int


def point_tree() -> list[Branch]:
    """Every point in the order of the tree. Two statements."""
    rows = list(KnowledgePoint.with_merged.order_by())
    counted = dict(
        Question.objects.order_by().values_list("latest__knowledge_point").annotate(count=Count("pk"))
    )
    own: dict[str, int] = {}
    total: dict[str, int] = {}
    for row in rows:
        count = counted.get(row.pk, 0)
        own[row.name] = own.get(row.name, 0) + count
        for path in (*ancestors(row.name), row.name):
            total[path] = total.get(path, 0) + count
    standing = sorted((row for row in rows if row.merged_into_id is None), key=lambda row: path_key(row.name))
    return [Branch(row, leaf(row.name), depth(row.name), own[row.name], total[row.name]) for row in standing]
