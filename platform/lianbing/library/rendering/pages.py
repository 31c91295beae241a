"""The text of an edition on its page, with its links; of long editions kept until something about laws changes."""

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lianbing.library.models import LawEdition
from lianbing.library.queries.timelines import Joined
from lianbing.library.rendering import reader
from lianbing.library.rendering.links import linker_inside

# Raise when what the reader makes of a text changes.
VERSION = 1
SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Page:
    """What the text on a page depends on: the edition (`queries.with_stamp`), the day its citations are read
    on, whether the reader belongs to the legal section, and the query that keeps a day asked for."""

    edition: LawEdition
    on: datetime.date
    staff: bool
    keep: str
    joined: Joined | None = None

    def text(self) -> tuple[SafeString, SafeString]:
        """The text and its list of contents as HTML.

        Linking the citations of five hundred articles costs more than the page may; short texts do not, and
        a bureau's whole library would not fit into the cache.
        """
        if self.edition.article_count <= reader.LONG:
            return self._made()
        found: tuple[str, str] | None = cache.get(self._key)
        if found is None:
            found = self._made()
            cache.set(self._key, (str(found[0]), str(found[1])), SECONDS)
        return mark_safe(found[0]), mark_safe(found[1])

    @property
    def _key(self) -> str:
        about = self.edition
        stamp = about.stamp  # type: ignore[attr-defined]  # annotated
        who = "staff" if self.staff else "all"
        return f"library-page-{VERSION}-{about.pk}-{about.sha256}-{stamp}-{self.on}-{who}-{self.keep}-{get_language()}"

    def _made(self) -> tuple[SafeString, SafeString]:
        edition = self.edition
        rows = edition.articles.order_by("position").values_list("position", "label", "anchor", "text")
        articles = list(rows)
        linker = linker_inside(
            edition,
            articles,
            self.on,
            preamble=edition.preamble,
            staff=self.staff,
            keep=self.keep,
            joined=self.joined,
        )
        body = reader.body(edition.headings, articles, edition.preamble, linker)
        return body, reader.contents(edition.headings, articles)
