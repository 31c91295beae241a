"""A compilation as a page and as a PDF."""

import datetime
from pathlib import Path
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianbing.kit import pdf
from lianbing.library.models import Compilation, LawEdition
from lianbing.library.queries.compilations import Block, Part

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "compilation.typ"
DEEPEST = 3


def facts_of(edition: LawEdition) -> str:
    """What stands under the title of a law: published, in force from, number."""
    facts = []
    if edition.published_on:
        facts.append(_("Published on %(day)s") % {"day": edition.published_on.isoformat()})
    if edition.holds_from and edition.holds_from != edition.published_on:
        facts.append(_("in force from %(day)s") % {"day": edition.holds_from.isoformat()})
    facts += [edition.document_number] if edition.document_number else []
    return "　".join(facts)


def body(part: Part) -> SafeString:
    """The blocks of a part; each article's number leads to its permanent address. Everything is escaped."""
    address = escape(part.edition.get_absolute_url()) if part.edition else ""
    return mark_safe("\n".join(_html(block, address) for block in part.blocks))


def _html(block: Block, address: str) -> str:
    if block.kind == "heading":
        level = min(3 + block.depth, 6)
        return f'<h{level} class="law-chapter">{escape(block.text)}</h{level}>'
    if block.kind == "note":
        return f'<p class="law-note">{escape(block.text)}</p>'
    label, _line_end, text = block.text.partition("\n")
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
    number = f'<a class="law-number" href="{address}#{escape(block.anchor)}">{escape(label)}</a>'
    return f'<article class="law-article">{number}{lines}</article>'


def as_pdf(compilation: Compilation, parts: list[Part], at: datetime.datetime) -> bytes:
    """The printed book. The same compilation and moment give the same bytes."""
    laws = len({part.edition.pk for part in parts if part.edition is not None})
    labels = {
        "as_of": _("Texts in force on %(day)s") % {"day": compilation.as_of.isoformat()},
        "count": ngettext("%(count)s law", "%(count)s laws", laws) % {"count": laws},
        "composed": _("Composed by %(name)s") % {"name": compilation.owner_name},
        "contents": _("Contents"),
    }
    data = {
        "title": compilation.title,
        "composed_by": compilation.owner_name,
        "labels": labels,
        "parts": [_part(part) for part in joined(parts)],
    }
    return pdf.render(TEMPLATE, data, at=at)


def joined(parts: list[Part]) -> list[Part]:
    """Chosen articles of one law that follow each other stand under its title once."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        same = last is not None and part.edition is not None and last.item.edition_id == part.item.edition_id
        if same and last is not None and last.item.kind != "law" and part.item.kind != "law":
            found[-1] = Part(last.item, last.title, [*last.blocks, *part.blocks])
        else:
            found.append(part)
    return found


def _part(part: Part) -> dict[str, Any]:
    if part.edition is None:
        return {"kind": "heading", "title": part.title}
    return {
        "kind": "law",
        "title": part.title,
        "facts": facts_of(part.edition),
        "blocks": [_block(block) for block in part.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if block.kind == "heading":
        return {"kind": "heading", "text": block.text, "depth": min(block.depth, DEEPEST)}
    if block.kind == "note":
        return {"kind": "note", "text": block.text}
    label, _line_end, text = block.text.partition("\n")
    return {"kind": "article", "label": label, "lines": [line for line in text.split("\n") if line]}
