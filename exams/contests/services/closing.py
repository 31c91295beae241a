"""Closing a turn: what the pads sent becomes results, once, whoever asks for it first."""

import datetime
from typing import Any

from django.db import transaction

from exams.contests import state
from exams.contests.models import Match, MatchEvent, PadAnswer
from exams.contests.queries import facts, matches
from exams.contests.rounds import turns
from exams.contests.rules.match import MatchState, TurnPhase
from exams.contests.rules.settings import plain
from exams.contests.services import events
from exams.contests.services.statements import crowd_is_through
from lianbing.people.rules import SYSTEM, Actor


def close_turn(
    *, match: Match, reason: str, at: datetime.datetime, by: Actor = SYSTEM, seen: int | None = None
) -> MatchEvent:
    """Close the turn that is on: mark what the pads sent and append `closed` ("host", "time" or "all").

    Raises ContestRefused where there is nothing to close or `by` may not.
    """
    with transaction.atomic():
        row = events.lock(match)
        found = facts.load_facts(row)
        own = by is SYSTEM
        acting = events.Acting(SYSTEM.name) if own else events.staff_acting(row, "closed", by)
        data = {"reason": reason, "results": results_of(row, matches.load_state(row, locked=True))}
        return events.write(row, found, "closed", data, acting, at=at, by=by, seen=seen)


def results_of(match: Match, standing: MatchState) -> dict[str, dict[str, Any]]:
    """What the pads' answers to the turn that is on are worth, by party. One statement.

    Answers that a judge must mark, and those of parties who were asked before it was passed on, are left out.
    """
    turn = standing.turn
    if turn is None or turn.opened is None:
        return {}
    rows = PadAnswer.objects.filter(match=match, turn=turn.id, share__isnull=False)
    return {
        party: {"share": plain(share), "ms": ms}
        for party, share, ms in rows.order_by("pk").values_list("party", "share", "ms")
        if share is not None and turns.answers(standing, party)
    }


def everybody_answered(match: Match, standing: MatchState) -> bool:
    """Whether nobody is left whose answer the turn that is on waits for. One statement."""
    turn = standing.turn
    if turn is None or turn.phase not in (TurnPhase.OPEN, TurnPhase.ANSWERING):
        return False
    if turn.audience or turn.who == "audience":
        return crowd_is_through(match.pk, turn.id)
    given = PadAnswer.objects.filter(match=match, turn=turn.id)
    asked = {f"t{one.seat}" for one in standing.teams if state.may_answer(standing, f"t{one.seat}")}
    return bool(asked) and asked <= set(given.values_list("party", flat=True))
