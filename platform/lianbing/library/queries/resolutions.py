"""What became of a citation."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.urls import reverse

from lianbing.library.models import Article, Law
from lianbing.library.rules import citations, places
from lianbing.library.rules.citations import Reference


@lru_cache(maxsize=2048)
def pieces_of(text: str) -> tuple[places.Piece, ...]:
    """The pieces of an article's text; a page asks for those of one article again and again."""
    return tuple(places.pieces(text))


class Problem(StrEnum):
    """Why a citation leads nowhere, or not quite where it says (PIECE)."""

    NOTHING = "nothing"
    NO_LAW = "no_law"
    UNKNOWN_LAW = "unknown_law"
    NO_ARTICLE = "no_article"
    NOT_IN_FORCE = "not_in_force"
    MISSING_ARTICLE = "missing_article"
    AMBIGUOUS = "ambiguous"
    PIECE = "piece"
    NO_PLACE = "no_place"


@dataclass(frozen=True)
class Resolution:
    """What a citation points at. Without an article, `reason` says why, in the reader's language; with
    one, it is empty or names the paragraph or item that the article does not have. `problem` is its code.

    `law` may be known where the article is not. `reference` is what was read, None where nothing was.
    `articles` are all of a range, `article` the first. `note` says what the reader should know although
    all is well: that the law goes on under another name. `doubtful`: the edition is a draft the legal
    section has not checked yet.
    """

    article: Article | None = None
    law: Law | None = None
    reason: str = ""
    reference: Reference | None = None
    problem: Problem | None = None
    articles: tuple[Article, ...] = ()
    note: str = ""

    @property
    def doubtful(self) -> bool:
        return self.article is not None and self.article.edition.is_draft

    @property
    def quote(self) -> str:
        """The words that are cited: one paragraph where the citation names one, else the whole article."""
        if self.article is None or self.reference is None:
            return ""
        return citations.quoted(self.article.text, self.reference)

    @property
    def anchor(self) -> str:
        """The name of the very piece inside its edition; of the article where it has no such piece."""
        if self.article is None:
            return ""
        place = self.reference.place if self.reference else None
        if place is None or not (place.paragraph or place.item):
            return self.article.anchor
        made = places.find(pieces_of(self.article.text), place.paragraph, place.item, place.subitem)
        return places.anchor(self.article.anchor, made[0]) if made else self.article.anchor

    @property
    def url(self) -> str:
        """The permanent address of the piece; of the law where no article was found; "" without either."""
        if self.article is not None:
            return f"{self.article.edition.get_absolute_url()}#{self.anchor}"
        return reverse("library:law", args=[self.law.slug]) if self.law is not None else ""
