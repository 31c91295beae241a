"""The comparison of two editions, kept for a while: published articles never change."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models import QuerySet

from lianbing.library.models import Article, LawEdition
from lianbing.library.rules import diff
from lianbing.library.rules.diff import Comparison

# Goes up when the rule of the comparison changes.
RULE = 1
SECONDS = 24 * 3600


def articles_of(edition: LawEdition) -> QuerySet[Article]:
    """The articles of an edition in their order, with what a comparison needs."""
    return edition.articles.order_by("position").only("position", "label", "anchor", "text", "edition_id")


def comparison(old: LawEdition, new: LawEdition) -> Comparison:
    """What `new` changes against `old`. Two statements the first time, none afterwards."""
    return kept(old.sha256, new.sha256, lambda: diff.compare(list(articles_of(old)), list(articles_of(new))))


def kept(old: str, new: str, make: Callable[[], Comparison]) -> Comparison:
    """The comparison of two source texts (their SHA-256), made once and then taken from the cache."""
    key = f"library-diff-{RULE}-{old}-{new}"
    found: Comparison | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, SECONDS)
    return found
