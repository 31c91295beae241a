"""Reading the library: the list of laws, the shelf for an import."""

from collections.abc import Collection
from dataclasses import replace
from itertools import groupby

from django.db.models import Case, Count, Max, Q, QuerySet, When

from lianbing.library.models import Article, HandbookEntry, Law, LawEdition
from lianbing.library.rules.findings import Finding
from lianbing.library.rules.law_tree import LawText
from lianbing.library.rules.law_words import Worded, fingerprint, first_difference
from lianbing.library.rules.numerals import article_label
from lianbing.library.rules.placing import Place, Shelf, ShelfEdition, ShelfLaw, worded

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
    return {slug: fingerprint(articles) for slug, articles in _worded(law_pk).items()}


def _worded(law_pk: int, **only: str) -> dict[str, list[Worded]]:
    """The articles of the editions of a law as they are compared, by the slug of the edition. One statement."""
    rows = (
        Article.objects.filter(edition__law_id=law_pk, **only)
        .order_by("edition_id", "position")
        .values_list("edition__slug", "number", "suffix", "text")
    )
    grouped = groupby(rows, key=lambda row: row[0])
    return {
        slug: [(number, suffix, text) for _, number, suffix, text in articles] for slug, articles in grouped
    }


def refusal_of(where: Place, text: LawText) -> Finding | None:
    """Why `text` is refused at its place; where other words stand there, with the first article that differs."""
    refusal = where.refusal
    if refusal is None or refusal.code != "other_text_of_edition":
        return refusal
    known = next(edition for edition in where.law.editions if edition.slug == where.edition_slug)
    there = known.articles
    if not there and where.law.pk is not None:
        there = _worded(where.law.pk, edition__slug=known.slug).get(known.slug, [])
    first = first_difference(there, worded(text))
    if first is None:
        return refusal
    label = article_label(first.number, first.suffix)
    return replace(
        refusal, details=refusal.details | {"article": label, "there": first.old, "here": first.new}
    )


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
