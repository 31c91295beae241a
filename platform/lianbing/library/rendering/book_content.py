"""What the cards, articles and documents give to the book of a post, as plain data that is kept with it.

Nothing in it is translated or linked: headings are said when it is shown, so that the frozen book stays what was
approved. A card gives its procedure, a line to the integrity risks and its equipment.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from lianbing.library.models import Article, CardVersion, LibraryDocument
from lianbing.library.queries import CitationResolver
from lianbing.library.queries import cards as card_queries
from lianbing.library.queries import documents as document_queries
from lianbing.library.rendering import cards as card_rendering
from lianbing.library.rendering import documents as document_rendering
from lianbing.library.rendering.links import TAG
from lianbing.library.rules.books import gathered
from lianbing.library.rules.documents import Standing
from lianbing.library.rules.penalties import lines_of
from lianbing.library.rules.working_days import parse_steps

IN_PROCEDURE = ("evidence", "documents", "phrases", "mistakes")


@dataclass(frozen=True)
class Made:
    """The generated parts of a book, and the keys of what they are made of, by name."""

    content: dict[str, Any]
    made_of: dict[str, dict[str, int]]


def generate(post: int | None, laws: str, on: datetime.date) -> Made:
    """The book of a post as of a day: its cards and the common ones, `laws` as further citations a line each."""
    versions = list(card_queries.whole(card_queries.cards_for(post, on)))
    articles, unfound = _articles(versions, laws, on)
    documents = list(
        document_queries.documents(on, category="discipline", status=Standing.IN_FORCE).defer(None)
    )
    equipment = gathered((v.card.code, line) for v in versions for line in _lines(v.equipment))
    content = {
        "cards": [_card(version) for version in versions],
        "laws": _laws(articles),
        "unfound": unfound,
        "documents": [_document(document) for document in documents],
        "risks": [_risks(version) for version in versions if version.risks.strip()],
        "equipment": [{"line": said.line, "codes": list(said.codes)} for said in equipment],
    }
    return Made(
        content,
        {
            "cards": {version.card.code: version.pk for version in versions},
            "articles": {f"《{one.edition.law}》{one.label}": one.pk for one in articles},
            "documents": {one.title: one.live_revision_id or 0 for one in documents},
        },
    )


def _lines(text: str) -> list[str]:
    return [line for _number, line in lines_of(text)]


def _articles(
    versions: Iterable[CardVersion], laws: str, on: datetime.date
) -> tuple[list[Article], list[str]]:
    """The articles that hold on the day for every citation, each once, by law and place; and what leads nowhere."""
    texts = _lines(laws) + [row.text for version in versions for row in version.citations.all()]
    resolver = CitationResolver(on)
    resolver.prepare(texts)
    found: dict[int, Article] = {}
    unfound: list[str] = []
    for text in dict.fromkeys(texts):
        resolutions = resolver.resolve_all(text)
        found |= {one.pk: one for resolution in resolutions for one in resolution.articles}
        if not any(resolution.article for resolution in resolutions):
            unfound.append(text)
    order = sorted(found.values(), key=lambda one: (str(one.edition.law), one.edition_id, one.position))
    return order, unfound


def _laws(articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Articles under the edition they belong to."""
    made: dict[int, dict[str, Any]] = {}
    for one in articles:
        law = made.setdefault(
            one.edition_id,
            {
                "title": str(one.edition.law),
                "edition": str(one.edition),
                "url": one.edition.get_absolute_url(),
                "articles": [],
            },
        )
        law["articles"].append({"label": one.label, "anchor": one.anchor, "text": _body(one)})
    return list(made.values())


def _body(article: Article) -> str:
    """The words of an article without its number, which stands beside them."""
    words = article.text.removeprefix(article.label)
    return words.strip("\u3000 \n")


def _card(version: CardVersion) -> dict[str, Any]:
    """The procedure of one matter."""
    return {
        "code": version.card.code,
        "number": version.number,
        "name": version.name,
        "item": version.item,
        "violation": version.violation,
        "seen": version.seen,
        "procedure": version.procedure,
        "violation_basis": [row.text for row in version.citations.all() if row.basis == "violation"],
        "penalty_basis": [row.text for row in version.citations.all() if row.basis == "penalty"],
        "groups": _groups(version),
        "steps": [
            {"name": step.name, "what": step.what, "limit": step.limit, "since": step.since}
            for step in parse_steps(version.steps)
        ],
        "lists": {name: lines for name in IN_PROCEDURE if (lines := _lines(getattr(version, name)))},
    }


def _groups(version: CardVersion) -> list[dict[str, Any]]:
    return [
        {
            "subject": group.bound.subject,
            "penalty": group.bound.penalty.text,
            "note": group.bound.note,
            "grades": [
                {
                    "name": grade.name,
                    "circumstances": grade.circumstances,
                    "penalty": grade.penalty.text,
                    "basis": grade.basis,
                }
                for grade in group.grades
            ],
        }
        for group in card_rendering.grade_groups(version)
    ]


def _risks(version: CardVersion) -> dict[str, Any]:
    """The integrity risks of one matter (R88)."""
    return {"code": version.card.code, "name": version.name, "lines": _lines(version.risks)}


def _document(document: LibraryDocument) -> dict[str, Any]:
    """A discipline rule whole (R68): numbered rules as rules, everything else as paragraphs."""
    blocks: list[dict[str, Any]] = []
    for piece in document_rendering.pieces(document):
        if piece["kind"] == "rules":
            blocks.append(
                {"kind": "rules", "start": piece["start"], "lines": [r.text for r in piece["rules"]]}
            )
        else:
            blocks += [{"kind": piece["kind"], "text": line} for line in _plain(str(piece["value"]))]
    return {
        "title": document.title,
        "number": document.document_number,
        "issuer": document.issuing_body,
        "dated": document.dated.isoformat() if document.dated else "",
        "url": document.get_absolute_url(),
        "blocks": blocks,
    }


def _plain(html: str) -> list[str]:
    """The paragraphs of a text without their marks. Tags part lines where they are blocks."""
    parted = html.replace("</p>", "\n").replace("</li>", "\n").replace("<br/>", "\n")
    words = "".join(part for part in TAG.split(parted) if not part.startswith("<"))
    return [line for line in (" ".join(unescape(one).split()) for one in words.split("\n")) if line]
