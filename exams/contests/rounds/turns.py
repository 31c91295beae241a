"""What the kinds of rounds share about turns: who is asked, which item, who may answer, what a ruling leaves."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from exams.contests.rules import reading
from exams.contests.rules.ledger import taken
from exams.contests.rules.match import (
    TIE_BREAK,
    Ask,
    Event,
    Illegal,
    Item,
    MatchState,
    RoundState,
    Turn,
    TurnPhase,
    Verdict,
    player_party,
    team_party,
)

RIGHT, WRONG, TIMEOUT, VOID, SCORED = "right", "wrong", "timeout", "void", "scored"
VERDICTS = (RIGHT, WRONG, TIMEOUT, VOID)
AUDIENCE = "audience"
ANSWER_PHASES = (TurnPhase.OPEN, TurnPhase.ANSWERING)


def running(state: MatchState) -> RoundState:
    """The running round. Raises Illegal where there is none."""
    if state.round is None:
        raise Illegal("no_round")
    return state.round


def in_phase(turn: Turn, *phases: TurnPhase) -> None:
    """Raises Illegal unless the turn stands in one of the phases."""
    if turn.phase not in phases:
        raise Illegal("wrong_phase", phase=turn.phase.value)


def asked_of(state: MatchState, ask: Ask, event: Event) -> tuple[int | None, int | None]:
    """Team and player of a turn; what the event says of them must be what the order says."""
    team, player = ask.team, player_of(state, ask)
    said_team = reading.maybe_whole(event.data, "team")
    said_player = reading.maybe_whole(event.data, "player")
    if said_team not in (None, team) or said_player not in (None, player):
        raise Illegal("not_next", team=team, player=player)
    return team, player


def player_of(state: MatchState, ask: Ask) -> int | None:
    """The player at a place on stage; a team that is short begins again with its first."""
    if ask.team is None or ask.position is None:
        return None
    on_stage = state.team(ask.team).on_stage
    return on_stage[ask.position % len(on_stage)]


def open_data(state: MatchState, ask: Ask) -> dict[str, Any]:
    """The data of the opening of a turn, with the next item where the items are known."""
    return {"item": next_item(state), "team": ask.team, "player": player_of(state, ask)}


def free_items(state: MatchState, value: Decimal | None = None) -> list[Item]:
    """Items that may still be asked in this round: its own, its spares, other spares; of one value where it is said.

    What is laid out for the tie-break has the number after the last round (or TIE_BREAK).
    """
    round_ = running(state)
    own = (TIE_BREAK, len(state.rulebook.rounds)) if round_.is_tie_break else (round_.index,)
    found = [
        one
        for one in state.items
        if one.index not in state.asked
        and (one.spare or one.round is None or one.round in own)
        and (value is None or one.value in (None, value))
    ]
    return sorted(found, key=lambda one: (one.spare, one.round not in own, one.index))


def next_item(state: MatchState, value: Decimal | None = None) -> int | None:
    """The index of the item to ask next; without items laid ready, the next number."""
    if not state.items:
        return max(state.asked, default=-1) + 1
    free = free_items(state, value)
    return free[0].index if free else None


def items_left(state: MatchState) -> bool:
    """Whether there is anything left to ask in this round."""
    return not state.items or bool(free_items(state))


def with_item(state: MatchState, item: int | None, value: Decimal | None = None) -> MatchState:
    """The state with an item asked. Raises Illegal for one asked before, of another round or another value."""
    if item is None:
        return state
    if item in state.asked:
        raise Illegal("item_asked", item=item)
    if state.items and item not in {one.index for one in free_items(state, value)}:
        raise Illegal("item_not_here", item=item)
    return replace(state, asked=state.asked | {item})


def answers(state: MatchState, party: str) -> bool:
    """Whether the pad of a party ("t3", "p12", "a345") may answer now."""
    turn, round_ = state.turn, state.round
    if turn is None or round_ is None or turn.phase not in ANSWER_PHASES:
        return False
    if turn.audience or turn.who == AUDIENCE:
        return party.startswith("a")
    if turn.who == "player" and turn.player is not None:
        return turn.team is not None and party in (team_party(turn.team), player_party(turn.player))
    seats = round_.teams if turn.who == "all" else (turn.team,)
    for team in state.teams:
        if team.seat in seats and not team.out:
            parties = (team_party(team.seat), *map(player_party, team.on_stage))
            if party in parties:
                return True
    return False


def team_of(state: MatchState, party: str) -> int | None:
    """The seat of the team a pad belongs to; None for the audience."""
    for team in state.teams:
        if party in (team_party(team.seat), *map(player_party, team.on_stage)):
            return team.seat
    return None


def with_verdict(state: MatchState, event: Event, team: int | None, verdict: str) -> MatchState:
    """The state with a ruling on its turn, after its points were entered."""
    turn = state.turn
    if turn is None:
        raise Illegal("no_turn")
    points = Decimal(0) if team is None else taken(state, event, team)
    given = Verdict(team, verdict, points, event.seq)
    turn = replace(
        turn,
        phase=TurnPhase.RULED,
        verdicts=(*turn.verdicts, given),
        tried=turn.tried if team is None or team in turn.tried else (*turn.tried, team),
        ends_at=None,
        starts_by=None,
    )
    return replace(state, turn=turn)


def missed(turn: Turn) -> bool:
    """Whether the last ruling was a miss of a team."""
    if turn.phase is not TurnPhase.RULED or not turn.verdicts:
        return False
    last = turn.verdicts[-1]
    return last.team is not None and last.verdict in (WRONG, TIMEOUT)
