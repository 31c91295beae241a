"""Which address each named route answers at."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, address, inner)
        elif entry.name:
            yield namespace + entry.name, address


@cache
def addresses() -> dict[str, str]:
    """Route name with namespace -> its address with the kinds of its parts, as in /bank/<uuid:uid>/."""
    return dict(_walk(get_resolver().url_patterns, "/", ""))
