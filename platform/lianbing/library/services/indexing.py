"""Keeping the search index in step with what the library holds.

Whoever stores articles calls `index_edition` in the same transaction, or `index_editions` soon after. An edition that was withdrawn or
repealed stays in the index: whether it is shown is decided by its state and its dates when somebody
searches. What is not in the index, after an upgrade or a restore, is found and added by the ticker.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count

from lianbing.library import ports
from lianbing.library.models import Article, LawEdition, SearchedEdition, SearchEntry
from lianbing.library.models.search import article_of, row_of
from lianbing.library.ports import Found
from lianbing.library.services import search_tables
from lianbing.library.services.search_tables import Row

# Raise when the cutting rules change (kit/bigrams.py): every edition is then put into the index anew.
VERSION = 1
AT_ONCE = 200


@dataclass(frozen=True)
class Agreement:
    """Whether the index holds what the library holds. The keys of editions that are missing or differ."""

    editions: int
    articles: int
    entries: int
    missing: tuple[int, ...]
    differing: tuple[int, ...]
    entries_agree: bool

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.differing) and self.entries_agree


@transaction.atomic
def index_edition(edition: LawEdition, articles: Iterable[Article] | None = None) -> int:
    """Put the articles of an edition into the index, unless they are there. Returns how many were put.

    `articles` saves reading them again when the caller has just stored them.
    """
    found = edition.articles.all() if articles is None else articles
    rows = [
        _row(edition.pk, article.position, article.part, article.chapter, article.section, article.text)
        for article in found
    ]
    marker, new = SearchedEdition.objects.get_or_create(
        edition=edition, defaults={"articles": len(rows), "version": VERSION}
    )
    if not new:
        empty = SearchedEdition.objects.filter(edition=edition, articles=0)
        if marker.articles or not rows or empty.update(articles=len(rows)) != 1:
            return 0
    search_tables.put(rows)
    return len(rows)


def _row(edition: int, position: int, part: str, chapter: str, section: str, text: str) -> Row:
    return row_of(edition, position), f"{part}\n{chapter}\n{section}", text


def index_editions(editions: Collection[int]) -> None:
    """Put many editions (primary keys) into the index in one transaction, those that are not there yet.

    For imports of many files: a hundred small additions cost the index ten times what one large one does.
    """
    try:
        with transaction.atomic():
            _put_together(set(editions))
    except IntegrityError:  # the ticker came between
        for edition in LawEdition.objects.filter(pk__in=editions, searched=None).only("pk"):
            index_edition(edition)


def _put_together(editions: set[int]) -> None:
    editions -= set(SearchedEdition.objects.filter(pk__in=editions).values_list("pk", flat=True))
    stored = Article.objects.filter(edition__in=editions).order_by("edition_id", "position")
    fields = ("edition_id", "position", "part", "chapter", "section", "text")
    rows = [_row(*values) for values in stored.values_list(*fields)]
    counts: dict[int, int] = defaultdict(int)
    for row, _heading, _text in rows:
        counts[article_of(row)[0]] += 1
    SearchedEdition.objects.bulk_create(
        SearchedEdition(edition_id=pk, articles=counts[pk], version=VERSION) for pk in sorted(editions)
    )
    search_tables.put(rows)


@transaction.atomic
def put_entry(*, source: str, found: Found) -> None:
    """Make the box find something without articles, or find it under its new words."""
    old = SearchEntry.objects.select_for_update().filter(source=source, key=found.key).first()
    fields = {"title": found.title[:300], "text": found.text, "url": found.url, "dated": found.dated}
    if old is not None:
        if (old.title, old.text) != (fields["title"], fields["text"]):
            search_tables.drop([_entry_row(old)])
        elif (old.url, old.dated) == (fields["url"], fields["dated"]):
            return
    entry, _new = SearchEntry.objects.update_or_create(source=source, key=found.key, defaults=fields)
    if old is None or (old.title, old.text) != (entry.title, entry.text):
        search_tables.put([_entry_row(entry)])


@transaction.atomic
def drop_entry(*, source: str, key: str) -> None:
    """Let the box find it no more."""
    for entry in SearchEntry.objects.select_for_update().filter(source=source, key=key):
        search_tables.drop([_entry_row(entry)])
        entry.delete()


def _entry_row(entry: SearchEntry) -> Row:
    return -entry.pk, entry.title, entry.text


def catch_up(limit: int = AT_ONCE) -> int:
    """Index editions that are not indexed yet. Returns how many were; a few hundred at a turn."""
    if SearchedEdition.objects.exclude(version=VERSION).exists():
        rebuild()
    waiting = LawEdition.objects.filter(searched=None).only("pk").order_by("pk")[:limit]
    for edition in waiting:
        index_edition(edition)
    return len(waiting)


def rebuild() -> Agreement:
    """Throw the index away and fill it from what the library holds.

    One edition a transaction, so that nobody's saving waits for it. Searches meanwhile say what is missing.
    """
    with transaction.atomic():
        search_tables.clear()
        SearchedEdition.objects.all().delete()
        SearchEntry.objects.all().delete()
    for edition in LawEdition.objects.only("pk").order_by("pk"):
        index_edition(edition)
    for source in ports.searchables():
        for found in source.everything():
            put_entry(source=source.name, found=found)
    return check()


def check() -> Agreement:
    """Compare the index with the articles and entries that ought to stand in it."""
    held = search_tables.counts()
    counted = Article.objects.order_by().values("edition").annotate(count=Count("pk"))
    wanted = dict(counted.values_list("edition", "count"))
    missing = tuple(sorted(pk for pk in wanted if pk not in held))
    differing = tuple(
        sorted(pk for pk, count in held.items() if wanted.get(pk, 0) != count and pk not in missing)
    )
    entries = set(SearchEntry.objects.values_list("pk", flat=True))
    return Agreement(
        editions=len(held),
        articles=sum(held.values()),
        entries=len(entries),
        missing=missing,
        differing=differing,
        entries_agree=entries == search_tables.entries(),
    )
