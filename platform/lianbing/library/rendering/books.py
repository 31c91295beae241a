"""The book of a post as a page, as a pocket book to print, and its receipts as a table."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from lianbing.kit import pdf
from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.library.models import CardVersion, HandbookEdition
from lianbing.library.queries.books import Holder, by_unit
from lianbing.library.rendering import diff
from lianbing.library.rendering.cards import NAMES
from lianbing.library.rules import diff_words
from lianbing.library.rules.books import PARTS, BookText, Difference
from lianbing.library.rules.diff import Fate, Row, Side
from lianbing.library.rules.penalties import lines_of

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "pocket_book.typ"
HOURS = 12 * 60 * 60
# Raise when what the page makes of a frozen book changes.
VERSION = 1
HEADINGS = {
    "duties": gettext_lazy("Duties of the post"),
    "laws": gettext_lazy("Laws of the post"),
    "procedures": gettext_lazy("Procedures"),
    "discipline": gettext_lazy("Discipline at work"),
    "equipment": gettext_lazy("Use of equipment"),
}
PROCEDURES = {str(value): label for value, label in CardVersion.Procedure.choices}


def name_of(edition: HandbookEdition) -> str:
    """Whose book it is, in words."""
    return str(edition.post) if edition.post else _("Every post")


def title_of(edition: HandbookEdition) -> str:
    """The title on the cover."""
    return _("Enforcement handbook · %(post)s") % {"post": name_of(edition)}


def lines(text: str) -> list[str]:
    """The lines of what people wrote."""
    return [line for _number, line in lines_of(text)]


def shown_card(card: dict[str, Any]) -> dict[str, Any]:
    """A card of the frozen content with the words a page puts to it."""
    return card | {
        "procedure_name": str(PROCEDURES.get(card["procedure"], "")),
        "lists": [(str(NAMES[name]), rows) for name, rows in card["lists"].items()],
    }


def parts_of(edition: HandbookEdition) -> dict[str, Any]:
    """The five parts as the template of the body takes them."""
    content = edition.content
    return {
        "written": {name: lines(getattr(edition, name)) for name in PARTS if name != "laws"},
        "cards": [shown_card(card) for card in content.get("cards", [])],
        "laws": content.get("laws", []),
        "unfound": content.get("unfound", []),
        "documents": content.get("documents", []),
        "risks": content.get("risks", []),
        "equipment": content.get("equipment", []),
        "headings": HEADINGS,
    }


def body(edition: HandbookEdition) -> SafeString:
    """The five parts as HTML. A frozen book never changes, so it is made once and kept."""
    if edition.is_draft:
        return mark_safe(render_to_string("library/_book.html", parts_of(edition)))
    key = f"library-book-{VERSION}-{edition.uid}-{get_language()}"
    found: str | None = cache.get(key)
    if found is None:
        found = render_to_string("library/_book.html", parts_of(edition))
        cache.set(key, found, HOURS)
    return mark_safe(found)


def as_pdf(edition: HandbookEdition, issuer: str) -> bytes:
    """The pocket book (A6), Chinese fonts embedded as far as they are used. The same edition gives the same bytes.

    That of an approved edition is made once and kept: setting thirty pages takes a second.
    """
    if edition.is_draft:
        return _set(edition, issuer)
    key = f"library-book-pdf-{VERSION}-{edition.uid}-{get_language()}-{zlib.crc32(issuer.encode())}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = _set(edition, issuer)
        cache.set(key, found, HOURS)
    return found


def _set(edition: HandbookEdition, issuer: str) -> bytes:
    moment = edition.approved_at or edition.generated_at
    day = edition.dated or edition.generated_at.date()
    words = {"number": edition.number, "day": day.isoformat(), "name": edition.approver_name}
    data = {
        "issuer": issuer,
        "title": _("Enforcement handbook"),
        "post": name_of(edition),
        "edition": _("Edition %(number)s, %(day)s") % words,
        "approved": _("Approved by %(name)s") % words if edition.approver_name else _("Draft, not approved"),
        "labels": _labels(),
        "headings": {name: str(words) for name, words in HEADINGS.items()},
        **{name: value for name, value in parts_of(edition).items() if name != "headings"},
    }
    return pdf.render(TEMPLATE, data, at=moment)


def _labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "seen": _("What one sees in the street"),
        "basis": _("Basis"),
        "steps": _("Procedure steps"),
        "from": _("from %(step)s") % {"step": "{step}"},
        "risks": str(NAMES["risks"]),
        "penalty": str(NAMES["bounds"]),
        "checklist": _("From the cards"),
        "nothing": _("Nothing stands here."),
    }


@dataclass(frozen=True)
class ChangedPart:
    """What people wrote into one part, before and after."""

    heading: str
    words: SafeString
    tone: str
    name: str


def written_changes(old: BookText | None, new: BookText) -> list[ChangedPart]:
    """The parts whose words differ from the edition before."""
    names = {Fate.CHANGED: _("Reworded"), Fate.ADDED: _("Added"), Fate.REMOVED: _("Removed")}
    found = []
    for part in PARTS:
        before, after = getattr(old, part) if old else "", getattr(new, part)
        if before == after:
            continue
        heading = str(HEADINGS[part])
        sides = (Side(heading, "", before) if before else None, Side(heading, "", after) if after else None)
        runs = diff_words.compare(before, after) if before and after else ()
        fate = Fate.CHANGED if all(sides) else Fate.REMOVED if before else Fate.ADDED
        found.append(ChangedPart(heading, diff.pair(Row(fate, *sides, runs)), diff.TONES[fate], names[fate]))
    return found


def made_changes(found: Difference) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """What came, changed and went, by kind: (kind, [(word, tone, names)])."""
    kinds = (
        (_("Handbook cards"), found.cards),
        (_("Articles cited"), found.articles),
        (_("Discipline rules"), found.documents),
    )
    return [
        (
            name,
            [
                (word, tone, list(names))
                for word, tone, names in (
                    (_("Added"), "ok", change.added),
                    (_("Changed"), "info", change.changed),
                    (_("Removed"), "bad", change.gone),
                )
                if names
            ],
        )
        for name, change in kinds
        if change
    ]


def state_of(row: Holder) -> str:
    """Where somebody stands with their book, in a word."""
    if row.read_at:
        return str(pgettext_lazy("handbook", "Confirmed"))
    return (
        str(pgettext_lazy("handbook", "Overdue"))
        if row.late
        else str(pgettext_lazy("handbook", "Not confirmed"))
    )


def receipts_workbook(rows: Sequence[Holder]) -> bytes:
    """Who has confirmed and who has not, one row a person, and the numbers of each unit."""
    people = [
        [
            row.unit,
            row.staff_number,
            row.name,
            row.post,
            name_of(row.edition),
            row.edition.number,
            row.due_on,
            state_of(row),
            row.read_at or "",
        ]
        for row in rows
    ]
    headings = [
        _("Unit"),
        _("Staff number"),
        _("Full name"),
        _("Post"),
        _("Handbook"),
        str(pgettext_lazy("handbook", "Edition")),
        _("To be confirmed by"),
        _("State"),
        _("Confirmed at"),
    ]
    units = [[unit, tally.total, tally.read, tally.waiting, tally.late] for unit, tally in by_unit(rows)]
    numbers = [
        _("Unit"),
        _("To be confirmed"),
        str(pgettext_lazy("handbook", "Confirmed")),
        str(pgettext_lazy("handbook", "Not confirmed")),
        str(pgettext_lazy("handbook", "Overdue")),
    ]
    return write_workbook(
        [
            OutSheet(_("People"), headings, people, text_columns=(1,)),
            OutSheet(_("Units"), numbers, units),
        ]
    )
