"""What the pages of the desks and of the big screen say before anything is live."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from exams.contests import rounds
from exams.contests.models import Seat
from exams.contests.permissions.stage import own_unit
from exams.contests.queries.facts import MatchFacts
from exams.contests.rendering import words
from exams.contests.rules.rulebook import BadRulebook
from exams.contests.rules.seats import spaced
from lianbing.kit import qr
from lianbing.people.rules import Actor


def rules(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rules in words, round by round: [{title, words}]; what holds everywhere last. [] = cannot be read."""
    try:
        book = rounds.parse(document)
    except BadRulebook:
        return []
    played = [*book.rounds, *([book.tie_break] if book.tie_break else [])]
    told = [{"title": words.round_title(one), "words": words.round_words(one)} for one in played]
    general = words.rulebook_words(book)
    return [*told, {"title": _("In all rounds"), "words": general}] if general else told


def join(gate: Seat | None) -> dict[str, str] | None:
    """How the audience joins: QR picture, code, address to type. None while the match has no gate."""
    if gate is None:
        return None
    address = settings.PUBLIC_URL + reverse("contests:join_code", args=[gate.code])
    typed = settings.PUBLIC_URL.split("://", 1)[-1] + reverse("contests:join")
    picture = mark_safe(qr.svg(address))  # made by the QR writer from an address of ours
    return {"svg": picture, "code": spaced(gate.code), "address": typed}


def barred(by: Actor, found: MatchFacts) -> dict[str, str]:
    """The teams `by` may not judge, with the reason: {seat: words}. A judge does not judge their own unit."""
    reason = "own_unit"
    return {
        str(team.seat): words.refusal_text(reason, {"team": team.name})
        for team in found.teams
        if own_unit(by, "ruled", team.unit_path)
    }
