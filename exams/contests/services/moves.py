"""The moves of the staff and of the teams' pads, with what the server fills in itself."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from exams.contests import rounds
from exams.contests.models import Match, MatchEvent, Seat
from exams.contests.queries import matches
from exams.contests.rounds import turns
from exams.contests.rules.match import MatchState, TurnPhase
from exams.contests.rules.settings import amount
from exams.contests.services import closing, events
from exams.contests.services.events import ContestRefused
from lianbing.people.rules import Actor


def move(
    *,
    match: Match,
    kind: str,
    data: Mapping[str, Any],
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
    seen: int | None = None,
) -> MatchEvent:
    """A move of the host, a judge or the chief referee. Raises ContestRefused.

    Left out of `data`, these are filled in: the next question of a turn or of a chosen value, who is asked, the team that is
    ruled on, the judge who scores, the newest event that is undone, and what pads answered when a turn is closed.
    """
    if kind == "closed":
        return closing.close_turn(match=match, reason="host", at=at, by=by, seen=seen)
    said = {**data, "reason": reason} if reason else dict(data)
    with transaction.atomic():
        row = events.lock(match)
        said = _filled(matches.load_state(row, locked=True), kind, said)
        return events.append(match=row, kind=kind, data=said, at=at, by=by, seen=seen)


def choose(
    *, match: Match, seat: Seat | int, kind: str, data: Mapping[str, Any], at: datetime.datetime
) -> MatchEvent:
    """A team's pad chooses ("chosen": value, in a designated round target too) or declines. Raises ContestRefused."""
    with transaction.atomic():
        row = events.lock(match)
        pk = seat if isinstance(seat, int) else seat.pk
        sender = Seat.objects.filter(pk=pk, match=row).first()
        if sender is None:
            raise ContestRefused("no_seat")
        said = {name: data[name] for name in ("value", "target", "client") if name in data}
        said = _filled(matches.load_state(row, locked=True), kind, said)
        return events.append(match=row, kind=kind, data=said, at=at, seat=sender)


def _filled(standing: MatchState, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """The data of a move with what follows from where the match stands."""
    turn = standing.turn
    if kind == "turn_opened" and standing.round is not None:
        said = {**_next(standing), **said}
        said["item"] = _laid(standing, said["item"])
    elif kind == "chosen" and said.get("item") is None and turn is not None and turn.item is None:
        value = amount(said.get("value"))
        if value is not None:
            said["item"] = turns.next_item(standing, value)
    elif kind == "ruled" and "team" not in said and turn is not None:
        said["team"] = turn.team
    elif kind == "undone" and "seq" not in said and standing.last is not None:
        said["seq"] = standing.last.seq
    return said


def _next(standing: MatchState) -> dict[str, Any]:
    """The next question, and whom the order of the round asks."""
    assert standing.round is not None
    ask = rounds.get(standing.round.rules.kind).next_ask(standing.round)
    return {"item": turns.next_item(standing)} if ask is None else turns.open_data(standing, ask)


def _laid(standing: MatchState, item: Any) -> Any:
    """The question of a turn that begins; none yet where it depends on the value that will be chosen."""
    assert standing.round is not None
    chooses = rounds.get(standing.round.rules.kind).first_phase is TurnPhase.CHOOSING
    valued = any(one.index == item and one.value is not None for one in standing.items)
    return None if chooses and valued else item
