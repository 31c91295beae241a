"""Changing a score: the only place where it happens, so that every point has an entry."""

from dataclasses import replace
from decimal import Decimal

from exams.contests.rules.match import Entry, Event, MatchState


def credited(state: MatchState, event: Event, seat: int, points: Decimal, why: str) -> MatchState:
    """The state with the points (signed) of a turn for the team at a seat, entered under `event`."""
    turn = state.turn.id if state.turn is not None else None
    in_tie_break = state.round is not None and state.round.is_tie_break
    return _entered(state, Entry(event.seq, turn, seat, points, why, in_tie_break))


def charged(
    state: MatchState, event: Event, seat: int, points: Decimal, why: str, turn: int | None = None
) -> MatchState:
    """The state with points that no answer brought: a foul, an override (of `turn`, or of the running one)."""
    if turn is None and state.turn is not None:
        turn = state.turn.id
    return _entered(state, Entry(event.seq, turn, seat, points, why))


def _entered(state: MatchState, entry: Entry) -> MatchState:
    """No score falls below the floor of the rulebook: then less is taken. A change of 0 leaves no entry."""
    team, floor = state.team(entry.team), state.rulebook.floor
    if floor is not None and team.score + entry.points < floor:
        entry = replace(entry, points=min(Decimal(0), floor - team.score))
    if not entry.points:
        return state
    changed = replace(team, score=team.score + entry.points)
    teams = tuple(changed if one.seat == team.seat else one for one in state.teams)
    return replace(state, teams=teams, ledger=(*state.ledger, entry))


def taken(state: MatchState, event: Event, seat: int) -> Decimal:
    """What an event changed of a team's score."""
    return sum((e.points for e in state.ledger if e.seq == event.seq and e.team == seat), Decimal(0))
