"""All editions at a glance: titles, dates and how each stands on a day, kept in memory between searches.

Kept only as long as the database says the same: every search reads the few columns all this follows from
(one covering index) and makes the catalogue anew when one of them has changed. So nobody needs to tell it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from lianbing.kit import bigrams
from lianbing.library.models import Law, LawEdition
from lianbing.library.rules import law_header, validity
from lianbing.library.rules.validity import Span, Validity

DAYS_KEPT = 8
# What is shown unless somebody asks for something else: the edition of every law that holds on the day.
CURRENT = "current"
ORDER = {
    Validity.IN_FORCE: 0,
    Validity.PENDING: 1,
    Validity.AMENDED: 2,
    Validity.REPEALED: 3,
    Validity.UNKNOWN: 4,
}
LEVELS = {level: place for place, level in enumerate(Law.Level.values)}


@dataclass(frozen=True)
class Row:
    """An edition as the search knows it. `title` for people, `folded` and `short` for comparing."""

    pk: int
    law_pk: int
    law_slug: str
    slug: str
    title: str
    short_title: str
    level: str
    issuing_body: str
    document_number: str
    status: str
    published_on: datetime.date | None
    effective_on: datetime.date | None
    effective_to: datetime.date | None

    @cached_property
    def folded(self) -> str:
        """Title and document number without what is no letter, as words are looked for in it."""
        return _letters(f"{self.title}") + " " + _letters(self.document_number)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every full name it goes by: of the law, of its part, without 中华人民共和国."""
        return frozenset(
            _letters(name) for name in (self.title, self.short_title, law_header.short(self.title))
        )

    @cached_property
    def shortest(self) -> str:
        return min(self.names, key=len)


def _letters(text: str) -> str:
    return "".join(bigrams.runs(text))


@dataclass
class Standing:
    """How every edition stands on one day."""

    validity: dict[int, Validity]
    current: frozenset[int]


@dataclass
class Catalogue:
    """Every edition that was not withdrawn, by primary key; `stored` counts the withdrawn ones too."""

    rows: dict[int, Row]
    chains: list[list[Row]]
    stored: int
    _days: dict[datetime.date, Standing] = field(default_factory=dict)

    def standing(self, on: datetime.date) -> Standing:
        """How the editions stand on a day: the rules of time, asked once a day."""
        known = self._days.get(on)
        if known is None:
            known = self._standing(on)
            kept = dict(list(self._days.items())[1 - DAYS_KEPT :])
            self._days = {**kept, on: known}
        return known

    def _standing(self, on: datetime.date) -> Standing:
        how: dict[int, Validity] = {}
        current: set[int] = set()
        for chain in self.chains:
            line = validity.timeline(_span(row) for row in chain)
            how.update(line.validity(on))  # type: ignore[arg-type]  # the keys are primary keys
            holder = line.holder(on)
            if isinstance(holder, int):
                current.add(holder)
        return Standing(how, frozenset(current))

    def titled(self, words: Iterable[str]) -> frozenset[int]:
        """Editions whose title or document number holds one of these words."""
        wanted = [folded for word in words if (folded := _letters(word))]
        return frozenset(pk for pk, row in self.rows.items() if any(word in row.folded for word in wanted))

    def is_name(self, word: str) -> bool:
        """Whether a law goes by exactly this name."""
        return _letters(word) in self.every_name

    @cached_property
    def every_name(self) -> frozenset[str]:
        """All names of laws, to find one at the beginning of a long word."""
        return frozenset(name for row in self.rows.values() for name in row.names if len(name) > 1)


def _span(row: Row) -> Span:
    return Span(row.pk, row.effective_on, row.effective_to, row.published_on, row.pk)


_EDITIONS = (
    "SELECT law_id, status, published_on, effective_on, effective_to, slug, issuing_body, document_number, id "
    f"FROM {LawEdition._meta.db_table}"
)
_LAWS = f"SELECT id, title, subtitle, short_title, slug, level, continues_id FROM {Law._meta.db_table} ORDER BY id"
_kept: dict[str, tuple[int, Catalogue]] = {}


def catalogue() -> Catalogue:
    """The catalogue as the database stands now. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS)
        # Ordered here: SQLite would leave the index for an order of its own and read every long text.
        editions = sorted(cursor.fetchall(), key=lambda edition: edition[-1])
        cursor.execute(_LAWS)
        laws = cursor.fetchall()
    stamp = hash((tuple(editions), tuple(laws)))
    kept = _kept.get("catalogue")
    if kept is None or kept[0] != stamp:
        kept = stamp, _made(editions, laws)
        _kept["catalogue"] = kept
    return kept[1]


def _made(editions: list[tuple], laws: list[tuple]) -> Catalogue:
    by_law = {law[0]: law for law in laws}
    rows: dict[int, Row] = {}
    for law_pk, status, published, effective, ends, slug, body, number, pk in editions:
        if status != LawEdition.Status.WITHDRAWN:
            _pk, title, subtitle, short, law_slug, level, _continues = by_law[law_pk]
            rows[pk] = Row(
                pk,
                law_pk,
                law_slug,
                slug,
                f"{title} {subtitle}".strip(),
                f"{short} {subtitle}".strip(),
                level,
                body,
                number,
                status,
                _day(published),
                _day(effective),
                _day(ends),
            )
    return Catalogue(rows, _chains(rows, {law[0]: law[6] for law in laws}), len(editions))


def _day(value: str | datetime.date | None) -> datetime.date | None:
    """A day as SQLite (a text) or PostgreSQL gives it."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _chains(rows: dict[int, Row], continues: dict[int, int | None]) -> list[list[Row]]:
    """The editions of every law, those of laws that go on under a new name together."""

    def first(law: int) -> int:
        seen = {law}
        while (older := continues.get(law)) is not None and older not in seen:
            seen.add(older)
            law = older
        return law

    chains: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        chains[first(row.law_pk)].append(row)
    return list(chains.values())
