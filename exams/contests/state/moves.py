"""The moves that every match knows, whatever its rounds: from the beginning to the confirmed end."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from exams.contests import rounds
from exams.contests.rounds.turns import running
from exams.contests.rules import reading
from exams.contests.rules.ledger import charged
from exams.contests.rules.match import TIE_BREAK, Event, Illegal, MatchState, Phase, Turn, TurnPhase
from exams.contests.rules.ranking import open_ties
from exams.contests.rules.rulebook import RoundRules

_ANSWERED = frozenset({TurnPhase.CLOSED, TurnPhase.RULED})
_CLOCK = ("opened_at", "clock_from", "starts_by", "ends_at")


def kind_of(state: MatchState) -> rounds.Round:
    """The kind of the running round. Raises Illegal where there is none."""
    return rounds.get(running(state).rules.kind)


def of_a_turn(state: MatchState, event: Event) -> MatchState:
    """A move of a turn, taken by its kind of round."""
    return kind_of(state).take(state, event)


def _started(state: MatchState, event: Event) -> MatchState:
    if state.phase is not Phase.WAITING:
        raise Illegal("already_started")
    return replace(state, phase=Phase.RUNNING)


def _round_opened(state: MatchState, event: Event) -> MatchState:
    if state.round is not None:
        raise Illegal("round_running")
    index = reading.whole(event.data, "round")
    if state.rounds_done >= len(state.rulebook.rounds):
        raise Illegal("rounds_over")
    if index != state.rounds_done:
        raise Illegal("round_order", round=state.rounds_done + 1)
    return _begin(state, event, state.rulebook.rounds[index], index, tuple(one.seat for one in state.teams))


def _begin(
    state: MatchState, event: Event, rules: RoundRules, index: int, seats: tuple[int, ...]
) -> MatchState:
    begun = rounds.get(rules.kind).begin(state, rules, index, seats, event.seq)
    return replace(state, round=begun)


def _tie_break_opened(state: MatchState, event: Event) -> MatchState:
    rules = state.rulebook.tie_break
    if rules is None:
        raise Illegal("no_tie_break")
    _nothing_runs(state)
    if state.rounds_done < len(state.rulebook.rounds):
        raise Illegal("rounds_left")
    said = event.data.get("teams")
    if not isinstance(said, list | tuple) or any(type(one) is not int for one in said):
        raise reading.malformed("teams")
    group = next((one for one in open_ties(state) if set(one) == set(said)), None)
    if group is None:
        raise Illegal("not_tied")
    teams = tuple(replace(one, out=False) if one.seat in group else one for one in state.teams)
    state = replace(state, phase=Phase.RUNNING, teams=teams)
    return _begin(state, event, rules, TIE_BREAK, group)


def _nothing_runs(state: MatchState) -> None:
    if state.turn is not None:
        raise Illegal("turn_running")
    if state.round is not None:
        raise Illegal("round_running")


def _turn_opened(state: MatchState, event: Event) -> MatchState:
    if state.turn is not None:
        raise Illegal("turn_running")
    return kind_of(state).open_turn(state, event)


def _turn_closed(state: MatchState, event: Event) -> MatchState:
    turn = state.turn
    after = kind_of(state).close_turn(state, event)
    if turn is None or turn.item is None or turn.declined:  # who declines has shown the question to nobody
        return after
    return replace(after, revealed=state.revealed | {turn.item})


def _round_closed(state: MatchState, event: Event) -> MatchState:
    round_ = running(state)
    if state.turn is not None:
        raise Illegal("turn_running")
    if not kind_of(state).may_end(state, round_):
        raise Illegal(kind_of(state).not_over)
    state = kind_of(state).end(state, round_)
    done = state.rounds_done if round_.is_tie_break else state.rounds_done + 1
    return replace(state, round=None, rounds_done=done)


def _fouled(state: MatchState, event: Event) -> MatchState:
    seat = reading.whole(event.data, "team")
    state.team(seat)
    code = event.data.get("code")
    foul = next((one for one in state.rulebook.fouls if one.code == code), None)
    if foul is None:
        raise Illegal("no_such_foul")
    reading.remark(event.data)
    if event.data.get("points") is not None and reading.signed(event.data, "points") != -foul.points:
        raise Illegal("foul_points", points=str(-foul.points))
    return charged(state, event, seat, -foul.points, f"foul.{foul.code}")


def _overridden(state: MatchState, event: Event) -> MatchState:
    seat = reading.whole(event.data, "team")
    state.team(seat)
    points = reading.signed(event.data, "points")
    reading.reason(event.data)
    turn = reading.maybe_whole(event.data, "turn")
    if not points:
        raise Illegal("no_change")
    if turn is not None and turn > state.seq:
        raise Illegal("no_such_turn")
    return charged(state, event, seat, points, "override", turn)


def _substituted(state: MatchState, event: Event) -> MatchState:
    team = state.team(reading.whole(event.data, "team"))
    reading.reason(event.data)
    out, into = reading.whole(event.data, "out"), reading.whole(event.data, "in")
    if state.turn is not None:
        raise Illegal("turn_running")
    if team.substitutions >= state.rulebook.most_substitutions:
        raise Illegal("substitutions_used", most=state.rulebook.most_substitutions)
    if out not in team.on_stage or into not in team.bench:
        raise Illegal("not_of_team", team=team.seat)
    changed = replace(
        team,
        on_stage=tuple(into if one == out else one for one in team.on_stage),
        bench=tuple(out if one == into else one for one in team.bench),
        substitutions=team.substitutions + 1,
    )
    return replace(state, teams=tuple(changed if one.seat == team.seat else one for one in state.teams))


def _paused(state: MatchState, event: Event) -> MatchState:
    return replace(state, paused_at=event.at, pause_reason=reading.reason(event.data))


def _resumed(state: MatchState, event: Event) -> MatchState:
    if state.paused_at is None:
        raise Illegal("not_paused")
    turn = _shifted(state.turn, event.at - state.paused_at)
    return replace(state, paused_at=None, pause_reason="", turn=turn)


def _shifted(turn: Turn | None, by: datetime.timedelta) -> Turn | None:
    """The turn with its clock later by a time in which nobody could answer."""
    if turn is None:
        return None
    later = {name: moment + by for name in _CLOCK if (moment := getattr(turn, name)) is not None}
    return replace(turn, **later)


def undone(state: MatchState, event: Event) -> MatchState:
    """The state before the newest move. A clock that had run out then stays off.

    A question whose answer everybody has seen is not opened again: those who had not answered would know it.
    """
    seq = reading.whole(event.data, "seq")
    reading.reason(event.data)
    last, before = state.last, state.before
    if last is None or before is None:
        raise Illegal("nothing_to_undo")
    if seq != last.seq:
        raise Illegal("not_the_newest", seq=last.seq)
    if before.turn is not None and before.turn.item in state.revealed and before.turn.phase not in _ANSWERED:
        raise Illegal("key_shown")
    return replace(
        before,
        seq=event.seq,
        turn=_taken_up(state, before, event),
        undone=(*state.undone, seq),
        revealed=state.revealed,
    )


def _taken_up(state: MatchState, before: MatchState, event: Event) -> Turn | None:
    """The turn before a move that is undone: a clock the move had stopped goes on with what was left then."""
    turn, after, last = before.turn, state.turn, state.last
    if turn is None or last is None or before.paused:
        return turn
    if after is not None and (after.phase, after.ends_at) == (turn.phase, turn.ends_at) and not state.paused:
        return turn
    if turn.ends_at is not None and turn.ends_at <= last.at:
        turn = replace(turn, ends_at=None, starts_by=None)
    return _shifted(turn, event.at - last.at)


def _finished(state: MatchState, event: Event) -> MatchState:
    _nothing_runs(state)
    if state.rounds_done < len(state.rulebook.rounds):
        raise Illegal("rounds_left")
    return replace(state, phase=Phase.FINISHED)


def _confirmed(state: MatchState, event: Event) -> MatchState:
    if state.phase is not Phase.FINISHED:
        raise Illegal("not_finished")
    return replace(state, phase=Phase.CONFIRMED)


MOVES: dict[str, Callable[[MatchState, Event], MatchState]] = {
    "started": _started,
    "round_opened": _round_opened,
    "turn_opened": _turn_opened,
    "turn_closed": _turn_closed,
    "round_closed": _round_closed,
    "tie_break_opened": _tie_break_opened,
    "fouled": _fouled,
    "overridden": _overridden,
    "substituted": _substituted,
    "paused": _paused,
    "resumed": _resumed,
    "finished": _finished,
    "confirmed": _confirmed,
}
