"""Reading compilations: who may see which, what stands in them, which of it is out of date."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from lianbing.library.models import Article, Compilation, CompilationItem, LawEdition
from lianbing.library.queries.timelines import lines_of
from lianbing.people.rules import Actor

Kind = CompilationItem.Kind
ORDER = ("part", "subpart", "chapter", "section")


class Block(NamedTuple):
    """A heading (`depth` from 0), an article or a note of a law, as the pages show it."""

    kind: str
    text: str
    depth: int = 0
    anchor: str = ""


@dataclass
class Part:
    """One item: its title, of a law the edition, and its blocks in order."""

    item: CompilationItem
    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def edition(self) -> LawEdition | None:
        return self.item.edition

    @property
    def articles(self) -> int:
        return sum(block.kind == "article" for block in self.blocks)


class Newer(NamedTuple):
    """An edition in a compilation, and the one that holds instead (None: none does)."""

    edition: LawEdition
    now: LawEdition | None


def compilations(actor: Actor) -> QuerySet[Compilation]:
    """What this person may read: their own and what is shared, with the number of their laws."""
    laws = Count("items__edition", distinct=True)
    return (
        Compilation.objects.filter(Q(shared=True) | Q(owner=actor.user_id))
        .annotate(laws=laws)
        .order_by("-changed_at", "-pk")
    )


def compilation_named(uid: uuid.UUID, actor: Actor) -> Compilation | None:
    """One that this person may read, or None."""
    return compilations(actor).filter(uid=uid).first()


def items_of(compilation: Compilation) -> list[CompilationItem]:
    """The items in order with their editions, headings included, source texts left out. One statement."""
    return list(
        compilation.items.select_related("edition__law", "article").defer(
            "edition__source_text", "edition__history", "edition__doubts"
        )
    )


def parts_of(items: list[CompilationItem]) -> list[Part]:
    """What the items say, in order. One statement for all articles."""
    whole = {item.edition_id for item in items if item.kind in (Kind.LAW, Kind.CHAPTER)}
    texts: dict[int, list[Article]] = {}
    for article in Article.objects.filter(edition__in=whole).order_by("edition", "position"):
        texts.setdefault(article.edition_id, []).append(article)
    return [_part(item, texts.get(item.edition_id or 0, [])) for item in items]


def _part(item: CompilationItem, articles: list[Article]) -> Part:
    if item.kind == Kind.HEADING or item.edition is None:
        return Part(item, item.heading)
    law = str(item.edition.law)
    if item.kind == Kind.ARTICLE and item.article is not None:
        return Part(item, law, [_article(item.article)])
    headings = item.edition.headings
    if item.kind == Kind.CHAPTER:
        place, end = _chapter(headings, item.anchor)
        chosen = headings[place:end]
        stop = headings[end]["before"] if end < len(headings) else None
        start = chosen[0]["before"] if chosen else 0
        inside = [a for a in articles if a.position >= start and (stop is None or a.position < stop)]
        return Part(item, law, list(_blocks(chosen, inside)))
    notes = [Block("note", line) for line in item.edition.preamble.split("\n") if line]
    return Part(item, law, [*notes, *_blocks(headings, articles)])


def _chapter(headings: list[dict[str, Any]], anchor: str) -> tuple[int, int]:
    """Where a chapter begins and ends in the list of headings; nothing where the anchor is unknown."""
    place = next((n for n, heading in enumerate(headings) if heading["anchor"] == anchor), len(headings))
    if place == len(headings):
        return place, place
    level = ORDER.index(headings[place]["kind"])
    after = (n for n, h in enumerate(headings) if n > place and ORDER.index(h["kind"]) <= level)
    return place, next(after, len(headings))


def _blocks(headings: list[dict[str, Any]], articles: list[Article]) -> Iterator[Block]:
    kinds = [kind for kind in ORDER if kind in {heading["kind"] for heading in headings}]
    place = 0
    for article in articles:
        while place < len(headings) and headings[place]["before"] <= article.position:
            yield from _heading(headings[place], kinds)
            place += 1
        yield _article(article)
    for heading in headings[place:]:
        yield from _heading(heading, kinds)


def _heading(heading: dict[str, Any], kinds: list[str]) -> Iterator[Block]:
    yield Block("heading", heading["text"], kinds.index(heading["kind"]))
    for note in heading["notes"]:
        yield Block("note", note)


def _article(article: Article) -> Block:
    return Block("article", f"{article.label}\n{article.text}", anchor=article.anchor)


def newer_texts(items: list[CompilationItem], on: datetime.date) -> list[Newer]:
    """The editions among these that do not hold on a day, each once, with what holds instead."""
    editions = {item.edition.pk: item.edition for item in items if item.edition is not None}
    lines = lines_of({edition.law_id: edition.law for edition in editions.values()}.values())
    found = []
    for edition in editions.values():
        now = lines[edition.law_id].on(on)
        if now is None or now.pk != edition.pk:
            found.append(Newer(edition, now))
    return found


def article_count(items: list[CompilationItem]) -> int:
    """How many articles the items hold at most: a chapter counts as its whole law."""
    counted = [
        1 if item.kind == Kind.ARTICLE else item.edition.article_count
        for item in items
        if item.edition is not None
    ]
    return sum(counted)
