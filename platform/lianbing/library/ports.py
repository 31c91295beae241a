"""What upper apps tell the library at start-up: who cites an edition's articles."""

from collections.abc import Callable

Counter = Callable[[int], int]
_citations: dict[str, Counter] = {}


def cites(counter: Counter) -> Counter:
    """Decorator for `counter(edition_pk) -> number of citations` of an upper app."""
    _citations[f"{counter.__module__}.{counter.__qualname__}"] = counter
    return counter


def citations_of(edition_pk: int) -> int:
    """How often upper apps cite articles of this edition."""
    return sum(counter(edition_pk) for counter in _citations.values())
