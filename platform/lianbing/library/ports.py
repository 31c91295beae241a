"""What upper apps tell the library at start-up: who cites articles, what is searched, what short checks ask."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    """A citation of an upper app that leads nowhere: its key there, its words, where it is shown.

    `on`: the day the text is about, None for today.
    """

    key: str
    text: str
    title: str
    url: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class WaitingSource:
    """Whose citations may wait for an article. `everything()` gives all that do.

    `settle(at)` is called before: the source looks again at what waits, each on its own day, stores the
    articles it finds and returns how many.
    """

    name: str
    label: Text
    everything: Callable[[], Iterable[Waiting]]
    settle: Callable[[datetime.datetime], int]


_waiting: dict[str, WaitingSource] = {}


def waiting_citations(source: WaitingSource) -> WaitingSource:
    """Register a source. Registering a name again replaces it."""
    _waiting[source.name] = source
    return source


def waiting_sources() -> list[WaitingSource]:
    """Every registered source."""
    return list(_waiting.values())


@dataclass(frozen=True)
class DocumentUse:
    """Something that names or rests on a document without articles. `opened_by`: whom its page lets in."""

    document_pk: int
    kind: Text
    title: str
    url: str
    note: Text = ""
    seen_by: frozenset[Role] = frozenset({Role.LEGAL})

    def may_open(self, actor: Actor) -> bool:
        """Whether the link leads this person anywhere."""
        return actor.has(*self.seen_by)


UseFinder = Callable[[Mapping[int, str]], list[DocumentUse]]
_document_uses: dict[str, UseFinder] = {}


def uses_documents(finder: UseFinder) -> UseFinder:
    """Decorator for `finder({document pk: title}) -> list[DocumentUse]`: what of an app names these documents."""
    _document_uses[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def all_uses_of(titles: Mapping[int, str]) -> list[DocumentUse]:
    """Everything of the apps above that names these documents."""
    return [one for finder in _document_uses.values() for one in finder(titles)] if titles else []


@dataclass(frozen=True)
class Offered:
    """A question that may be asked in a short check: its key at its source, its first words, its kind."""

    key: str
    title: str
    kind: Text


@dataclass(frozen=True)
class Asked:
    """A question on the page of a check. `name` is that of its input; the template knows nothing of the key."""

    name: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Marked:
    """A question after the try was sent: whether it was right, and the page piece that explains it."""

    right: bool
    template: str
    context: Mapping[str, Any]
    explanation: str = ""


@dataclass(frozen=True)
class Try:
    """What came of a try: `answers` (JSON) is kept and shows it again; `blank`: what was left unanswered."""

    answers: Mapping[str, Any]
    right: int
    asked: int
    blank: Collection[str] = ()


@dataclass(frozen=True)
class Checks:
    """Where the questions of short checks come from. One source; what it says nobody below can look into.

    `offer(words)`: what may be chosen; `named(keys)`: what of these may still be asked, in their order;
    `ask(keys, sent)`: the inputs, as far as `sent` fills them; `mark(keys, sent)`: what came of sent inputs;
    `show(answers)`: a kept try with what is right.
    """

    note: Text
    offer: Callable[[str], list[Offered]]
    named: Callable[[Sequence[str]], list[Offered]]
    ask: Callable[[Sequence[str], Mapping[str, list[str]]], list[Asked]]
    mark: Callable[[Sequence[str], Mapping[str, list[str]]], Try]
    show: Callable[[Mapping[str, Any]], list[Marked]]


_checks: list[Checks] = []


def checks(source: Checks) -> Checks:
    """Register the source of short checks in the place of an earlier one."""
    _checks[:] = [source]
    return source


def check_source() -> Checks | None:
    """The source of short checks, or None where no app above has questions."""
    return _checks[0] if _checks else None


Practice = Callable[[int], str]
_practices: list[Practice] = []


def practises(source: Practice) -> Practice:
    """Decorator for `source(card_pk) -> address` where the questions of a card are practised, "" where it has none.

    One source; a later one takes the place of an earlier one. A few statements at most.
    """
    _practices[:] = [source]
    return source


def practice_of(card_pk: int) -> str:
    """Where the questions of a card are practised; "" where there are none, or nothing above has questions."""
    return _practices[0](card_pk) if _practices else ""
