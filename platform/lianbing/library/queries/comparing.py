"""The comparison of two editions, kept for a while: published articles never change."""

from django.core.cache import cache

from lianbing.library.models import LawEdition
from lianbing.library.queries.drafts import articles_of
from lianbing.library.rules import diff
from lianbing.library.rules.diff import Comparison

# Goes up when the rule of the comparison changes.
RULE = 1
SECONDS = 24 * 3600


def comparison(old: LawEdition, new: LawEdition) -> Comparison:
    """What `new` changes against `old`. Two statements the first time, none afterwards."""
    key = f"library-diff-{RULE}-{old.sha256}-{new.sha256}"
    found: Comparison | None = cache.get(key)
    if found is None:
        found = diff.compare(list(articles_of(old)), list(articles_of(new)))
        cache.set(key, found, SECONDS)
    return found
