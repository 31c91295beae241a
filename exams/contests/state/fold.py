"""A match as a fold: `apply(state, event)` is the next state, or Illegal with the code of the rule. Pure.

match:  waiting -> running -> finished -> confirmed; standing still is beside it
turn:   choosing -> shown -> open -> answering -> closed -> ruled -> (none)

What a turn does is the business of its kind of round (`rounds`). Here stands what holds for every match:
beginning and end, the order of rounds, pauses, fouls, overrides, substitutions, and taking the newest move
back. The log keeps both the move and its undoing; the state after it is the one before the move.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from exams.contests.rules import reading
from exams.contests.rules.match import Event, Illegal, Item, MatchState, Phase, Team, TeamStart
from exams.contests.rules.rulebook import MOST_TEAMS, Rulebook
from exams.contests.state.moves import MOVES, of_a_turn, undone

HOST, JUDGE, CHIEF, TEAM, SERVICE = "host", "judge", "chief_referee", "team", "service"
_TURN_MOVES = ("chosen", "declined", "opened", "pressed", "early", "closed", "ruled", "scored", "passed")
MOVERS: dict[str, frozenset[str]] = {
    "started": frozenset({HOST}),
    "round_opened": frozenset({HOST}),
    "turn_opened": frozenset({HOST}),
    "chosen": frozenset({HOST, TEAM}),
    "declined": frozenset({HOST, TEAM}),
    "opened": frozenset({HOST}),
    "pressed": frozenset({SERVICE}),
    "early": frozenset({SERVICE}),
    "closed": frozenset({HOST, SERVICE}),
    "ruled": frozenset({HOST, JUDGE, CHIEF}),
    "scored": frozenset({JUDGE, CHIEF}),
    "passed": frozenset({HOST}),
    "turn_closed": frozenset({HOST}),
    "fouled": frozenset({JUDGE, CHIEF}),
    "overridden": frozenset({CHIEF}),
    "substituted": frozenset({HOST}),
    "paused": frozenset({HOST}),
    "resumed": frozenset({HOST}),
    "undone": frozenset({HOST}),
    "round_closed": frozenset({HOST}),
    "tie_break_opened": frozenset({HOST}),
    "finished": frozenset({HOST}),
    "confirmed": frozenset({CHIEF}),
}
WHILE_PAUSED = frozenset({"resumed", "fouled", "overridden", "substituted", "undone"})
AFTER_THE_END = frozenset({"fouled", "overridden", "undone", "confirmed", "tie_break_opened"})


def may(role: str, kind: str) -> bool:
    """Whether a role may make a move of this kind at all."""
    return role in MOVERS.get(kind, frozenset())


def start(
    rulebook: Rulebook, teams: Sequence[TeamStart], seed: bytes, items: Iterable[Item] = ()
) -> MatchState:
    """A match before its first event. `seed` decides every draw in it. Raises Illegal for teams that do not fit."""
    seats = [one.seat for one in teams]
    if len(set(seats)) < len(seats) or any(not 1 <= seat <= MOST_TEAMS for seat in seats):
        raise Illegal("seats_wrong")
    if not teams and any(one.kind != "audience" for one in rulebook.rounds):
        raise Illegal("no_teams")
    players = [player for one in teams for player in (*one.players, *one.bench)]
    if len(set(players)) < len(players):
        raise Illegal("player_twice")
    for one in teams:
        if rulebook.on_stage and not 1 <= len(one.players) <= rulebook.on_stage:
            raise Illegal("team_size", team=one.seat, most=rulebook.on_stage)
    ready = tuple(
        Team(one.seat, one.name, rulebook.base_score, tuple(one.players), tuple(one.bench))
        for one in sorted(teams, key=lambda one: one.seat)
    )
    return MatchState(rulebook, seed, ready, tuple(items))


def replay(state: MatchState, events: Iterable[Event]) -> MatchState:
    """The state after all events. Raises Illegal for the first that is refused."""
    for event in events:
        state = apply(state, event)
    return state


def apply(state: MatchState, event: Event) -> MatchState:
    """The state after one event. Raises Illegal with the code of the rule that refuses it."""
    if event.seq != state.seq + 1:
        raise Illegal("seq_gap", expected=state.seq + 1)
    if event.kind not in MOVERS:
        raise Illegal("unknown_move", kind=str(event.kind)[:32])
    if event.at.tzinfo is None:
        raise reading.malformed("at")
    _guard(state, event)
    if event.kind == "undone":
        return undone(state, event)
    move = of_a_turn if event.kind in _TURN_MOVES else MOVES[event.kind]
    return replace(move(state, event), seq=event.seq, last=event, before=state)


def _guard(state: MatchState, event: Event) -> None:
    """What every move must heed: the phase of the match and whether it stands still."""
    if state.phase is Phase.CONFIRMED:
        raise Illegal("confirmed")
    if state.phase is Phase.WAITING and event.kind not in ("started", "substituted", "undone"):
        raise Illegal("not_started")
    if state.phase is Phase.FINISHED and event.kind not in AFTER_THE_END:
        raise Illegal("finished")
    if state.paused and event.kind not in WHILE_PAUSED:
        raise Illegal("paused")
