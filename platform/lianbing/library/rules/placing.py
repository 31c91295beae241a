"""Where a parsed text belongs among the laws and editions that are there: pure decisions on slugs and dates."""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_markdown import LawText

RESERVED = frozenset({"handbook", "import", "cite"})
LONGEST_SLUG = 200
UNDATED = "undated"


@dataclass
class ShelfEdition:
    """An edition that is there already. A withdrawn one keeps its address and nothing else."""

    slug: str
    published_on: datetime.date | None
    sha256: str
    withdrawn: bool = False


@dataclass
class ShelfLaw:
    """A law that is there already. `pk` is None for one that this run would make (a dry run)."""

    slug: str
    pk: int | None = None
    editions: list[ShelfEdition] = field(default_factory=list)


@dataclass
class Shelf:
    """Everything there is, by title and subtitle; a run keeps it up to date as it goes."""

    laws: dict[tuple[str, str], ShelfLaw] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Place:
    """What to do with a text: nothing (`unchanged`), refuse it, or make an edition and perhaps its law."""

    law: ShelfLaw
    law_is_new: bool
    edition_slug: str
    unchanged: bool = False
    refusal: Finding | None = None


def place(shelf: Shelf, text: LawText, sha256: str) -> Place:
    """Decide, without changing the shelf.

    The same words again are unchanged. Other words for an edition that is there are refused: its
    articles may be cited, so the legal section withdraws the wrong one first.
    """
    law = shelf.laws.get((text.title, text.subtitle))
    if law is None:
        made = ShelfLaw(_free(law_slug(text.title, text.subtitle), shelf.slugs | RESERVED))
        return Place(made, True, edition_slug(text, set()))
    living = [edition for edition in law.editions if not edition.withdrawn]
    same = next((edition for edition in living if edition.sha256 == sha256), None)
    if same is not None:
        return Place(law, False, same.slug, unchanged=True)
    clash = next((e for e in living if e.published_on and e.published_on == text.published_on), None)
    if clash is not None:
        refusal = finding("other_text_of_edition", law=text.title, edition=clash.slug)
        return Place(law, False, clash.slug, refusal=refusal)
    return Place(law, False, edition_slug(text, {edition.slug for edition in law.editions}))


def put(shelf: Shelf, text: LawText, sha256: str, where: Place) -> None:
    """Note on the shelf that the text now stands at `where`."""
    if where.law_is_new:
        shelf.laws[text.title, text.subtitle] = where.law
        shelf.slugs.add(where.law.slug)
    where.law.editions.append(ShelfEdition(where.edition_slug, text.published_on, sha256))


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
