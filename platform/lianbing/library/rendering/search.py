"""Hits as the page shows them: every text escaped, what was looked for marked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from lianbing.library import ports
from lianbing.library.models import Law
from lianbing.library.queries.search import Found, Hit
from lianbing.library.rendering.timelines import LABELS, TONES
from lianbing.library.rules.search_ranking import Word, holds, places

BEFORE, WIDTH = 24, 130


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """The text with every place of the words in <mark>."""
    out, done = [], 0
    for start, end in places(text, words):
        out += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join((*out, escape(text[done:]))))


def snippet(text: str, words: Sequence[Word]) -> SafeString:
    """A piece of the text from a little before the first place of a word on, with … where it was cut."""
    flat = " ".join(text.split("\n"))
    found = places(flat, words)
    start = max(0, found[0][0] - BEFORE) if found else 0
    if start + WIDTH > len(flat):
        start = max(0, len(flat) - WIDTH) if len(flat) > WIDTH else 0
    piece = flat[start : start + WIDTH]
    end = "…" if start + WIDTH < len(flat) else ""
    return mark_safe(("…" if start else "") + marked(piece, words) + end)


def lines(found: Found, hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """The hits for the template."""
    return [_entry(hit, found) if hit.entry else _law(hit, found) for hit in hits]


def _entry(hit: Hit, found: Found) -> dict[str, Any]:
    entry, words = hit.entry, found.question.marked
    assert entry is not None
    labels = {source.name: source.label for source in ports.searchables()}
    return {
        "url": entry.url,
        "title": marked(entry.title, words),
        "text": snippet(entry.text, words),
        "kind": labels.get(entry.source, ""),
    }


def _law(hit: Hit, found: Found) -> dict[str, Any]:
    edition, article, words = hit.edition, hit.article, found.question.marked
    assert edition is not None
    address = reverse("library:edition", args=[edition.law_slug, edition.slug])
    line = {
        "title": marked(edition.title, words),
        "edition": edition.slug,
        "state": LABELS[hit.validity],
        "tone": TONES[hit.validity],
        "holds": hit.holds,
        "exact": hit.exact,
        "draft": edition.status == "draft",
        "level": Law.Level(edition.level).label,
        "number": edition.document_number,
    }
    if article is None:
        return {**line, "url": address}
    return {
        **line,
        "url": f"{address}{_carried(hit, words)}#{article.anchor}",
        "label": marked(article.label, words),
        "path": [marked(heading, words) for heading in article.headings],
        "text": snippet(article.text, words),
        "citation": f"《{edition.title}》{article.label}",
    }


def _carried(hit: Hit, words: Sequence[Word]) -> str:
    """The words that stand in the article, for the reader to mark them there too."""
    assert hit.article is not None
    there = [variant for word in words for variant in word if holds(hit.article.text, (variant,))]
    return f"?{urlencode({'q': ' '.join(there[:6])})}" if there else ""
