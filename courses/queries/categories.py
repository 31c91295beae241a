"""Reading the content categories."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.models.categories import ContentCategory
from courses.rules import categories as rules


@dataclass(frozen=True)
class Branch:
    """One category in its place: how deep it lies (0 = at the top), and what lies beside it."""

    category: ContentCategory
    depth: int
    first: bool
    last: bool


def tree(*, closed: bool = True) -> list[Branch]:
    """Every category in the order of the tree. Without `closed`, those still offered. One statement."""
    below: dict[int | None, list[ContentCategory]] = {}
    for row in ContentCategory.objects.all():
        if closed or not row.closed:
            below.setdefault(row.parent_id, []).append(row)
    return list(_walk(below, None, 0))


def _walk(below: dict[int | None, list[ContentCategory]], parent: int | None, depth: int) -> Iterable[Branch]:
    rows = below.get(parent, [])
    for place, row in enumerate(rows):
        yield Branch(row, depth, place == 0, place == len(rows) - 1)
        yield from _walk(below, row.pk, depth + 1)


@dataclass(frozen=True)
class Known:
    """The categories by code: names, and the code of the parent ("" at the top)."""

    names: dict[str, str]
    parents: dict[str, str]

    def below(self, codes: Iterable[str]) -> frozenset[str]:
        """These codes with everything below them."""
        return rules.descendants(self.parents, frozenset(codes))

    def name(self, code: str) -> str:
        """The name of a category; its code where there is none."""
        return self.names.get(code, code)


def known() -> Known:
    """Every category, closed ones too. One statement."""
    rows = list(ContentCategory.objects.values_list("code", "name", "parent__code"))
    return Known({code: name for code, name, _parent in rows}, {c: parent or "" for c, _n, parent in rows})
