"""A question of a set as the player carries it: how it is asked, what is right, why, and the articles.

Only questions open to drills come here (`queries.reach`), so the page may carry their keys: feedback comes
at once, also without a signal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.drills.models import DrillAnswer
from courses.drills.rules.day_question import Share, told
from question_bank import kinds
from question_bank.models import QuestionVersion

TICKED = "question_bank/check_asked.html"
PIECES = {"fill_blank": "drills/player/_blanks.html", "ordering": "drills/player/_steps.html"}
MANY = frozenset({"multiple_choice", "indefinite_choice"})
MOST_ARTICLES = 4


@dataclass(frozen=True)
class Piece:
    """Something to answer: the question itself, or a part of a case. `part` is "" for the question itself."""

    part: str
    kind: str
    name: str
    template: str
    question: Mapping[str, Any]
    number: int = 0


@dataclass(frozen=True)
class Card:
    """A question on the page. `answered` shows what is right; with one's own answer where there is one."""

    version: QuestionVersion
    place: int
    stem: str
    pieces: Sequence[Piece]
    answered: Any
    articles: Sequence[Any]
    given: DrillAnswer | None
    kept: bool = False


def _piece(kind: str, face: Mapping[str, Any], name: str, part: str = "", number: int = 0) -> Piece:
    question = {**face, "name": name, "many": kind in MANY, "ticked": []}
    return Piece(part, kind, name, PIECES.get(kind, TICKED), question, number)


def pieces_of(version: QuestionVersion) -> list[Piece]:
    """The parts of a question to be answered; nothing in them says what is right."""
    face, name = kinds.get(version.kind).face(version.content), f"q{version.pk}"
    if version.kind != "case_analysis":
        return [_piece(version.kind, face, name)]
    return [
        _piece(part["kind"], part, f"{name}-{part['id']}", part["id"], part["number"])
        for part in face["parts"]
    ]


def articles_of(version: QuestionVersion) -> list[Any]:
    """The first articles a question rests on, each once. Expects prefetched citations."""
    found = {
        one.article_id: one for citation in version.citations.all() for one in citation.cited_articles.all()
    }
    return list(found.values())[:MOST_ARTICLES]


def card(
    version: QuestionVersion, place: int, given: DrillAnswer | None = None, *, kept: bool = False
) -> Card:
    """A question at a place (from 1) of its set, with the answer given in that set."""
    response = given.response if given else []
    shown = kinds.get(version.kind).show(version.content, key=version.key, response=response)
    stem = version.content["stem"] if version.kind == "case_analysis" else ""
    return Card(version, place, stem, pieces_of(version), shown, articles_of(version), given, kept)


def key_of(version: QuestionVersion) -> dict[str, Any]:
    """What the player compares an answer with: a piece's kind and key, by part ("" = the question itself)."""
    if version.kind != "case_analysis":
        return {"": {"kind": version.kind, **version.key}}
    keys = version.key["parts"]
    return {one["id"]: {"kind": one["kind"], **keys[one["id"]]} for one in version.content["parts"]}


def shared_lines(post: Share, unit: Share, *, without_post: bool = False) -> list[str]:
    """How one's post and unit did with the question of the day: counts only, none of fewer than five people."""
    shown_post, shown_unit = told(post, unit)
    if shown_post is None:
        return [_("Once five of you have answered, you see here how many were right.")]
    lines = [_shared(_("Everybody without a post") if without_post else _("Your post"), shown_post)]
    if shown_unit is not None:
        lines.append(_shared(_("Of these in your unit"), shown_unit))
    return lines


def _shared(who: str, share: Share) -> str:
    values = {"who": who, "n": share.answered, "percent": share.percent}
    return _("%(who)s: %(n)d answered, %(percent)d %% of them right.") % values
