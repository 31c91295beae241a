"""Text with its citations as links to the articles they mean. Every piece of text is escaped here.

One `Linker` serves a page: `prepare` reads what all its texts cite in a number of statements that does not
grow with them, then each text is linked without any.
"""

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

from lianbing.library.models import Article, HandbookEntry, LawEdition
from lianbing.library.queries import CitationResolver, Inside, LawLine, Problem, Resolution
from lianbing.library.queries.resolutions import pieces_of
from lianbing.library.queries.timelines import Joined
from lianbing.library.rules import citations, places
from lianbing.library.rules.citations import Here, Reference

FIRST_WORDS = 60
TEXTS_KEPT = 4096
TAG = re.compile(r"(<[^>]*>)")
NUMBERS = re.compile(r"art-(\d+)(?:-(\d+))?")
# What a text may well say without meaning an article: nothing for the legal section to look into.
SILENT = frozenset({Problem.NO_ARTICLE, Problem.NO_PLACE, Problem.NO_LAW})
# position, label, anchor, text: as the reader reads the articles of its edition
Row = tuple[int, str, str, str]


@lru_cache(maxsize=TEXTS_KEPT)
def _references(text: str, known: tuple[tuple[str, str], ...]) -> tuple[Reference, ...]:
    """The references of a text. Articles never change, so a law is read once and then remembered."""
    return tuple(citations.find(text, dict(known)))


class Linker:
    """Links the texts of one page to the articles that held on `on`.

    `staff` sees a mark, with the reason, on what leads nowhere; others see plain text there. `page` is the
    edition whose text the page shows (its primary key): links into it stay on the page. `keep` is the
    query that keeps the day asked for on the way to another law.
    """

    def __init__(
        self,
        on: datetime.date,
        *,
        inside: Inside | None = None,
        staff: bool = False,
        page: int | None = None,
        keep: str = "",
    ) -> None:
        self.resolver = CitationResolver(on, inside)
        self.staff = staff
        self.page = page
        self.keep = keep
        self.known = tuple(sorted(inside.known.items())) if inside else ()

    def prepare(self, texts: Iterable[str]) -> "Linker":
        """Read what these texts cite, in a few statements; texts of Wagtail's editor may hold tags."""
        found = [reference for text in texts for reference in _references(text, self.known)]
        self.resolver.prepare_references(found)
        return self

    def line(self, text: str, here: Here | None = None) -> str:
        """The text escaped, with links. `here` is the article and 款 it stands in, for 前款."""
        out, position = "", 0
        for reference in _references(text, self.known):
            found = self.resolver.resolve_reference(reference, here)
            exact = found.reference or reference
            start = max(exact.start, position)
            out += escape(text[position:start]) + self._piece(text[start : reference.end], found)
            position = max(reference.end, position)
        return out + escape(text[position:])

    def resolutions(self, text: str, here: Here | None = None) -> list[Resolution]:
        """What became of each citation of a text, in order."""
        found = _references(text, self.known)
        return [self.resolver.resolve_reference(reference, here) for reference in found]

    def text(self, text: str) -> SafeString:
        """Several lines, as `linebreaksbr` shows them."""
        return mark_safe("<br>".join(self.line(line) for line in text.split("\n")))

    def markup(self, html: str) -> SafeString:
        """Safe HTML of the editor with links in its text; what is a link already stays as it is."""
        out, in_link = [], 0
        for piece in TAG.split(html):
            if piece.startswith("<"):
                in_link += piece.startswith("<a ") - (piece == "</a>")
                out.append(piece)
            else:
                out.append(piece if in_link else self.line(unescape(piece)))
        return mark_safe("".join(out))

    def _piece(self, words: str, found: Resolution) -> str:
        url = self._url(found)
        if url and (found.article is not None or found.problem is Problem.NO_ARTICLE):
            title = _title(found)
            hint = f' title="{escape(title)}"' if title else ""
            return f'<a class="law-link" href="{escape(url)}"{hint}>{escape(words)}</a>'
        if self.staff and leads_nowhere(found):
            return f'<span class="law-nowhere" title="{escape(found.reason)}">{escape(words)}</span>'
        return str(escape(words))

    def _url(self, found: Resolution) -> str:
        if found.article is not None and found.article.edition_id == self.page:
            return f"#{found.anchor}"
        address, mark, anchor = found.url.partition("#")
        return f"{address}{self.keep}{mark}{anchor}" if address else ""


def leads_nowhere(found: Resolution) -> bool:
    """Whether somebody should look into it. A name in 《》 without an article may be a book or a form."""
    reference = found.reference
    names_place = reference is not None and bool(reference.number or reference.relative)
    return found.problem is not None and found.problem not in SILENT and names_place


def _title(found: Resolution) -> str:
    """The first words of what is cited, and what the reader should know about it."""
    if found.article is None:
        return ""
    words = found.article.text.replace("\n", " ")
    place = found.reference.place if found.reference else None
    if place is not None and (place.paragraph or place.item):
        made = pieces_of(found.article.text)
        pieces = places.find(made, place.paragraph, place.item, place.subitem)
        words = pieces[0].text if pieces else words
    words = words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}…"
    label = found.article.label
    if found.note or found.reason:
        return f"{label} {words} ({found.note or found.reason})"
    return f"{label} {words}"


def linker_inside(
    edition: LawEdition,
    rows: Iterable[Row],
    on: datetime.date,
    *,
    preamble: str = "",
    staff: bool = False,
    keep: str = "",
    joined: Joined | None = None,
) -> Linker:
    """A linker for the page of an edition, prepared for all of it. `rows` are all its articles in order."""
    rows = list(rows)
    known: dict[str, str] = {}
    for text in [preamble, *(text for _position, _label, _anchor, text in rows)]:
        if "简称" in text or "下称" in text:
            known |= citations.names_defined(text)
    inside = Inside(edition, (_article(edition, row) for row in rows), known, joined)
    linker = Linker(on, inside=inside, staff=staff, page=edition.pk, keep=keep)
    lines = [line for row in rows for line in row[3].split("\n")]
    return linker.prepare([*preamble.split("\n"), *lines])


def day_of(line: LawLine, edition: LawEdition, today: datetime.date) -> datetime.date:
    """The day as of which the citations in an edition are read: today, else its last or its first day."""
    period = next((p for p in line.timeline.periods if p.span.key == edition.pk), None)
    if period is None or period.empty:
        return today
    if period.end is not None and period.end <= today:
        return period.end - datetime.timedelta(days=1)
    return max(today, period.start or today)


def _article(edition: LawEdition, row: Row) -> Article:
    """An article of which only what a link needs is known."""
    position, label, anchor, text = row
    match = NUMBERS.match(anchor)
    number, suffix = (int(part or 0) for part in match.groups()) if match else (0, 0)
    return Article(
        edition=edition,
        position=position,
        number=number,
        suffix=suffix,
        label=label,
        anchor=anchor,
        text=text,
    )


def here_of(anchor: str, piece: places.Piece) -> Here:
    """Where a line of an article stands."""
    match = NUMBERS.match(anchor)
    number, suffix = (int(part or 0) for part in match.groups()) if match else (0, 0)
    return Here(number, suffix, piece.paragraph, piece.item)


def texts_of(entry: HandbookEntry) -> list[str]:
    """The texts of a handbook entry as the linker reads them: citations as written, the rest line by line."""
    found: list[str] = []
    for block in entry.body:
        if block.block_type == "article":
            found.append(block.value["citation"])
        else:
            found += [unescape(piece) for piece in TAG.split(str(block.value)) if not piece.startswith("<")]
    return found


def linked(
    text: str,
    *,
    on: datetime.date,
    inside: Inside | None = None,
    here: Here | None = None,
    staff: bool = False,
) -> SafeString:
    """One text with links. A page with several texts makes one `Linker` and prepares it for all of them."""
    linker = Linker(on, inside=inside, staff=staff).prepare([text])
    return mark_safe("<br>".join(linker.line(line, here) for line in text.split("\n")))
