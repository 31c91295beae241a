"""Reading the library: which edition holds on a day, the shelf for an import."""

import datetime

from django.db.models import Count, Max, Q, QuerySet

from lianbing.library.models import HandbookEntry, Law, LawEdition
from lianbing.library.rules.placing import Shelf, ShelfEdition, ShelfLaw

STANDING = ~Q(status=LawEdition.Status.WITHDRAWN)


def shelf() -> Shelf:
    """Every law and edition, as an import decides by it. Two statements."""
    found = Shelf()
    by_pk: dict[int, ShelfLaw] = {}
    for pk, title, subtitle, slug in Law.objects.values_list("pk", "title", "subtitle", "slug"):
        by_pk[pk] = found.laws[title, subtitle] = ShelfLaw(slug, pk)
        found.slugs.add(slug)
    rows = LawEdition.objects.values_list("law_id", "slug", "published_on", "sha256", "status")
    for law_pk, slug, published_on, sha256, status in rows:
        withdrawn = status == LawEdition.Status.WITHDRAWN
        by_pk[law_pk].editions.append(ShelfEdition(slug, published_on, sha256, withdrawn))
    return found


def holds_on(edition: LawEdition, on: datetime.date) -> bool:
    """Whether an edition may hold on a day by its own dates; one without any date may."""
    return edition.holds_from is None or edition.holds_from <= on


def in_force(editions: list[LawEdition], on: datetime.date) -> LawEdition | None:
    """The edition that holds on a day: of those whose day has come, the one published last.

    An edition without dates counts as the oldest. None where every edition is still to come.
    """
    standing = [e for e in editions if e.status != LawEdition.Status.WITHDRAWN and holds_on(e, on)]
    return max(standing, key=lambda e: (e.published_on or datetime.date.min, e.pk), default=None)


def laws(*, search: str = "", level: str = "", drafts: bool = False) -> QuerySet[Law]:
    """Laws with at least one edition that was not withdrawn, by title, for the list page."""
    found = Law.objects.annotate(
        edition_count=Count("editions", filter=~Q(editions__status=LawEdition.Status.WITHDRAWN)),
        latest=Max("editions__published_on", filter=~Q(editions__status=LawEdition.Status.WITHDRAWN)),
        draft_count=Count("editions", filter=Q(editions__status=LawEdition.Status.DRAFT)),
    ).filter(edition_count__gt=0)
    for word in search.split():
        found = found.filter(Q(title__icontains=word) | Q(subtitle__icontains=word))
    if level:
        found = found.filter(level=level)
    if drafts:
        found = found.filter(draft_count__gt=0)
    return found.order_by("title", "subtitle")


def editions_of(law: Law) -> list[LawEdition]:
    """The standing editions of a law without their texts, newest first."""
    return list(
        law.editions.filter(STANDING)
        .defer("source_text", "headings", "preamble", "history", "doubts")
        .order_by("-published_on", "-pk")
    )


def standing(edition: LawEdition, editions: list[LawEdition], on: datetime.date) -> str:
    """How an edition stands on a day: "in_force", "to_come" or "superseded"."""
    current = in_force(editions, on)
    if current is not None and current.pk == edition.pk:
        return "in_force"
    return "superseded" if holds_on(edition, on) else "to_come"


def drafts() -> int:
    """How many editions wait for the legal section."""
    return LawEdition.objects.filter(status=LawEdition.Status.DRAFT).count()


def handbook_entries() -> QuerySet[HandbookEntry]:
    """Published entries of the handbook in the order of the editor's tree, without their texts."""
    return HandbookEntry.objects.live().order_by("path").only("title", "slug", "summary")
