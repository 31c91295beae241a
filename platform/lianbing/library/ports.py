"""What upper apps tell the library at start-up: who cites an edition's articles."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from lianbing.people.rules import Actor, Role

Text = str | Promise
Counter = Callable[[int], int]
_citations: dict[str, Counter] = {}


def cites(counter: Counter) -> Counter:
    """Decorator for `counter(edition_pk) -> number of citations` of an upper app."""
    _citations[f"{counter.__module__}.{counter.__qualname__}"] = counter
    return counter


def citations_of(edition_pk: int) -> int:
    """How often upper apps cite articles of this edition."""
    return sum(counter(edition_pk) for counter in _citations.values())


@dataclass(frozen=True)
class Citing:
    """One thing that rests on an article. `code` is its kind for filters, `kind` the same in words.

    `seen_by`: the roles that may know of it at all; `opened_by`: those whom its page lets in (the same
    where empty). `coming`: it still lies ahead (a sitting not held yet) and stands first.
    """

    article_pk: int
    code: str
    kind: Text
    title: str
    url: str
    note: Text = ""
    uid: str = ""
    seen_by: frozenset[Role] = frozenset({Role.LEGAL})
    opened_by: frozenset[Role] = frozenset()
    coming: bool = False

    def may_open(self, actor: Actor) -> bool:
        """Whether the link leads this person anywhere."""
        return actor.has(*(self.opened_by or self.seen_by))


Finder = Callable[[Collection[int]], list[Citing]]
_citing: dict[str, Finder] = {}


def citing(finder: Finder) -> Finder:
    """Decorator for `finder(article_pks) -> list[Citing]`: what of an app rests on these articles.

    A few statements, however many articles are asked for.
    """
    _citing[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def all_citing(article_pks: Collection[int]) -> list[Citing]:
    """Everything that rests on these articles, of every app, what lies ahead first."""
    if not article_pks:
        return []
    found = [one for finder in _citing.values() for one in finder(article_pks)]
    return sorted(found, key=lambda one: (not one.coming, one.code, one.title))


@dataclass(frozen=True)
class Found:
    """Something without articles that the search box finds: its key at its source, its words, its address."""

    key: str
    title: str
    text: str
    url: str
    dated: datetime.date | None = None


@dataclass(frozen=True)
class Searchable:
    """A source of such things. `everything()` gives all of them when the index is made anew.

    Between, the source calls `services.indexing.put_entry` and `drop_entry` in its own transactions.
    """

    name: str
    label: Text
    everything: Callable[[], Iterable[Found]]


_searchables: dict[str, Searchable] = {}


def searchable(source: Searchable) -> Searchable:
    """Register a source. Registering a name again replaces it."""
    _searchables[source.name] = source
    return source


def searchables() -> list[Searchable]:
    """Every registered source, by name."""
    return [_searchables[name] for name in sorted(_searchables)]


@dataclass(frozen=True)
class Waiting:
    """A citation of an upper app without an article: its key there, its words, where it is shown."""

    key: str
    text: str
    title: str
    url: str


@dataclass(frozen=True)
class WaitingSource:
    """Whose citations may wait for an article. `everything()` gives all that do.

    `settle({key: article pk})` stores what was found meanwhile, where the source can still be changed,
    and returns how many it stored; a frozen text is resolved when it is read.
    """

    name: str
    label: Text
    everything: Callable[[], Iterable[Waiting]]
    settle: Callable[[Mapping[str, int]], int]


_waiting: dict[str, WaitingSource] = {}


def waiting_citations(source: WaitingSource) -> WaitingSource:
    """Register a source. Registering a name again replaces it."""
    _waiting[source.name] = source
    return source


def waiting_sources() -> list[WaitingSource]:
    """Every registered source."""
    return list(_waiting.values())
