"""Reading what the coming and going of editions does: events, changed articles, the laws of one life."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet

from lianbing.library.models import Article, ArticleChange, Law, LawEdition, LawEvent
from lianbing.library.queries.laws import STANDING
from lianbing.library.rules import amending
from lianbing.library.rules.validity import Span

SOON = datetime.timedelta(days=30)


class Dated(NamedTuple):
    """An edition as amendments see it."""

    pk: int
    status: str
    imported_at: datetime.datetime
    span: Span


class Change(NamedTuple):
    """One article and what an edition makes of it; `after` is None where nothing follows it."""

    kind: str
    before: Article
    after: Article | None


def family_of(law: int) -> list[int]:
    """The law itself, those it continues and those that continue it, as primary keys. One statement."""
    joined = dict(Law.objects.exclude(continues=None).values_list("pk", "continues_id"))
    followed = {older: newer for newer, older in joined.items()}
    family = [law]
    for links in (joined, followed):
        step = links.get(law)
        while step is not None and step not in family:
            family.append(step)
            step = links.get(step)
    return sorted(family)


def spans_of(laws: Collection[int]) -> list[Dated]:
    """The standing editions of these laws with their dates, oldest row first."""
    rows = LawEdition.objects.filter(STANDING, law__in=laws).order_by("pk")
    fields = ("pk", "status", "imported_at", "effective_on", "effective_to", "published_on")
    return [
        Dated(pk, status, imported_at, Span(pk, start, end, published, pk))
        for pk, status, imported_at, start, end, published in rows.values_list(*fields)
    ]


def articles_of(editions: Collection[int]) -> dict[int, list[amending.Text]]:
    """The articles of these editions in order, as (primary key, label, text)."""
    found: dict[int, list[amending.Text]] = defaultdict(list)
    rows = Article.objects.filter(edition__in=editions).order_by("edition_id", "position")
    for edition, pk, label, text in rows.values_list("edition_id", "pk", "label", "text"):
        found[edition].append((pk, label, text))
    return found


def events_of(edition: LawEdition) -> list[LawEvent]:
    """What this edition does as it comes and as it goes, by day, with the edition it replaces."""
    return list(edition.events.select_related("replaces__law").order_by("on", "pk"))


def changes_of(events: Iterable[LawEvent]) -> list[Change]:
    """Every article these events change, in the order of the editions, with what it became."""
    rows = (
        ArticleChange.objects.filter(event__in=[event.pk for event in events])
        .select_related("article__edition__law", "successor__edition__law")
        .defer(*_heavy("article__edition"), *_heavy("successor__edition"))
        .order_by("article__edition", "article__position", "on")
    )
    return [Change(row.kind, row.article, row.successor) for row in rows]


def _heavy(path: str) -> list[str]:
    """What a page of changes never needs of an edition."""
    return [f"{path}__{name}" for name in ("source_text", "headings", "preamble", "history", "doubts")]


def foreseen(edition: LawEdition) -> list[Change]:
    """What a draft would change once it is checked: the words of the edition it would take over from.

    Worked out on the spot, because nothing of a draft counts before.
    """
    dated = spans_of(family_of(edition.law_id))
    checked = {one.pk for one in dated if one.status == LawEdition.Status.PUBLISHED} | {edition.pk}
    spans = [one.span for one in dated]
    event = next(
        (
            found
            for found in amending.events([span for span in spans if span.key in checked])
            if found.edition == edition.pk and found.kind == amending.AMENDED
        ),
        None,
    )
    if event is None or event.replaces is None:
        return []
    texts = articles_of({event.replaces, edition.pk})
    became = amending.matched(texts[event.replaces], texts[edition.pk])
    touched = {old: match for old, match in became.items() if match.kind != amending.SAME}
    rows = Article.objects.filter(edition__in={event.replaces, edition.pk})
    named = {row.pk: row for row in rows.select_related("edition__law").defer(*_heavy("edition"))}
    return [Change(m.kind, named[old], named.get(m.successor or 0)) for old, m in touched.items()]


def coming(on: datetime.date) -> QuerySet[LawEvent]:
    """The amendments and repeals of the next thirty days, by day, each with the number of articles it changes."""
    return (
        LawEvent.objects.filter(on__gt=on, on__lte=on + SOON)
        .select_related("edition__law", "replaces__law")
        .annotate(articles=Count("changes"))
        .order_by("on", "pk")
    )


def changed_articles(events: Iterable[LawEvent]) -> set[int]:
    """The primary keys of all articles these events change."""
    rows = ArticleChange.objects.filter(event__in=[event.pk for event in events]).order_by()
    return set(rows.values_list("article_id", flat=True))


def lapsed(on: datetime.date) -> QuerySet[ArticleChange]:
    """The changes in effect on a day, for queries of the apps above: an article in it does not hold as it was.

    Filter or join by `article`; `event__edition` and `event__kind` say what changed it.
    """
    return ArticleChange.objects.filter(on__lte=on).order_by()
