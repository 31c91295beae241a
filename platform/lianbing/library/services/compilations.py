"""Composing compilations. Every act needs who may change it (`permissions.can_change`), checked by the view."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from lianbing.kit import audit
from lianbing.library import queries
from lianbing.library.models import Article, Compilation, CompilationItem, Law, LawEdition
from lianbing.library.queries import compilations as reading
from lianbing.library.rules import citations
from lianbing.people.rules import Actor

MOST_ARTICLES = 4000
MOST_ITEMS = 300
Kind = CompilationItem.Kind


class CompilationRefused(Exception):
    """`code`: too_long, no_text (no edition holds that day), no_chapter, no_article, no_place (nothing beyond)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Facts:
    """What is said of a compilation as a whole."""

    title: str
    as_of: datetime.date
    shared: bool = False


@transaction.atomic
def compose(*, facts: Facts, by: Actor, at: datetime.datetime) -> Compilation:
    """Begin an empty compilation."""
    made = Compilation.objects.create(
        title=facts.title,
        as_of=facts.as_of,
        shared=facts.shared,
        owner_id=by.user_id,
        owner_name=by.name[:50],
        created_at=at,
        changed_at=at,
    )
    audit.record(stream="library", action="compose", by=by, at=at, subject=made)
    return made


@transaction.atomic
def change_facts(*, compilation: Compilation, facts: Facts, by: Actor, at: datetime.datetime) -> list[str]:
    """Change title, day or readers. With another day the texts of that day come in; returns what was lost by it."""
    lost = [] if facts.as_of == compilation.as_of else _put_texts_of(compilation, facts.as_of)
    compilation.title, compilation.as_of, compilation.shared = facts.title, facts.as_of, facts.shared
    _changed(compilation, "change_compilation", by, at, as_of=facts.as_of.isoformat(), shared=facts.shared)
    return lost


@transaction.atomic
def bring_up_to_date(
    *, compilation: Compilation, on: datetime.date, by: Actor, at: datetime.datetime
) -> list[str]:
    """Put in the texts that hold on `on`. Returns what has none then: it leaves the compilation, by name."""
    lost = _put_texts_of(compilation, on)
    compilation.as_of = on
    _changed(compilation, "update_compilation", by, at, as_of=on.isoformat(), lost=lost)
    return lost


def _put_texts_of(compilation: Compilation, on: datetime.date) -> list[str]:
    items = reading.items_of(compilation)
    lost: list[str] = []
    for newer in reading.newer_texts(items, on):
        for item in (one for one in items if one.edition_id == newer.edition.pk):
            name = _name(item)
            if newer.now is None or not _moved(item, newer.now):
                lost.append(name)
                item.delete()
    return lost


def _moved(item: CompilationItem, edition: LawEdition) -> bool:
    """Put another edition into an item; False where it lacks the chapter or the article."""
    if item.kind == Kind.CHAPTER:
        old = next((h["text"] for h in item.edition.headings if h["anchor"] == item.anchor), "")  # type: ignore[union-attr]  # a chapter has an edition
        headings = LawEdition.objects.values_list("headings", flat=True).get(pk=edition.pk)
        found = next((h["anchor"] for h in headings if _same(h["text"], old)), "")
        if not found:
            return False
        item.anchor = found
    if item.article is not None:
        found_there = Article.objects.filter(
            edition=edition, number=item.article.number, suffix=item.article.suffix
        )
        item.article = found_there.first()
        if item.article is None:
            return False
    item.edition = edition
    item.save()
    return True


def _same(one: str, other: str) -> bool:
    """Whether two headings are called the same, whatever their number: 第二章 管理 and 第三章　管理."""
    return one.split()[-1:] == other.split()[-1:]


def _name(item: CompilationItem) -> str:
    if item.article is not None:
        return str(item.article)
    return f"《{item.edition.law}》" if item.edition else item.heading


@transaction.atomic
def put_heading(*, compilation: Compilation, heading: str, by: Actor, at: datetime.datetime) -> None:
    """Put a heading of one's own at the end."""
    _append(compilation, [CompilationItem(kind=Kind.HEADING, heading=heading)])
    _changed(compilation, "put_into_compilation", by, at, heading=heading)


@transaction.atomic
def put_law(
    *,
    compilation: Compilation,
    law: Law,
    chapter: str = "",
    articles: str = "",
    by: Actor,
    at: datetime.datetime,
) -> int:
    """Put a law at the end, or one chapter of it (the text of its heading's anchor), or the articles that
    `articles` names (第三条、第五条至第八条). Returns how many items that made. Raises CompilationRefused.
    """
    edition = queries.edition_on(law, compilation.as_of)
    if edition is None:
        raise CompilationRefused("no_text", str(law))
    if articles:
        items = [
            CompilationItem(kind=Kind.ARTICLE, edition=edition, article=article)
            for article in _articles(edition, articles)
        ]
    elif chapter:
        headings = LawEdition.objects.values_list("headings", flat=True).get(pk=edition.pk)
        if chapter not in {heading["anchor"] for heading in headings}:
            raise CompilationRefused("no_chapter", chapter)
        items = [CompilationItem(kind=Kind.CHAPTER, edition=edition, anchor=chapter)]
    else:
        items = [CompilationItem(kind=Kind.LAW, edition=edition)]
    _append(compilation, items)
    _changed(compilation, "put_into_compilation", by, at, law=str(law), items=len(items))
    return len(items)


def _articles(edition: LawEdition, words: str) -> list[Article]:
    """The articles of an edition that words name. Raises CompilationRefused for one that is not there."""
    texts = edition.articles.select_related("edition__law").defer("edition__source_text")
    resolver = queries.CitationResolver(datetime.date.min, queries.Inside(edition, texts))
    references = [reference for reference in citations.find(words) if reference.number]
    if not references:
        raise CompilationRefused("no_article", words)
    found: list[Article] = []
    for reference in references:
        resolution = resolver.resolve_own(reference)
        if resolution.article is None:
            raise CompilationRefused("no_article", resolution.reason)
        found += resolution.articles
    return found


def _append(compilation: Compilation, items: list[CompilationItem]) -> None:
    there = reading.items_of(compilation)
    if len(there) + len(items) > MOST_ITEMS:
        raise CompilationRefused("too_long", str(MOST_ITEMS))
    if reading.article_count([*there, *items]) > MOST_ARTICLES:
        raise CompilationRefused("too_long", str(MOST_ARTICLES))
    last = compilation.items.aggregate(last=Max("position"))["last"] or 0
    for number, item in enumerate(items, last + 1):
        item.compilation, item.position = compilation, number
    CompilationItem.objects.bulk_create(items)


@transaction.atomic
def move(*, item: CompilationItem, up: bool, by: Actor, at: datetime.datetime) -> None:
    """Change places with the item before or after. Raises CompilationRefused("no_place") at either end."""
    rows = list(CompilationItem.objects.select_for_update().filter(compilation=item.compilation_id))
    place = next((n for n, row in enumerate(rows) if row.pk == item.pk), -1)
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(rows):
        raise CompilationRefused("no_place")
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, 1):
        row.position = number
    CompilationItem.objects.bulk_update(rows, ["position"])
    _changed(item.compilation, "order_compilation", by, at)


@transaction.atomic
def take_out(*, item: CompilationItem, by: Actor, at: datetime.datetime) -> None:
    """Take an item out."""
    name = _name(item)
    item.delete()
    _changed(item.compilation, "take_out_of_compilation", by, at, item=name)


@transaction.atomic
def discard(*, compilation: Compilation, by: Actor, at: datetime.datetime) -> None:
    """Delete a compilation; the laws stay."""
    audit.record(stream="library", action="discard_compilation", by=by, at=at, subject=compilation)
    compilation.delete()


def _changed(compilation: Compilation, action: str, by: Actor, at: datetime.datetime, **details: Any) -> None:
    compilation.changed_at = at
    compilation.save(update_fields=["title", "as_of", "shared", "changed_at"])
    audit.record(stream="library", action=action, by=by, at=at, subject=compilation, **details)
