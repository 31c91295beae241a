"""Reading repeals: what may be chosen, what a repeal would touch, what was repealed."""

import datetime
import uuid
from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianbing.library.models import Article, Law, LawEdition, LibraryDocument, Repeal
from lianbing.library.queries.amendments import Change
from lianbing.library.queries.timelines import TEXTS, in_force

MOST = 200
FOUND = 50


def found_laws(search: str) -> list[Law]:
    """The first laws with a checked edition that is not repealed whose names hold every word, by title."""
    living = LawEdition.objects.filter(
        law=OuterRef("pk"), status=LawEdition.Status.PUBLISHED, effective_to=None
    )
    found = Law.objects.filter(Exists(living))
    for word in search.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(subtitle__icontains=word))
    return list(found.order_by("title", "subtitle")[:FOUND])


def laws_picked(picked: Collection[int]) -> list[Law]:
    """The laws with these primary keys, by title."""
    return list(Law.objects.filter(pk__in=sorted(picked)[:MOST]).order_by("title", "subtitle"))


def ending_on(laws: Sequence[Law], on: datetime.date) -> list[tuple[Law, LawEdition | None]]:
    """For each law the checked edition that would hold on a day, which is the one a repeal ends; None where
    none would."""
    by_law: dict[int, list[LawEdition]] = {law.pk: [] for law in laws}
    rows = LawEdition.objects.filter(law__in=laws, status=LawEdition.Status.PUBLISHED)
    for edition in rows.select_related("law").defer(*TEXTS):
        by_law[edition.law_id].append(edition)
    return [(law, in_force(by_law[law.pk], on)) for law in laws]


def would_end(editions: Sequence[LawEdition]) -> list[Change]:
    """Every article of these editions, as changes that leave nothing behind. One statement."""
    named = {edition.pk: edition for edition in editions}
    changes = []
    for article in Article.objects.filter(edition__in=named).order_by("edition_id", "position"):
        article.edition = named[article.edition_id]
        changes.append(Change("repealed", article, None))
    return changes


def repeals() -> QuerySet[Repeal]:
    """Every repeal, newest first, with the number of things it ended. Counter-entries stand with theirs."""
    return Repeal.objects.filter(undoes=None).select_related("undone_by").annotate(count=Count("items"))


def repeal_named(uid: uuid.UUID) -> Repeal | None:
    """One repeal (no counter-entry) with what it ended."""
    return repeals().prefetch_related("items").filter(uid=uid).first()


def editions_ended(repeal: Repeal) -> list[LawEdition]:
    """The editions a repeal ended, in its order."""
    numbers = [item.subject_id for item in repeal.items.all() if item.subject_type == "library.lawedition"]
    found = LawEdition.objects.filter(pk__in=numbers).select_related("law").defer(*TEXTS).in_bulk()
    return [found[number] for number in numbers if number in found]


def documents_ended(repeal: Repeal) -> list[LibraryDocument]:
    """The documents without articles that a repeal ended, in its order."""
    numbers = [
        item.subject_id for item in repeal.items.all() if item.subject_type == "library.librarydocument"
    ]
    found = LibraryDocument.objects.filter(pk__in=numbers).defer("body").in_bulk()
    return [found[number] for number in numbers if number in found]
