"""Editions that wait for the legal section because their text is doubtful."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lianbing.library.models import LawEdition


@dataclass(frozen=True)
class Doubtful:
    """One draft of an import with its doubts as stored."""

    pk: int
    law: str
    law_slug: str
    slug: str
    doubts: Sequence[dict[str, Any]]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(str(doubt.get("code", "")) for doubt in self.doubts)


def doubtful() -> list[Doubtful]:
    """Every doubtful draft by title, in one statement. An archive of 2,236 laws has some hundreds."""
    rows = (
        LawEdition.objects.filter(status=LawEdition.Status.DRAFT)
        .order_by("law__title", "law__subtitle", "slug")
        .values_list("pk", "law__title", "law__subtitle", "law__slug", "slug", "doubts")
    )
    return [
        Doubtful(pk, f"{title} {subtitle}".strip(), law_slug, slug, doubts)
        for pk, title, subtitle, law_slug, slug, doubts in rows
    ]


def kinds_of(found: Sequence[Doubtful]) -> list[tuple[str, int]]:
    """(kind, how many editions have it), the most frequent first."""
    counted = Counter(kind for edition in found for kind in edition.kinds)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def with_kind(found: Sequence[Doubtful], kind: str) -> list[Doubtful]:
    """The editions that have this kind of doubt; all of them for ""."""
    return [edition for edition in found if not kind or kind in edition.kinds]


def only_kind(found: Sequence[Doubtful], kind: str, newest: int) -> list[int]:
    """The primary keys, up to `newest`, of the editions that have this kind of doubt and no other.

    Who confirms all of one kind has not seen the other doubts an edition may have.
    """
    return [edition.pk for edition in found if edition.kinds == {kind} and edition.pk <= newest]
