"""Reading the citations that lead nowhere, by the law they name."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from lianbing.library.models import (
    AbsentLaw,
    CitationCheck,
    HandbookEntry,
    Law,
    LawEdition,
    LawName,
    OpenCitation,
)
from lianbing.library.queries.laws import STANDING
from lianbing.library.queries.resolutions import Problem
from lianbing.library.rules import citations

LAW = "law"
HANDBOOK = "handbook"
SUGGESTED = 10


def open_laws(*, source: str = "", absent: bool = False) -> QuerySet[OpenCitation, Any]:
    """The names of laws whose citations lead nowhere, most frequent first.

    Dictionaries of law_name, count (of citations), texts (how many hold them), absent.

    Laws that the legal section knows to be missing are left out; with `absent` only they are shown.
    """
    marked = AbsentLaw.objects.filter(name=OuterRef("law_name"))
    found = OpenCitation.objects.annotate(absent=Exists(marked)).filter(absent=absent)
    if absent:
        found = found.filter(code=Problem.UNKNOWN_LAW)
    if source:
        found = found.filter(source=source)
    return (
        found.order_by()
        .values("law_name", "absent")
        .annotate(count=Count("pk"), texts=Count("key", distinct=True))
        .order_by("-count", "law_name")
    )


def open_citations(law_name: str, *, source: str = "") -> QuerySet[OpenCitation]:
    """What cites a law of this name and leads nowhere, by reason and text."""
    found = OpenCitation.objects.filter(law_name=law_name)
    if source:
        found = found.filter(source=source)
    return found.order_by("code", "text", "pk")


def open_count() -> int:
    """How many citations wait for the legal section, without those of laws known to be missing."""
    marked = AbsentLaw.objects.filter(name=OuterRef("law_name"))
    return OpenCitation.objects.exclude(Exists(marked), code=Problem.UNKNOWN_LAW).count()


def sources_of() -> dict[str, int]:
    """How many citations wait, by source."""
    rows = OpenCitation.objects.order_by().values_list("source").annotate(count=Count("pk"))
    return dict(rows)


def is_absent(law_name: str) -> bool:
    """Whether the legal section knows that the library lacks this law."""
    return AbsentLaw.objects.filter(name=law_name).exists()


def names_given() -> QuerySet[LawName]:
    """Every name the legal section gave, with its law."""
    return LawName.objects.select_related("law")


def suggestions(law_name: str, search: str = "") -> list[Law]:
    """Laws that may be meant by a name: what was searched for, else titles that share its words."""
    standing = Exists(LawEdition.objects.filter(STANDING, law=OuterRef("pk")))
    found = Law.objects.filter(standing)
    if search:
        for word in search.split()[:8]:
            found = found.filter(title__icontains=word)
        return list(found.order_by("title", "subtitle")[:SUGGESTED])
    core = citations.without_closing_brackets(law_name)
    return list(found.filter(title__contains=core).order_by("title", "subtitle")[:SUGGESTED]) if core else []


def unchecked(limit: int) -> list[LawEdition]:
    """Standing editions whose citations nobody looked at yet, the newest first."""
    return list(
        LawEdition.objects.filter(STANDING, citation_check=None)
        .select_related("law")
        .defer("source_text", "headings", "history", "doubts")
        .order_by("-pk")[:limit]
    )


def unchecked_count() -> int:
    """How many editions still wait for that."""
    return LawEdition.objects.filter(STANDING, citation_check=None).count()


def checked_before_change() -> QuerySet[CitationCheck]:
    """Checks of editions that were withdrawn since."""
    return CitationCheck.objects.filter(edition__status=LawEdition.Status.WITHDRAWN)


def entries() -> QuerySet[HandbookEntry]:
    """The published entries of the handbook with their texts."""
    return HandbookEntry.objects.live().order_by(F("path"))
