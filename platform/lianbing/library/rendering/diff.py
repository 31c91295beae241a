"""A comparison of two editions as HTML: the two texts beside each other, article by article.

Built as strings like the reader, because a template loop over a code of a thousand articles would cost the budget of
a page. Every piece of text is escaped here. The marks are <ins> and <del>, so that they can be seen without colour
and heard: a word for screen readers stands in front of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianbing.library.rules.diff import Comparison, Fate, Row, Side
from lianbing.library.rules.diff_words import Kind, Run

TONES = {Fate.CHANGED: "info", Fate.MOVED: "muted", Fate.ADDED: "ok", Fate.REMOVED: "bad", Fate.SAME: "muted"}


@dataclass(frozen=True)
class Addresses:
    """Where the two editions are read; "" for a text that is no edition yet."""

    old: str = ""
    new: str = ""


def counts(comparison: Comparison) -> list[tuple[str, int, str]]:
    """(word, number of articles, tone) for the summary, in the order of importance."""
    found = comparison.counts
    moved = found["moved"] - found["reworded"]
    return [
        (_("Reworded"), found["changed"] + found["reworded"], "info"),
        (_("Added"), found["added"], "ok"),
        (_("Removed"), found["removed"], "bad"),
        (_("Only renumbered"), moved, "muted"),
        (_("Unchanged"), found["same"], "muted"),
    ]


def rows(comparison: Comparison, addresses: Addresses, *, everything: bool = False) -> SafeString:
    """The articles; without `everything` only those that changed, renumbered ones in a line for each run."""
    show = _everything if everything else _changes
    return mark_safe("\n".join(show(comparison.rows, addresses)))


def _everything(found: Sequence[Row], addresses: Addresses) -> Iterator[str]:
    for number, row in enumerate(found, 1):
        yield _article(row, number, addresses)


def _changes(found: Sequence[Row], addresses: Addresses) -> Iterator[str]:
    """Changed articles in full, renumbered ones by the run, unchanged ones not at all."""
    number = 0
    for kind, run in groupby(found, key=_kind):
        if kind == "renumbered":
            number += 1
            yield _renumbered(list(run), number, addresses)
        elif kind == "changed":
            for row in run:
                number += 1
                yield _article(row, number, addresses)


def _kind(row: Row) -> str:
    if row.fate is Fate.SAME:
        return "same"
    return "renumbered" if row.fate is Fate.MOVED and not row.reworded and not row.jumped else "changed"


def _renumbered(run: Sequence[Row], number: int, addresses: Addresses) -> str:
    """One line for articles that follow each other and only got other numbers."""
    olds, news = [row.old for row in run if row.old], [row.new for row in run if row.new]
    words = f"{_span(olds, addresses.old)} → {_span(news, addresses.new)}"
    text = _("only the number changed")
    return f'<p class="change change-line" id="change-{number}">{words}<span class="muted">{escape(text)}</span></p>'


def _span(sides: Sequence[Side], address: str) -> str:
    first = _link(sides[0], address)
    to = _(" to ")
    return first if len(sides) == 1 else f"{first}{escape(to)}{_link(sides[-1], address)}"


def _link(side: Side, address: str) -> str:
    if not address:
        return f"<b>{escape(side.label)}</b>"
    return f'<a href="{escape(address)}#{escape(side.anchor)}">{escape(side.label)}</a>'


def _article(row: Row, number: int, addresses: Addresses) -> str:
    head = " → ".join(
        _link(side, address)
        for side, address in ((row.old, addresses.old), (row.new, addresses.new))
        if side is not None and (side is row.new or row.new is None or row.old.label != row.new.label)  # type: ignore[union-attr]  # side is old, so it is there
    )
    marked = " data-change" if _kind(row) == "changed" else ""
    return (
        f'<section class="change change-{row.fate}" id="change-{number}" tabindex="-1"{marked}>'
        f'<h3 class="change-head"><span class="badge badge-{_tone(row)}">{escape(_name(row))}</span> {head}</h3>'
        f"{_sides(row)}</section>"
    )


def _tone(row: Row) -> str:
    return "info" if row.reworded else TONES[row.fate]


def _name(row: Row) -> str:
    if row.fate is Fate.MOVED:
        if row.jumped:
            return _("Moved and changed") if row.reworded else _("Moved")
        return _("Changed and renumbered") if row.reworded else _("Renumbered")
    names = {
        Fate.SAME: _("Unchanged"),
        Fate.CHANGED: _("Reworded"),
        Fate.ADDED: _("Added"),
        Fate.REMOVED: _("Removed"),
    }
    return names[row.fate]


def _sides(row: Row) -> str:
    if row.old and row.new and not row.words:
        return f'<div class="change-one">{_paragraphs([(Kind.KEPT, row.new.text)])}</div>'
    if row.words:
        old, new = _old_side(row.words), _new_side(row.words)
    else:
        old = [(Kind.DELETED, row.old.text)] if row.old else []
        new = [(Kind.INSERTED, row.new.text)] if row.new else []
    left = _side(old, "old", _("Before"), _("There was no such article."))
    right = _side(new, "new", _("After"), _("There is no such article any more."))
    return f'<div class="change-sides">{left}{right}</div>'


def pair(row: Row) -> SafeString:
    """The two texts of one article beside each other, without a heading (impact pages show these)."""
    return mark_safe(_sides(row))


def _old_side(words: Sequence[Run]) -> list[tuple[Kind, str]]:
    return [(run.kind, run.old) for run in words if run.kind is not Kind.INSERTED]


def _new_side(words: Sequence[Run]) -> list[tuple[Kind, str]]:
    return [(run.kind, run.new) for run in words if run.kind is not Kind.DELETED]


def _side(pieces: list[tuple[Kind, str]], name: str, title: str, none: str) -> str:
    text = _paragraphs(pieces) if pieces else f'<p class="muted change-none">{escape(none)}</p>'
    return f'<div class="change-{name}"><p class="change-side">{escape(title)}</p>{text}</div>'


def _paragraphs(pieces: Sequence[tuple[Kind, str]]) -> str:
    """Runs as paragraphs; a mark that spans several is closed and opened again."""
    paragraphs: list[list[str]] = [[]]
    for kind, text in pieces:
        for place, line in enumerate(text.split("\n")):
            if place:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(_marked(kind, line))
    return "".join(f"<p>{''.join(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def _marked(kind: Kind, text: str) -> str:
    if kind is Kind.KEPT:
        return escape(text)
    tag, word = ("del", _("Deleted:")) if kind is Kind.DELETED else ("ins", _("Inserted:"))
    return f'<{tag}><span class="visually-hidden">{escape(word)}</span>{escape(text)}</{tag}>'
