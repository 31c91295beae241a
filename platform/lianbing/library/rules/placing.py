"""Where a parsed text belongs among the laws and editions that are there: pure decisions on slugs and dates."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lianbing.library.rules import law_names, law_words
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_tree import LawText

RESERVED = frozenset(
    {
        "cards",
        "cases",
        "citations",
        "circulations",
        "cite",
        "compilations",
        "documents",
        "doubtful",
        "drafts",
        "handbook",
        "import",
        "reading",
        "repeals",
        "search",
        "synonyms",
    }
)
LONGEST_SLUG = 200
UNDATED = "undated"
Words = Callable[[int], dict[str, str]]


@dataclass
class ShelfEdition:
    """An edition that is there already. A withdrawn one keeps its address and nothing else. `words` is the
    fingerprint of its articles, empty until somebody asks; `articles` are those of one that is not stored."""

    slug: str
    published_on: datetime.date | None
    sha256: str
    withdrawn: bool = False
    effective_on: datetime.date | None = None
    words: str = ""
    articles: Sequence[law_words.Worded] = ()


@dataclass
class ShelfLaw:
    """A law that is there already. `pk` is None for one that this run would make (a dry run)."""

    slug: str
    pk: int | None = None
    editions: list[ShelfEdition] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""


@dataclass
class Shelf:
    """Everything there is, by title and subtitle; a run keeps it up to date as it goes.

    `words` gives the fingerprints of the editions of a law that is stored, by the slug of the edition.
    """

    laws: dict[tuple[str, str], ShelfLaw] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    words: Words = field(default=lambda pk: {})
    _by_name: dict[tuple[str, str], list[ShelfLaw]] | None = None

    def named(self, title: str, subtitle: str) -> list[ShelfLaw]:
        """The laws this title may mean: the one of just this title, else those of the same name without the
        state, a trial or the mark of an edition."""
        exact = self.laws.get((title, subtitle))
        if exact is not None:
            return [exact]
        if self._by_name is None:
            self._by_name = {}
            for (known, part), law in self.laws.items():
                self._by_name.setdefault((law_names.key(known), part), []).append(law)
        return self._by_name.get((law_names.key(title), subtitle), [])

    def add(self, title: str, subtitle: str, law: ShelfLaw) -> None:
        """Put a law on the shelf."""
        law.title, law.subtitle = title, subtitle
        self.laws[title, subtitle] = law
        self.slugs.add(law.slug)
        if self._by_name is not None:
            self._by_name.setdefault((law_names.key(title), subtitle), []).append(law)


@dataclass(frozen=True)
class Place:
    """What to do with a text: nothing (`unchanged`), refuse it, or make an edition and perhaps its law.

    `doubts` are about its neighbours. `other_source`: unchanged in its words, but not the same file.
    """

    law: ShelfLaw
    law_is_new: bool
    edition_slug: str
    unchanged: bool = False
    refusal: Finding | None = None
    doubts: tuple[Finding, ...] = ()
    other_source: bool = False


def place(shelf: Shelf, text: LawText, sha256: str) -> Place:
    """Decide, without changing the shelf.

    The same words again are unchanged, whatever file they come in. Other words for an edition that is
    there are refused: its articles may be cited, so the legal section withdraws the wrong one first.
    """
    found = shelf.named(text.title, text.subtitle)
    if not found:
        return _new_law(shelf, text)
    law = found[0]
    if len(found) > 1:
        refusal = finding("several_laws", laws=[known.title for known in found])
        return Place(law, False, "", refusal=refusal)
    living = [edition for edition in law.editions if not edition.withdrawn]
    same = next((edition for edition in living if edition.sha256 == sha256), None)
    if same is not None:
        return Place(law, False, same.slug, unchanged=True)
    alike = _same_words(shelf, law, living, text)
    again = next((e for e in alike if _may_be_one(e.published_on, text.published_on)), None)
    if again is not None:
        return Place(law, False, again.slug, unchanged=True, other_source=True)
    clash = next((e for e in living if e.published_on and e.published_on == text.published_on), None)
    if clash is not None:
        refusal = finding("other_text_of_edition", law=law.title or text.title, edition=clash.slug)
        return Place(law, False, clash.slug, refusal=refusal)
    slug = edition_slug(text, {edition.slug for edition in law.editions})
    return Place(law, False, slug, doubts=tuple(_neighbours(law, living, alike, text)))


def _new_law(shelf: Shelf, text: LawText) -> Place:
    wanted = law_slug(text.title, text.subtitle)
    slug = _free(wanted, shelf.slugs | RESERVED)
    doubts = () if slug == wanted or wanted in RESERVED else (finding("slug_taken", slug=wanted),)
    return Place(ShelfLaw(slug), True, edition_slug(text, set()), doubts=doubts)


def _may_be_one(a: datetime.date | None, b: datetime.date | None) -> bool:
    return a is None or b is None or a == b


def _same_words(shelf: Shelf, law: ShelfLaw, living: list[ShelfEdition], text: LawText) -> list[ShelfEdition]:
    """The editions whose articles have the words of the text."""
    if law.pk is not None and any(not edition.words for edition in living):
        known = shelf.words(law.pk)
        for edition in living:
            edition.words = edition.words or known.get(edition.slug, "")
    wanted = words_of(text)
    return [edition for edition in living if edition.words == wanted]


def words_of(text: LawText) -> str:
    """The fingerprint of a parsed text."""
    return law_words.fingerprint(worded(text))


def worded(text: LawText) -> list[law_words.Worded]:
    """The articles of a parsed text as they are compared."""
    return [(a.number, a.suffix, a.text) for a in text.articles]


def _neighbours(
    law: ShelfLaw, living: list[ShelfEdition], alike: list[ShelfEdition], text: LawText
) -> Iterable[Finding]:
    """What is doubtful about a further edition beside those that are there."""
    if law.title and law_words.folded(law.title) != law_words.folded(text.title):
        yield finding("other_title", title=text.title, law=law.title)
    if alike:
        yield finding("same_words", edition=alike[0].slug)
    for edition in living:
        if not (text.effective_on and edition.effective_on and text.published_on and edition.published_on):
            continue
        later = text.published_on > edition.published_on
        if text.effective_on == edition.effective_on:
            yield finding("same_effective_day", edition=edition.slug, date=str(text.effective_on))
        elif later != (text.effective_on > edition.effective_on):
            yield finding("effective_out_of_order", edition=edition.slug, date=str(edition.effective_on))


def put(shelf: Shelf, text: LawText, sha256: str, where: Place, *, stored: bool = False) -> None:
    """Note on the shelf that the text now stands at `where`.

    The words of a `stored` one are read again should another edition of its law ever come: few laws have one.
    """
    if where.law_is_new:
        shelf.add(text.title, text.subtitle, where.law)
    where.law.editions.append(
        ShelfEdition(
            where.edition_slug,
            text.published_on,
            sha256,
            effective_on=text.effective_on,
            words="" if stored else words_of(text),
            articles=() if stored else worded(text),
        )
    )


def law_slug(title: str, subtitle: str = "") -> str:
    """The address of a law: its title without brackets, blanks and punctuation."""
    words = unicodedata.normalize("NFKC", f"{title}-{subtitle}" if subtitle else title)
    kept = re.sub(r"[^\w-]+", "", words).strip("-_").lower()
    return kept[:LONGEST_SLUG] or "law"


def edition_slug(text: LawText, taken: set[str]) -> str:
    """The address of an edition: its day of publication, else of coming into force, else "undated"."""
    day = text.published_on or text.effective_on
    return _free(day.isoformat() if day else UNDATED, taken)


def _free(wanted: str, taken: set[str] | frozenset[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
