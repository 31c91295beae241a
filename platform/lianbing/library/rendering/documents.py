"""A document as a page shows it, and the receipts of a circulation as a table."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.library.models import LibraryDocument
from lianbing.library.queries.documents import standing_of
from lianbing.library.queries.receipts import Row, by_unit
from lianbing.library.rendering.links import TAG, Linker
from lianbing.library.rules.documents import Standing, rule_anchor, rule_citation

CHIPS: dict[Standing, tuple[str, Promise]] = {
    Standing.PENDING: ("info", gettext_lazy("Not in force yet")),
    Standing.IN_FORCE: ("ok", gettext_lazy("In force")),
    Standing.SUPERSEDED: ("warn", pgettext_lazy("document", "Superseded")),
    Standing.EXPIRED: ("muted", pgettext_lazy("document", "Expired")),
    Standing.REPEALED: ("bad", pgettext_lazy("edition", "Repealed")),
}


@dataclass(frozen=True)
class Chip:
    """How a document stands, in a word. `holds`: whether people may still go by it."""

    tone: str
    label: Promise
    holds: bool


def chip(document: LibraryDocument, on: datetime.date) -> Chip:
    """How a document stands on a day."""
    found = standing_of(document, on)
    tone, label = CHIPS[found]
    return Chip(tone, label, found in {Standing.IN_FORCE, Standing.PENDING})


@dataclass(frozen=True)
class Rule:
    """One numbered rule with its address and how people cite it."""

    number: int
    anchor: str
    citation: str
    text: str


def pieces(document: LibraryDocument) -> list[dict[str, Any]]:
    """The blocks of a document in order; rules are numbered through the whole text."""
    made, number = [], 0
    for block in document.body:
        piece: dict[str, Any] = {"kind": block.block_type, "value": block.value}
        if block.block_type == "rules":
            piece["start"] = number + 1
            piece["rules"] = [
                Rule(at, rule_anchor(at), rule_citation(document.title, at), str(text))
                for at, text in enumerate(block.value, number + 1)
            ]
            number += len(piece["rules"])
        made.append(piece)
    return made


def linker(document: LibraryDocument, shown: Sequence[dict[str, Any]], on: datetime.date) -> Linker:
    """What links the citations of a document to the articles that hold on a day."""
    texts = [document.summary]
    for piece in shown:
        if piece["kind"] == "rules":
            texts += [rule.text for rule in piece["rules"]]
        else:
            html = str(piece["value"])
            texts += [unescape(part) for part in TAG.split(html) if not part.startswith("<")]
    return Linker(on).prepare(texts)


def receipts_workbook(rows: Sequence[Row]) -> bytes:
    """Who has read and who has not, one row a person, and the numbers of each unit."""
    people = [
        [
            row.unit,
            row.staff_number,
            row.name,
            row.post,
            row.due_on,
            state_of(row),
            row.read_at or "",
            row.tries,
        ]
        for row in rows
    ]
    units = [[unit, tally.total, tally.read, tally.waiting, tally.late] for unit, tally in by_unit(rows)]
    names = [
        _("Unit"),
        _("Staff number"),
        _("Full name"),
        _("Post"),
        _("To be read by"),
        _("State"),
        _("Read at"),
        _("Tries at the check"),
    ]
    numbers = [
        _("Unit"),
        pgettext_lazy("total", "To read"),
        pgettext_lazy("receipt", "Read"),
        _("Not read"),
        _("Overdue"),
    ]
    return write_workbook(
        [
            OutSheet(_("People"), names, people, text_columns=(1,)),
            OutSheet(_("Units"), [str(one) for one in numbers], units),
        ]
    )


def state_of(row: Row) -> str:
    """Where a reader stands, in a word."""
    if row.read_at:
        return str(pgettext_lazy("receipt", "Read"))
    return _("Overdue") if row.late else _("Not read")
