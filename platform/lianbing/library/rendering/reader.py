"""The text of an edition as HTML: its articles under their headings, and its list of contents.

Built as strings, because a template loop over the 500 articles of the Criminal Law alone would cost the
whole budget of a page. Every piece of text is escaped here.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from lianbing.library.rendering.links import Linker, here_of
from lianbing.library.rules import places

# position, label, anchor, text
Row = tuple[int, str, str, str]
LONG = 150
LEVELS = {"part": (2, "law-part"), "subpart": (3, "law-part"), "chapter": (3, "law-chapter")}
SECTION = (4, "law-section")


def body(
    headings: Sequence[Mapping[str, Any]],
    articles: Iterable[Row],
    preamble: str = "",
    linker: Linker | None = None,
) -> SafeString:
    """Preamble, headings, notes and articles in the order of the text; with a `linker`, citations as links."""
    out = [_paragraphs(preamble, "law-note", linker)]
    waiting = list(headings)
    place = 0
    tops = _depths(headings)
    for position, label, anchor, text in articles:
        while place < len(waiting) and waiting[place]["before"] <= position:
            out.append(_heading(waiting[place], tops))
            place += 1
        out.append(_article(label, anchor, text, linker))
    out += [_heading(heading, tops) for heading in waiting[place:]]
    return mark_safe("\n".join(out))


def _depths(headings: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Heading kinds of this text -> HTML level, without gaps, from h2 down."""
    kinds = [
        kind for kind in ("part", "subpart", "chapter", "section") if kind in {h["kind"] for h in headings}
    ]
    return {kind: level for level, kind in enumerate(kinds, 2)}


def _heading(heading: Mapping[str, Any], depths: Mapping[str, int]) -> str:
    level = depths[heading["kind"]]
    look = LEVELS.get(heading["kind"], SECTION)[1]
    notes = "".join(f'<p class="law-note">{escape(note)}</p>' for note in heading["notes"])
    return f'<h{level} class="{look}" id="{escape(heading["anchor"])}">{escape(heading["text"])}</h{level}>{notes}'


def _article(label: str, anchor: str, text: str, linker: Linker | None) -> str:
    """One article; every 款, 项 and 目 bears its permanent anchor."""
    name = escape(anchor)
    lines = "".join(
        f'<p id="{name}-{piece.tail}">'
        f"{linker.line(piece.text, here_of(anchor, piece)) if linker else escape(piece.text)}</p>"
        for piece in places.pieces(text)
    )
    return (
        f'<article class="law-article" id="{name}"><a class="law-number" href="#{name}">{escape(label)}</a>'
        f"{lines}</article>"
    )


def _paragraphs(text: str, look: str, linker: Linker | None) -> str:
    lines = [line for line in text.split("\n") if line]
    return "".join(f'<p class="{look}">{linker.line(line) if linker else escape(line)}</p>' for line in lines)


def contents(headings: Sequence[Mapping[str, Any]], articles: Iterable[Row]) -> SafeString:
    """Nested lists of links to the headings; to the articles where a text has no headings."""
    if not headings:
        links = "".join(f"<li>{_link(anchor, label)}</li>" for _position, label, anchor, _text in articles)
        return mark_safe(f"<ol>{links}</ol>")
    depths = _depths(headings)
    out: list[str] = []
    open_levels: list[int] = []
    for heading in headings:
        level = depths[heading["kind"]]
        while open_levels and open_levels[-1] > level:
            out.append("</li></ol>")
            open_levels.pop()
        if open_levels and open_levels[-1] == level:
            out.append("</li>")
        else:
            out.append("<ol>")
            open_levels.append(level)
        out.append(f"<li>{_link(heading['anchor'], heading['text'])}")
    out += ["</li></ol>"] * len(open_levels)
    return mark_safe("".join(out))


def _link(anchor: str, text: str) -> str:
    return f'<a href="#{escape(anchor)}">{escape(text)}</a>'
