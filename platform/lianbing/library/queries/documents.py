"""Reading documents without articles: the list under filters, how each stands, what rests on them."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.library import ports
from lianbing.library.models import Circulation, LibraryDocument, Reader
from lianbing.library.permissions import FOLLOWERS
from lianbing.library.ports import DocumentUse
from lianbing.library.rules.documents import Standing, standing
from lianbing.people.rules import Actor

FOUND = 50


def standing_of(document: LibraryDocument, on: datetime.date) -> Standing:
    """How a document stands on a day."""
    return standing(
        on=on,
        effective_on=document.effective_on,
        valid_until=document.valid_until,
        effective_to=document.effective_to,
        superseded=document.superseded_by_id is not None,
    )


def _standing(wanted: str, on: datetime.date) -> Q:
    """`rules.documents.standing` as a condition."""
    repealed = Q(effective_to__isnull=False, effective_to__lte=on)
    superseded = Q(superseded_by__isnull=False)
    expired = Q(valid_until__isnull=False, valid_until__lt=on)
    pending = Q(effective_on__isnull=False, effective_on__gt=on)
    return {
        Standing.REPEALED: repealed,
        Standing.SUPERSEDED: superseded & ~repealed,
        Standing.EXPIRED: expired & ~repealed & ~superseded,
        Standing.PENDING: pending & ~expired & ~repealed & ~superseded,
        Standing.IN_FORCE: ~pending & ~expired & ~repealed & ~superseded,
    }[Standing(wanted)]


def documents(
    on: datetime.date, *, search: str = "", category: str = "", year: int | None = None, status: str = ""
) -> QuerySet[LibraryDocument]:
    """Published documents, latest first, without their texts."""
    found = LibraryDocument.objects.live().defer("body")
    for word in search.split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(summary__icontains=word)
        )
    if category:
        found = found.filter(category=category)
    if year:
        found = found.filter(dated__year=year)
    if status:
        found = found.filter(_standing(status, on))
    return found.order_by("-dated", "-pk")


def years() -> list[int]:
    """The years of published documents, latest first."""
    return [day.year for day in LibraryDocument.objects.live().dates("dated", "year", order="DESC")]


def found_documents(search: str) -> list[LibraryDocument]:
    """The first published documents that no repeal ends yet and whose titles hold every word."""
    found = LibraryDocument.objects.live().filter(effective_to=None).defer("body")
    for word in search.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return list(found.order_by("-dated", "-pk")[:FOUND])


def documents_picked(picked: Collection[int]) -> list[LibraryDocument]:
    """The published documents with these primary keys, by title."""
    return list(
        LibraryDocument.objects.live().filter(pk__in=sorted(picked)[:200]).defer("body").order_by("title")
    )


@dataclass(frozen=True)
class DocumentImpact:
    """What a repeal of a document touches: things by their own words, and who still had to read it."""

    document: LibraryDocument
    uses: Sequence[DocumentUse]
    open_receipts: int


def impact_of_documents(documents: Sequence[LibraryDocument], actor: Actor) -> list[DocumentImpact]:
    """What rests on each document, as far as this person may know of it; open receipts in numbers."""
    titles = {document.pk: document.title for document in documents}
    uses = [one for one in ports.all_uses_of(titles) if actor.has(*one.seen_by)]
    waiting = _open_receipts(titles)
    return [
        DocumentImpact(
            document, [one for one in uses if one.document_pk == document.pk], waiting.get(document.pk, 0)
        )
        for document in documents
    ]


def _open_receipts(titles: Mapping[int, str]) -> dict[int, int]:
    if not titles:
        return {}
    rows = Reader.objects.filter(
        circulation__document__in=titles, circulation__stopped_at=None, receipt=None
    ).order_by()
    return dict(rows.values_list("circulation__document").annotate(count=Count("pk")))


@ports.uses_documents
def circulations_of(titles: Mapping[int, str]) -> list[DocumentUse]:
    """Circulations of these documents that are not stopped, with how many have read."""
    found = (
        Circulation.objects.filter(document__in=titles, stopped_at=None)
        .annotate(total=Count("readers"), read=Count("readers__receipt"))
        .order_by("-at")
    )
    return [
        DocumentUse(
            one.document_id,
            gettext_lazy("Circulation"),
            one.title,
            reverse("library:circulation", args=[one.uid]),
            note=_("%(read)s of %(total)s have read it; to be read by %(day)s")
            % {"read": one.read, "total": one.total, "day": one.due_on.isoformat()},
            seen_by=frozenset(FOLLOWERS),
        )
        for one in found
    ]


@ports.uses_documents
def superseded_documents(titles: Mapping[int, str]) -> list[DocumentUse]:
    """Documents that one of these took the place of: with it they do not come back."""
    rows = LibraryDocument.objects.live().filter(superseded_by__in=titles).defer("body").order_by("title")
    return [
        DocumentUse(
            one.superseded_by_id or 0,
            gettext_lazy("Superseded by it"),
            one.title,
            one.get_absolute_url(),
            seen_by=frozenset(FOLLOWERS),
        )
        for one in rows
    ]
