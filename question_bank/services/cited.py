"""Storing every article that citations mean: on saving, on importing, and later, as the library grows."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lianbing.library.models import Article
from lianbing.library.queries import CitationResolver
from question_bank.models import Citation, CitationGap, CitedArticle

CHUNK = 500
BATCHES = 40


@dataclass
class Meant:
    """What a citation means: `articles` it names, `editions` it names without an article (primary keys).

    `gap`: something of it leads nowhere, or only to a law; the legal section lists it.
    """

    articles: list[int] = field(default_factory=list)
    editions: list[int] = field(default_factory=list)
    gap: bool = False


def meaning(text: str, resolver: CitationResolver) -> Meant:
    """Everything a citation names, as the library holds it on the resolver's day. What is unsure is left open.

    A law named beside articles of it adds nothing: the articles say more.
    """
    found = resolver.resolve_all(text)
    meant = Meant(gap=any(one.article is None for one in found))
    meant.articles = list(dict.fromkeys(article.pk for one in found for article in one.articles))
    exact = {article.edition_id for one in found for article in one.articles}
    for one in found:
        edition = None
        if one.article is None and one.law is not None and one.reference and not one.reference.number:
            edition = resolver.edition_of(one.law)
        if edition is not None and edition.pk not in {*exact, *meant.editions}:
            meant.editions.append(edition.pk)
    return meant


def note_cited(meanings: Sequence[tuple[Citation, Meant]], *, at: datetime.datetime) -> int:
    """Store what these saved citations mean, inside the caller's transaction. Returns how many rows are new.

    Statements grow by the hundreds of citations. What is stored already stays; a gap that closed goes.
    """
    firsts = _first_articles({pk for _citation, meant in meanings for pk in meant.editions})
    rows = [row for citation, meant in meanings for row in _rows(citation, meant, firsts, at)]
    pks = [citation.pk for citation, _meant in meanings]
    before = _count(pks)
    CitedArticle.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    gaps = [CitationGap(citation=citation, since=at) for citation, meant in meanings if meant.gap]
    CitationGap.objects.bulk_create(gaps, batch_size=CHUNK, ignore_conflicts=True)
    whole = [citation.pk for citation, meant in meanings if not meant.gap]
    for part in _parts(whole):
        CitationGap.objects.filter(citation__in=part).delete()
    return _count(pks) - before


def _rows(
    citation: Citation, meant: Meant, firsts: dict[int, int], at: datetime.datetime
) -> Iterator[CitedArticle]:
    for article in dict.fromkeys([*filter(None, [citation.article_id]), *meant.articles]):
        yield CitedArticle(version_id=citation.version_id, citation=citation, article_id=article, found_at=at)
    for edition in meant.editions:
        if edition in firsts:
            yield CitedArticle(
                version_id=citation.version_id,
                citation=citation,
                article_id=firsts[edition],
                whole=True,
                found_at=at,
            )


def copy_cited(copies: Sequence[tuple[Citation, Citation]]) -> None:
    """What saved citations mean that were copied word for word: the same, found when it was found then."""
    of = {source.pk: copy for source, copy in copies}
    for part in _parts(sorted(of)):
        held = list(CitedArticle.objects.filter(citation__in=part).order_by("pk"))
        CitedArticle.objects.bulk_create(
            CitedArticle(
                version_id=of[row.citation_id].version_id,
                citation=of[row.citation_id],
                article_id=row.article_id,
                whole=row.whole,
                found_at=row.found_at,
            )
            for row in held
        )
        gaps = CitationGap.objects.filter(citation__in=part)
        CitationGap.objects.bulk_create(
            [CitationGap(citation=of[gap.citation_id], since=gap.since) for gap in gaps]
        )


def _first_articles(editions: Iterable[int]) -> dict[int, int]:
    """The first article of each edition. A statement for some hundreds."""
    found: dict[int, int] = {}
    for part in _parts(sorted(editions)):
        rows = Article.objects.filter(edition__in=part).order_by("edition", "-position")
        found |= dict(rows.values_list("edition_id", "pk"))
    return found


def _parts(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _count(pks: Sequence[int]) -> int:
    return sum(CitedArticle.objects.filter(citation__in=part).count() for part in _parts(pks))


def look_again(*, at: datetime.datetime) -> int:
    """Look for what was not found before. Returns how many articles were.

    A frozen version means the law of the day it was published, a draft that of today; a law decided by then
    that held only later is taken as it first held. A draft without an article gets the first as its own.
    """
    return _read(Citation.objects.filter(gap__isnull=False), _day_in_use, at, limit=None)


def catch_up(*, at: datetime.datetime, limit: int = BATCHES * CHUNK) -> int:
    """Read citations that were never read, because they are older than these rows. Returns how many rows came.

    Where an article was stored, it was found when the version was written, and so is the rest.
    """
    never = Citation.objects.filter(gap=None, cited_articles=None)
    return _read(never, _day_written, at, limit=limit)


def _day_in_use(citation: Citation, at: datetime.datetime) -> datetime.date:
    return timezone.localtime(citation.version.frozen_at or at).date()


def _day_written(citation: Citation, at: datetime.datetime) -> datetime.date:
    if citation.article_id is None:
        return _day_in_use(citation, at)
    return timezone.localtime(citation.version.created_at).date()


DayOf = Callable[[Citation, datetime.datetime], datetime.date]


def _read(citations: QuerySet[Citation], day_of: DayOf, at: datetime.datetime, *, limit: int | None) -> int:
    """Read these citations in batches, each in a transaction of its own."""
    rows = citations.select_related("version").defer("version__content", "version__key").order_by("pk")
    resolvers: dict[datetime.date, CitationResolver] = {}
    stored = seen = last = 0
    while limit is None or seen < limit:
        batch = list(rows.filter(pk__gt=last)[:CHUNK])
        if not batch:
            break
        seen, last = seen + len(batch), batch[-1].pk
        stored += _read_batch(batch, day_of, at, resolvers)
    return stored


def _read_batch(
    batch: list[Citation],
    day_of: DayOf,
    at: datetime.datetime,
    resolvers: dict[datetime.date, CitationResolver],
) -> int:
    by_day: dict[datetime.date, list[Citation]] = defaultdict(list)
    for citation in batch:
        by_day[day_of(citation, at)].append(citation)
    meanings: list[tuple[Citation, Meant]] = []
    for day, citations in sorted(by_day.items()):
        if day not in resolvers:
            resolvers[day] = CitationResolver(day, decided=True)
            resolvers[day].prepare(citation.text for citation in citations)
        resolver = resolvers[day]
        meanings += [(citation, meaning(citation.text, resolver)) for citation in citations]
    with transaction.atomic():
        # What an author saved anew meanwhile has other rows; these are gone.
        alive = set(Citation.objects.filter(pk__in=[one.pk for one in batch]).values_list("pk", flat=True))
        return _store([(one, meant) for one, meant in meanings if one.pk in alive], at)


def _store(meanings: Sequence[tuple[Citation, Meant]], at: datetime.datetime) -> int:
    """The rows, and for drafts the first article as their own."""
    stored = note_cited(meanings, at=at)
    fresh = [
        (one, meant)
        for one, meant in meanings
        if meant.articles and one.article_id is None and one.version.frozen_at is None
    ]
    drafts = Citation.objects.filter(Q(article=None), version__frozen_at=None)
    open_still = set(drafts.filter(pk__in=[one.pk for one, _meant in fresh]).values_list("pk", flat=True))
    changed = [one for one, _meant in fresh if one.pk in open_still]
    for one, meant in fresh:
        one.article_id = meant.articles[0]
    Citation.objects.bulk_update(changed, ["article"])
    return stored
