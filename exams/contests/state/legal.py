"""What may be done now: moves worth offering, each tried on the state, so that no list of its own can be wrong."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exams.contests.rounds.base import Moves
from exams.contests.rounds.buzzer import Buzzer
from exams.contests.rounds.turns import answers
from exams.contests.rules.match import (
    Event,
    Illegal,
    MatchState,
    Turn,
    TurnPhase,
    player_party,
    team_party,
)
from exams.contests.rules.ranking import open_ties
from exams.contests.state.fold import TEAM, apply, may
from exams.contests.state.moves import kind_of

_SOME_MOMENT = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_ASKED: dict[str, dict[str, str]] = {
    "paused": {"reason": "-"},
    "undone": {"reason": "-"},
    "fouled": {"reason": "-"},
    "overridden": {"reason": "-", "points": "1"},
    "substituted": {"reason": "-"},
    "scored": {"judge": "-", "points": "0"},
}


@dataclass(frozen=True)
class Move:
    """A move that may be offered: its data, the fields a person must add, and why it is refused ("" = it is legal)."""

    kind: str
    data: Mapping[str, Any]
    asks: tuple[str, ...] = ()
    code: str = ""
    params: Mapping[str, Any] | None = None


def offers(state: MatchState, role: str, seat: int | None = None) -> list[Move]:
    """Every move worth offering to a role now, refused ones with the code of the rule. A team sees its own ones."""
    found = []
    for kind, data in candidates(state):
        if not may(role, kind) or (role == TEAM and data.get("team") != seat):
            continue
        asked = _ASKED.get(kind, {})
        bare = {name: value for name, value in data.items() if name not in asked}
        code, params = _refusal(state, kind, {**bare, **asked})
        found.append(Move(kind, bare, tuple(asked), code, params))
    return found


def legal(state: MatchState, role: str, seat: int | None = None) -> list[Move]:
    """The moves a role may make now."""
    return [one for one in offers(state, role, seat) if not one.code]


def _refusal(state: MatchState, kind: str, data: dict[str, Any]) -> tuple[str, Mapping[str, Any]]:
    at = state.last.at if state.last is not None else _SOME_MOMENT
    try:
        apply(state, Event(state.seq + 1, kind, at, data=data))
    except Illegal as refused:
        return refused.code, refused.params
    return "", {}


def candidates(state: MatchState) -> Moves:
    """Moves worth trying, legal or not: kinds with their data."""
    found: Moves = [("started", {}), ("round_opened", {"round": state.rounds_done}), ("round_closed", {})]
    found += [("tie_break_opened", {"teams": list(group)}) for group in open_ties(state)]
    if state.round is not None:
        found += kind_of(state).candidates(state)
    found += [("finished", {}), ("confirmed", {})]
    found += [("resumed", {})] if state.paused else [("paused", {})]
    if state.last is not None:
        found.append(("undone", {"seq": state.last.seq}))
    for team in state.teams:
        found += [("fouled", {"team": team.seat, "code": one.code}) for one in state.rulebook.fouls]
        found.append(("overridden", {"team": team.seat, "turn": state.turn.id if state.turn else None}))
        changes = [(out, into) for out in team.on_stage for into in team.bench]
        found += [("substituted", {"team": team.seat, "out": out, "in": into}) for out, into in changes]
    return found


def may_press(state: MatchState, seat: int) -> bool:
    """Whether a press of this team counts now; before the opening it is an early one."""
    return seat in _pressers(state)


def _pressers(state: MatchState) -> list[int]:
    turn = state.turn
    if turn is None or state.paused or turn.phase not in (TurnPhase.SHOWN, TurnPhase.OPEN):
        return []
    kind = kind_of(state)
    return kind.may_press(state, turn) if isinstance(kind, Buzzer) else []


def may_answer(state: MatchState, party: str) -> bool:
    """Whether an answer of this party's pad counts now ("t3", "p12", "a345")."""
    return not state.paused and state.turn is not None and state.turn.by == "pad" and answers(state, party)


def pad_acts(state: MatchState) -> dict[str, list[str]]:
    """What each pad may do now: {"audience": [...], "t3": [...], "p12": [...]}; who may do nothing is left out."""
    found: dict[str, list[str]] = {}
    if may_answer(state, "a0"):
        found["audience"] = ["answer"]
    pressers = _pressers(state)
    for team in state.teams:
        for party in (team_party(team.seat), *map(player_party, team.on_stage)):
            acts = ["press"] if team.seat in pressers else []
            acts += ["answer"] if may_answer(state, party) else []
            acts += _choices(state.turn, team.seat) if not state.paused else []
            if acts:
                found[party] = acts
    return found


def _choices(turn: Turn | None, seat: int) -> list[str]:
    if turn is None or turn.phase is not TurnPhase.CHOOSING or turn.chooser != seat:
        return []
    return ["choose", "decline"]
