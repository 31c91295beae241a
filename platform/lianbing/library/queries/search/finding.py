"""The answer in the order people read it, under filters, a page at a time.

First the article at the address that was asked for. Then what is in force before what is to come, was amended
or repealed; titles of laws before articles of laws so titled, headings, texts; then how well a text answers.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from lianbing.library import ports
from lianbing.library.models import Article, SearchedEdition, SearchEntry, Synonym
from lianbing.library.models.search import article_of
from lianbing.library.queries.search import asking
from lianbing.library.queries.search.asking import Answer, Question
from lianbing.library.queries.search.catalogue import (
    CURRENT,
    LEVELS,
    ORDER,
    Catalogue,
    Row,
    Standing,
    catalogue,
)
from lianbing.library.rules import search_ranking, search_words
from lianbing.library.rules.search_words import Box, Groups
from lianbing.library.rules.validity import Validity

# How many of the likeliest hits are read to put them in order; more would read half the library.
READ = 200
EVERY = "all"
ENTRY_ORDER = len(LEVELS)


@dataclass(frozen=True)
class Filters:
    """What may be shown. Empty means no limit; an empty `status` means what holds on the day.

    `level` is a level of laws or the name of another source; the days are those of publication.
    """

    level: str = ""
    body: str = ""
    published_from: datetime.date | None = None
    published_to: datetime.date | None = None
    status: str = ""


@dataclass(frozen=True)
class Text:
    """An article as a hit shows it."""

    label: str
    anchor: str
    text: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """One line of the answer: a law by its title (`article` None), an article, or an `entry`.

    `holds`: this is the edition of its law that holds on the day. `exact`: the address asked for.
    """

    edition: Row | None = None
    article: Text | None = None
    entry: SearchEntry | None = None
    validity: Validity = Validity.IN_FORCE
    holds: bool = True
    exact: bool = False


@dataclass
class Found:
    """What a search found. `rows` are in order; `counts` says how many each filter value would show.

    `elsewhere`: how many there would be under another status. `waiting`: editions the index has not yet.
    `same` lists what was looked for as well because the legal section says it means the same.
    """

    box: Box
    question: Question
    on: datetime.date
    filters: Filters
    rows: list[int] = field(default_factory=list)
    exact: frozenset[int] = frozenset()
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    elsewhere: int = 0
    waiting: int = 0
    same: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    catalogue: Catalogue | None = None
    entries: dict[int, SearchEntry] = field(default_factory=dict)

    @property
    def relaxed(self) -> bool:
        """Whether nothing answered what was asked, and this answers something weaker."""
        return bool(self.question.read_as or len(self.question.left_out) > len(self.box.left_out))

    def hits(self, rows: Iterable[int]) -> list[Hit]:
        """These rows in full. One statement."""
        rows = list(rows)
        if self.catalogue is None:
            return []
        standing = self.catalogue.standing(self.on)
        texts = _texts([row for row in rows if row > 0])
        return [self._hit(row, self.catalogue, standing, texts) for row in rows]

    def _hit(self, row: int, held: Catalogue, standing: Standing, texts: Mapping[int, Text]) -> Hit:
        if row < 0:
            return Hit(entry=self.entries[row])
        edition, _position = article_of(row)
        return Hit(
            edition=held.rows[edition],
            article=texts.get(row),
            validity=standing.validity[edition],
            holds=edition in standing.current,
            exact=row in self.exact,
        )


def groups() -> Groups:
    """The synonyms as the legal section keeps them. One statement."""
    made: defaultdict[int, list[str]] = defaultdict(list)
    for group, word in Synonym.objects.order_by("pk").values_list("group_id", "word"):
        made[group].append(word)
    return list(made.values())


def search(text: str, *, on: datetime.date, filters: Filters | None = None, synonyms: bool = True) -> Found:
    """Find what the box asks for as the law stands on a day. Any text will do; none fails.

    `synonyms` False looks for the words as they are written and nothing else.
    """
    filters = filters or Filters()
    box = search_words.read(text)
    same = groups() if synonyms and box.words else []
    question = asking.question_of(box, same)
    found = Found(box, question, on, filters)
    if box.empty:
        return found
    held = found.catalogue = catalogue()
    found.waiting = max(0, held.stored - SearchedEdition.objects.count())
    answer = asking.ask(question, held)
    if not answer:
        answer = asking.relaxed(question, held, same)
    found.question = answer.question
    found.same = _same(answer.question)
    _narrow(found, answer, held)
    return found


def _same(question: Question) -> list[tuple[str, tuple[str, ...]]]:
    """Words with what counts as the same, numbers in the other script left out."""
    pairs = [
        (word[0], tuple(w for w in word[1:] if w not in search_words.spellings(word[0])))
        for word in question.words
    ]
    return [pair for pair in pairs if pair[1]]


class _Sieve:
    """Whether rows pass the filters, told once for an edition or a source, with a count for each value."""

    def __init__(self, held: Catalogue, standing: Standing, filters: Filters) -> None:
        self.held, self.standing, self.filters = held, standing, filters
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in ("level", "body", "status")}
        self.elsewhere = 0

    def edition(self, pk: int, number: int) -> bool:
        """Count `number` rows of an edition; whether they are shown."""
        row = self.held.rows.get(pk)
        if row is None:
            return False
        status = CURRENT if pk in self.standing.current else str(self.standing.validity[pk])
        return self._passes(row.level, row.issuing_body, status, row.published_on, number)

    def entry(self, entry: SearchEntry) -> bool:
        """Count an entry; whether it is shown."""
        return self._passes(entry.source, "", CURRENT, entry.dated, 1)

    def _passes(self, level: str, body: str, status: str, day: datetime.date | None, number: int) -> bool:
        wanted = self.filters
        first, last = wanted.published_from, wanted.published_to
        if (first and (day is None or day < first)) or (last and (day is None or day > last)):
            return False
        fits = {
            "level": wanted.level in ("", level),
            "body": wanted.body in ("", body),
            "status": wanted.status == EVERY or (wanted.status or CURRENT) == status,
        }
        for name, value in (("level", level), ("body", body), ("status", status)):
            if value and all(fit for other, fit in fits.items() if other != name):
                self.counts[name][value] += number
        if not fits["status"] and fits["level"] and fits["body"]:
            self.elsewhere += number
        return all(fits.values())


def _narrow(found: Found, answer: Answer, held: Catalogue) -> None:
    """Leave what passes the filters, count the rest, and put it in order."""
    everything = answer.everything
    standing = held.standing(found.on)
    entries = SearchEntry.objects.in_bulk([-row for row in everything if row < 0])
    names = {source.name for source in ports.searchables()}
    found.entries = {-pk: entry for pk, entry in entries.items() if entry.source in names}
    per_edition = Counter(row >> 20 for row in everything if row > 0)
    sieve = _Sieve(held, standing, found.filters)
    shown = {pk for pk, number in per_edition.items() if sieve.edition(pk, number)}
    shown_entries = {row for row, entry in found.entries.items() if sieve.entry(entry)}
    found.counts, found.elsewhere = sieve.counts, sieve.elsewhere
    rows = [row for row in everything if (row >> 20 in shown if row > 0 else row in shown_entries)]
    found.exact = frozenset(answer.exact).intersection(rows)
    found.rows = _Order(found, answer, held, standing, per_edition).sort(rows)


class _Order:
    """Puts rows in order: roughly by what is known of all of them, then the first by their texts.

    A rough place is one number, made of what decides from left to right, for there may be 40,000 rows:
    address or not, the law of that very name or not, current or not, validity, tier, edition, position.
    """

    def __init__(
        self, found: Found, answer: Answer, held: Catalogue, standing: Standing, per_edition: Counter[int]
    ) -> None:
        self.found, self.answer, self.held, self.per_edition = found, answer, held, per_edition
        question = answer.question
        self.words = question.words
        self.wanted = frozenset(question.names).union(*question.words)
        self.before = {
            pk: (pk not in standing.current) << 3 | ORDER[standing.validity[pk]]
            for pk in per_edition
            if pk in held.rows
        }
        ranked = sorted(self.before, key=lambda pk: (-per_edition[pk], self._level(pk), pk))
        self.place = {pk: place for place, pk in enumerate(ranked)}

    def sort(self, rows: list[int]) -> list[int]:
        rough = sorted(rows, key=self._rough)
        first = rough[:READ]
        texts = _texts([row for row in first if row > 0 and row & 0xFFFFF])
        return sorted(first, key=lambda row: self._fine(row, texts)) + rough[READ:]

    def _level(self, edition: int) -> int:
        return LEVELS.get(self.held.rows[edition].level, ENTRY_ORDER)

    def _tier(self, row: int) -> int:
        """Titles 0 to 1, scoped 2, headings 3, texts 4."""
        headings = self.answer.headings
        if row in headings:
            if row < 0:
                return 1
            tier = 3 if row - 1 not in headings else 4
        else:
            tier = 4
        if row in self.answer.scoped:
            return 2
        if row > 0 and not row & 0xFFFFF:
            return 0 if self._named(row) else 1
        return tier

    def _named(self, row: int) -> bool:
        """Whether the law goes by exactly the words that were asked for."""
        return not self.wanted.isdisjoint(self.held.rows[row >> 20].names)

    def _first(self, row: int) -> int:
        """What goes before the tier: the address that was asked for, and how the edition stands."""
        if row < 0:
            return 0b11_0000
        exact = row in self.found.exact
        before = 0b11_0000 if not exact else 0b01_0000 if not self._named(row) else 0
        return before | self.before[row >> 20]

    def _rough(self, row: int) -> int:
        place = self.place[row >> 20] << 20 | row & 0xFFFFF if row > 0 else 1 << 52 | -row
        return (self._first(row) << 3 | self._tier(row)) << 60 | place

    def _fine(self, row: int, texts: Mapping[int, Text]) -> tuple[float, ...]:
        first, tier = self._first(row), self._tier(row)
        if row < 0:
            return first, tier, -search_ranking.score(self.found.entries[row].text, self.words), row
        text = texts.get(row)
        if text is None:
            return first, tier, self._title_score(self.held.rows[row >> 20]), row
        value = search_ranking.score(text.text, self.words)
        if tier in (3, 4):
            in_heading = any(search_ranking.holds("\n".join(text.headings), word) for word in self.words)
            tier = self._by_text(row, value, in_heading)
        value += 0.1 * min(5.0, self.per_edition[row >> 20] ** 0.5) - 0.4 * self._level(row >> 20)
        return first, tier, -value, row

    def _by_text(self, row: int, value: float, in_heading: bool) -> int:
        """In a heading and in the text, or the first under its heading: 3; text 4; elsewhere under it 5."""
        if in_heading and (value > 0 or row - 1 not in self.answer.headings):
            return 3
        return 4 if value > 0 else 5

    def _title_score(self, edition: Row) -> float:
        """The fuller a title is of the words, the earlier; then the higher level, then the newer."""
        asked = sum(len(word[0]) for word in self.words) + sum(map(len, self.answer.question.names))
        newest = edition.published_on.toordinal() if edition.published_on else 0
        return len(edition.shortest) - asked + LEVELS.get(edition.level, 0) - newest / 1_000_000


_TEXTS = (
    "SELECT a.edition_id, a.position, a.label, a.anchor, a.text, a.part, a.chapter, a.section "
    f"FROM (VALUES {{}}) AS wanted JOIN {Article._meta.db_table} a "
    "ON a.edition_id = wanted.column1 AND a.position = wanted.column2"
)


def _texts(rows: list[int]) -> dict[int, Text]:
    """The articles of these rows. One statement, by the unique place of each."""
    if not rows:
        return {}
    values = [value for row in rows for value in article_of(row)]
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS.format(", ".join(["(%s, %s)"] * len(rows))), values)
        return {
            (edition << 20) | position: Text(label, anchor, text, tuple(h for h in headings if h))
            for edition, position, label, anchor, text, *headings in cursor.fetchall()
        }
