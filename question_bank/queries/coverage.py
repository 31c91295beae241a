"""What a bank covers: usable questions by knowledge point, kind and difficulty."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from lianbing.people.rules import Actor
from question_bank.models import DIFFICULTIES, KINDS, KnowledgePoint, QuestionBank, QuestionVersion
from question_bank.queries.reading import reachable
from question_bank.rules.points import depth, leaf, path_key

# How many questions make a field as dark as it gets.
STEPS = (1, 3, 6, 12, 25)


@dataclass(frozen=True)
class Cell:
    """One field: how many questions, and how dark (0 = a gap, up to len(STEPS))."""

    kind: str
    difficulty: int
    count: int
    first: bool

    @property
    def shade(self) -> int:
        return sum(self.count >= step for step in STEPS)


@dataclass(frozen=True)
class Line:
    """One knowledge point: questions on it alone, not below it. `pk` is None for those without a point."""

    pk: int | None
    name: str
    leaf: str
    depth: int
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Map:
    """Lines in the order of the tree; columns are the kinds the bank has, each with five difficulties."""

    kinds: list[tuple[str, str]]
    difficulties: list[tuple[int, str]]
    lines: list[Line]
    total: int
    gaps: int
    fields: int


def coverage_map(bank: QuestionBank, actor: Actor, pool: str = "") -> Map:
    """The map of the published versions in use, of one pool or all. Two statements, whatever the size."""
    found = reachable(actor).filter(bank=bank, published_version__isnull=False)
    if pool:
        found = found.filter(pool=pool)
    versions = QuestionVersion.objects.filter(pk__in=found.order_by().values("published_version")).order_by()
    counted = versions.values_list("knowledge_point", "kind", "difficulty").annotate(count=Count("pk"))
    rows = list(KnowledgePoint.with_merged.order_by().values_list("pk", "name", "merged_into"))
    name_of = {pk: name for pk, name, _merged in rows}
    by_name: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for point, kind, difficulty, count in counted:
        by_name[name_of.get(point, "")][kind, difficulty] += count
    kinds = [
        (name, str(label)) for name, label in KINDS if any(name == k for c in by_name.values() for k, _ in c)
    ]
    standing = {name: pk for pk, name, merged in rows if merged is None}
    names = sorted((name for name in by_name if name), key=path_key) + [""] * ("" in by_name)
    lines = [_line(standing.get(name), name, by_name[name], kinds) for name in names]
    fields = sum(len(line.cells) for line in lines)
    gaps = sum(not cell.count for line in lines for cell in line.cells)
    marks = [(level, str(label)) for level, label in DIFFICULTIES]
    return Map(kinds, marks, lines, sum(line.total for line in lines), gaps, fields)


def _line(pk: int | None, name: str, counts: Counter[tuple[str, int]], kinds: list[tuple[str, str]]) -> Line:
    levels = [level for level, _label in DIFFICULTIES]
    cells = [
        Cell(kind, level, counts[kind, level], level == levels[0])
        for kind, _label in kinds
        for level in levels
    ]
    return Line(pk, name, leaf(name), depth(name), cells, counts.total())
