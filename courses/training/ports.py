"""What the pieces of training, and the apps above it, tell the desk and one's own training page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from lianbing.people.rules import Actor, Role

Text = str | Promise


@dataclass(frozen=True)
class DeskLink:
    """A link on the trainers' desk (`desk`) or on one's own training page (`own`).

    Shown to whoever holds one of `roles`. `group` is one of GROUPS, `text` says in a few words what is
    found there, `icon` is the id of a symbol in kit/static/kit/icons.svg.
    """

    label: Text
    text: Text
    url_name: str
    roles: frozenset[Role]
    group: str = "classes"
    order: int = 50
    icon: str = "page"


@dataclass(frozen=True)
class Waiting:
    """Something that waits for whoever looks at the desk: a sentence with its number, and where to do it."""

    text: Text
    url: str
    urgent: bool = False


GROUPS = ("classes", "plans", "people", "records")
WaitingMaker = Callable[[Actor, datetime.datetime], list[Waiting]]
_desk: dict[str, DeskLink] = {}
_own: dict[str, DeskLink] = {}
_waiting: dict[str, tuple[int, WaitingMaker]] = {}


def desk(link: DeskLink) -> None:
    """Put a link on the desk of `/training/manage/`. Registering the same address again replaces it."""
    assert link.group in GROUPS
    _desk[link.url_name] = link


def own(link: DeskLink) -> None:
    """Put a link on everybody's `/training/`. Registering the same address again replaces it."""
    _own[link.url_name] = link


def waiting(order: int = 50) -> Callable[[WaitingMaker], WaitingMaker]:
    """Decorator: `fn(actor, at)` says what waits for this person on the desk. At most two statements each."""

    def register(make: WaitingMaker) -> WaitingMaker:
        _waiting[f"{make.__module__}.{make.__qualname__}"] = (order, make)
        return make

    return register


def desk_links(actor: Actor) -> list[DeskLink]:
    """The links of the desk for this person, by group and order."""
    return sorted(_seen(_desk, actor), key=lambda link: (GROUPS.index(link.group), link.order))


def own_links(actor: Actor) -> list[DeskLink]:
    """The links of one's own training page, by order."""
    return sorted(_seen(_own, actor), key=lambda link: link.order)


def all_waiting(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """Everything that waits for this person, what is urgent first, else in the order of the makers."""
    makers = sorted(_waiting.values(), key=lambda pair: (pair[0], pair[1].__module__))
    found = [one for _order, make in makers for one in make(actor, at)]
    return sorted(found, key=lambda one: not one.urgent)


def _seen(links: dict[str, DeskLink], actor: Actor) -> list[DeskLink]:
    return [link for link in links.values() if actor.has(*link.roles)]


@dataclass(frozen=True)
class FileEntry:
    """One line of a personal training file (一人一档).

    `kind` is one of FILE_KINDS. `hours` counts towards the total of the file, so each hour of the ledger
    stands in exactly one entry. `score` is written out ("86/100"). `note` says the state, and for a
    correction what stood before and what stands now. `url` "" = no page of its own; `opens` gives the page
    that depends on who reads, "" where they may not open it. `seen_by` says of a reader whether they see the
    entry at all; None = whoever may open the file.
    """

    on: datetime.date
    kind: str
    title: str
    hours: Decimal | None = None
    score: str = ""
    note: str = ""
    url: str = ""
    opens: Callable[[Actor], str] | None = None
    seen_by: Callable[[Actor], bool] | None = None

    def shown_to(self, reader: Actor | None) -> bool:
        """Whether this reader sees the entry; without a reader what not everybody sees is left out."""
        return self.seen_by is None or (reader is not None and self.seen_by(reader))

    def url_for(self, actor: Actor) -> str:
        """Where this reader may look at what stands behind the entry; "" where nowhere."""
        return self.url or (self.opens(actor) if self.opens else "")


FILE_KINDS = (
    "class",
    "session",
    "course",
    "exam",
    "contest",
    "external",
    "hours",
    "correction",
    "nomination",
    "certificate",
    "record",
    "duty",
    "post",
)
FileSection = Callable[[list[int], datetime.date | None], list[FileEntry]]
_sections: dict[str, tuple[int, FileSection]] = {}


def file_section(name: str, order: int = 50) -> Callable[[FileSection], FileSection]:
    """Decorator: `fn(officer_pks, as_of)` gives the entries of one person, known under these records.

    `as_of`: what had been recorded by the end of that day (None = everything). What is not released yet
    and what was only a rehearsal stays out. A constant number of statements.
    """

    def register(make: FileSection) -> FileSection:
        _sections[name] = (order, make)
        return make

    return register


def file_entries(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """Everything the sections tell of one person, in the order of the days."""
    found = [
        entry
        for _order, make in sorted(_sections.values(), key=lambda pair: pair[0])
        for entry in make(officer_pks, as_of)
    ]
    return sorted(found, key=lambda entry: (entry.on, FILE_KINDS.index(entry.kind)))
