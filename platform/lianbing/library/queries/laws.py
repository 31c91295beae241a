"""Reading the library: the list of laws, the shelf for an import."""

from collections.abc import Collection
from itertools import groupby

from django.db.models import Case, Count, Max, Q, QuerySet, When

from lianbing.library.models import Article, HandbookEntry, Law, LawEdition
from lianbing.library.rules.law_words import fingerprint
from lianbing.library.rules.placing import Shelf, ShelfEdition, ShelfLaw

STANDING = ~Q(status=LawEdition.Status.WITHDRAWN)


def shelf() -> Shelf:
    """Every law and edition, as an import decides by it. Two statements, and one for each law whose words
    have to be compared."""
    found = Shelf(words=words_of)
    by_pk: dict[int, ShelfLaw] = {}
    for pk, title, subtitle, slug in Law.objects.values_list("pk", "title", "subtitle", "slug"):
        by_pk[pk] = ShelfLaw(slug, pk)
        found.add(title, subtitle, by_pk[pk])
    rows = LawEdition.objects.values_list(
        "law_id", "slug", "published_on", "sha256", "status", "effective_on"
    )
    for law_pk, slug, published_on, sha256, status, effective_on in rows:
        withdrawn = status == LawEdition.Status.WITHDRAWN
        by_pk[law_pk].editions.append(ShelfEdition(slug, published_on, sha256, withdrawn, effective_on))
    return found


def words_of(law_pk: int) -> dict[str, str]:
    """The fingerprint of the articles of each edition of a law, by the slug of the edition."""
    rows = (
        Article.objects.filter(edition__law_id=law_pk)
        .order_by("edition_id", "position")
        .values_list("edition__slug", "number", "suffix", "text")
    )
    return {
        slug: fingerprint((number, suffix, text) for _, number, suffix, text in articles)
        for slug, articles in groupby(rows, key=lambda row: row[0])
    }


def laws(
    *, search: str = "", level: str = "", drafts: bool = False, last: Collection[int] = ()
) -> QuerySet[Law]:
    """Laws with at least one edition that was not withdrawn, by title, for the list page.

    Those of `last` (primary keys) come after all others.
    """
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
    if not last:
        return found.order_by("title", "subtitle")
    rank = Case(When(pk__in=sorted(last), then=1), default=0)
    return found.order_by(rank, "title", "subtitle")


def drafts() -> int:
    """How many editions wait for the legal section."""
    return LawEdition.objects.filter(status=LawEdition.Status.DRAFT).count()


def handbook_entries() -> QuerySet[HandbookEntry]:
    """Published entries of the handbook in the order of the editor's tree, without their texts."""
    return HandbookEntry.objects.live().order_by("path").only("title", "slug", "summary")
