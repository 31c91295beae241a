"""What would become of one file, or what became of it: as a plain row, for the preview page and the report."""

import datetime
from collections.abc import Iterable
from typing import Any, Protocol

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.library.rendering.reasons import lines_of, say
from lianbing.library.rules.findings import Finding
from lianbing.library.rules.law_tree import RANKS, LawText
from lianbing.library.rules.placing import Place, Shelf, ShelfEdition, ShelfLaw, words_of

QUOTES = 5
Row = dict[str, Any]


class Done(Protocol):
    """A text that was read, and its place."""

    @property
    def text(self) -> LawText: ...
    @property
    def where(self) -> Place: ...


class Seen(Protocol):
    """What became of one file."""

    @property
    def file(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> Finding | None: ...
    @property
    def done(self) -> Done | None: ...


def row(seen: Seen) -> Row:
    """One file as JSON data, its findings in the reader's language."""
    plain: Row = {"file": seen.file, "kind": seen.kind, "reason": "", "doubts": [], "notices": []}
    if seen.reason:
        plain["reason"] = say(seen.reason)
        plain["lines"] = lines_of(seen.reason)[:QUOTES]
    if seen.done is None:
        return plain
    text, where = seen.done.text, seen.done.where
    if where.other_source:
        plain["reason"] = _("The same words as an edition that is there, from another source.")
    changed = seen.kind != "unchanged"
    return plain | {
        "title": text.title,
        "subtitle": text.subtitle,
        "law": where.law.title or text.title,
        "law_slug": where.law.slug,
        "edition": where.edition_slug,
        "published_on": _day(text.published_on),
        "effective_on": _day(text.effective_on),
        "issuing_body": text.issuing_body,
        "document_number": text.document_number,
        "level": text.level,
        "articles": len(text.articles),
        "history": [event.text[:300] for event in text.history[:12]] if changed else [],
        "tree": tree(text) if changed else [],
        "doubts": [_finding(doubt) for doubt in text.doubts] if changed else [],
        "notices": [_finding(notice) for notice in text.notices] if changed else [],
        "words": words_of(text) if changed else "",
    }


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _finding(found: Finding) -> Row:
    quoted = [[number, quote] for number, quote in lines_of(found) if quote][:QUOTES]
    return {"code": found.code, "text": say(found), "lines": quoted}


def tree(text: LawText) -> list[Row]:
    """Parts, chapters and sections, one inside the other, each with how many articles it holds and which."""
    roots: list[Row] = []
    open_nodes: list[tuple[int, Row]] = []
    for heading in text.headings:
        rank = RANKS.index(heading.kind)
        end = _end(text, heading.before, rank)
        inside = text.articles[heading.before - 1 : end]
        node: Row = {"text": heading.text, "count": len(inside), "line": heading.line, "inside": []}
        if inside:
            node["first"], node["last"] = inside[0].label, inside[-1].label
        while open_nodes and open_nodes[-1][0] >= rank:
            open_nodes.pop()
        (open_nodes[-1][1]["inside"] if open_nodes else roots).append(node)
        open_nodes.append((rank, node))
    return roots


def _end(text: LawText, before: int, rank: int) -> int:
    """How many articles stand before the next heading of this rank or a higher one."""
    later = (h.before - 1 for h in text.headings if h.before > before and RANKS.index(h.kind) <= rank)
    return next(later, len(text.articles))


def replay(shelf: Shelf, rows: Iterable[Row]) -> None:
    """Put on the shelf what earlier rows of the same preview would make."""
    for one in rows:
        if one["kind"] not in {"new_law", "new_edition"}:
            continue
        known = shelf.named(one["law"], one["subtitle"])
        law = known[0] if known else ShelfLaw(one["law_slug"])
        if not known:
            shelf.add(one["title"], one["subtitle"], law)
        days = (_date(one["published_on"]), _date(one["effective_on"]))
        law.editions.append(
            ShelfEdition(one["edition"], days[0], "", effective_on=days[1], words=one["words"])
        )


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def words_of_kind(kind: str) -> str:
    """What became of a file, in words."""
    return {
        "new_law": _("New law"),
        "new_edition": _("Further edition"),
        "unchanged": _("Unchanged"),
        "skipped": _("Skipped"),
        "refused": _("Not accepted"),
    }.get(kind, kind)


def workbook(rows: Iterable[Row]) -> bytes:
    """The report as an .xlsx: one row a file."""
    headings = [
        _("File"),
        _("What became of it"),
        _("Title"),
        _("Edition"),
        _("Published on"),
        _("In force from"),
        _("Articles"),
        _("Reason or doubts"),
        _("Notices"),
    ]
    lines = [
        [
            one["file"],
            words_of_kind(one["kind"]),
            f"{one.get('title', '')} {one.get('subtitle', '')}".strip(),
            one.get("edition", ""),
            one.get("published_on", ""),
            one.get("effective_on", ""),
            one.get("articles", ""),
            " ".join([one["reason"], *(doubt["text"] for doubt in one["doubts"])]).strip(),
            " ".join(notice["text"] for notice in one["notices"]),
        ]
        for one in rows
    ]
    return write_workbook([OutSheet(_("Import of laws"), headings, lines)])
