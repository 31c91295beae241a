"""Playing a match of the demo to its confirmed end, through the services the host's desk uses."""

import datetime
import random
from typing import Any

from exams.contests.models import Match
from exams.contests.queries.matches import load_state
from exams.contests.rules.match import MatchState, Phase, Turn, TurnPhase
from exams.contests.rules.ranking import open_ties
from exams.contests.services import events, moves
from exams.contests.state import legal, may_press
from lianbing.people.rules import SYSTEM, Actor

MOST_MOVES = 1_000
STRENGTH = (0.82, 0.7, 0.62, 0.5)


class _Player:
    """Plays one match move by move; whoever is asked is right as often as their team is strong."""

    def __init__(self, match: Match, host: Actor, chief: Actor, rng: random.Random, at: datetime.datetime):
        self.match, self.host, self.chief, self.rng, self.at = match, host, chief, rng, at
        self.early = self.fouled = False

    def go(self, kind: str, by: Actor | None = None, reason: str = "", **data: Any) -> None:
        """One move, some seconds after the one before."""
        self.at += datetime.timedelta(seconds=self.rng.randint(3, 14))
        moves.move(match=self.match, kind=kind, data=data, by=by or self.host, at=self.at, reason=reason)

    def service(self, kind: str, **data: Any) -> None:
        """What the server does by itself: settled presses, an early press."""
        self.at += datetime.timedelta(seconds=self.rng.randint(1, 5))
        events.append(match=self.match, kind=kind, data=data, at=self.at, by=SYSTEM)

    def between(self, state: MatchState) -> None:
        """No question is on: the next one, the next round, a tie break, or the end."""
        if state.round is not None:
            opening = [one for one in legal(state, "host") if one.kind == "turn_opened"]
            if opening:
                return self.go("turn_opened", **dict(opening[0].data))
            return self.go("round_closed")
        if state.rounds_done < len(state.rulebook.rounds):
            self._incidents(state)
            return self.go("round_opened", round=state.rounds_done)
        ties = open_ties(state)
        if ties and state.rulebook.tie_break is not None:
            return self.go("tie_break_opened", teams=list(ties[0]))
        return self.go("finished")

    def _incidents(self, state: MatchState) -> None:
        """Between two rounds: a pause, a foul, and a ruling corrected by the chief referee."""
        if state.rounds_done == 2:
            self.go("paused", reason="核对前两轮分数")
            self.go("resumed")
        if state.rounds_done == 3 and not self.fouled:
            self.fouled = True
            seat = state.teams[-1].seat
            self.go(
                "fouled", by=self.chief, reason="台下人员提示答案", team=seat, code="prompting", points="-10"
            )
            self.go("overridden", by=self.chief, reason="复核录像，抢答题答案表述正确", team=2, points="10")

    def turn(self, state: MatchState, turn: Turn) -> None:
        """The next move of a question."""
        if turn.phase is TurnPhase.CHOOSING:
            value = self.rng.choice(turn.choices)
            self.go("chosen", team=turn.chooser, value=value)
        elif turn.phase is TurnPhase.SHOWN:
            self._open(state)
        elif turn.phase is TurnPhase.OPEN and turn.team is None and not turn.audience:
            self._press(state)
        elif turn.phase in (TurnPhase.RULED, TurnPhase.CLOSED) or turn.audience:
            self.go("turn_closed")
        else:
            self._rule(turn)

    def _open(self, state: MatchState) -> None:
        pressers = [one.seat for one in state.teams if may_press(state, one.seat)]
        if pressers and not self.early and state.round is not None and state.round.asked == 4:
            self.early = True
            return self.service("early", team=pressers[-1], player=None)
        return self.go("opened")

    def _press(self, state: MatchState) -> None:
        seats = [one.seat for one in state.teams if may_press(state, one.seat)]
        times = sorted(self.rng.sample(range(350, 2600), len(seats)))
        self.rng.shuffle(seats)
        presses = [
            {"team": seat, "player": None, "received_ms": float(ms), "correction_ms": 20.0}
            for seat, ms in zip(seats, times, strict=True)
        ]
        self.service("pressed", presses=presses)

    def _rule(self, turn: Turn) -> None:
        strength = STRENGTH[((turn.team or 1) - 1) % len(STRENGTH)]
        right = self.rng.random() < strength
        self.go("ruled", team=turn.team, verdict="right" if right else "wrong")


def play(match: Match, *, host: Actor, chief: Actor, rng: random.Random, at: datetime.datetime) -> None:
    """Play a match from its start to its confirmation. Raises RuntimeError if it does not come to an end."""
    player = _Player(match, host, chief, rng, at)
    player.go("started")
    for _move in range(MOST_MOVES):
        state = load_state(match)
        if state.phase is Phase.FINISHED:
            return player.go("confirmed", by=chief)
        if state.turn is not None:
            player.turn(state, state.turn)
        else:
            player.between(state)
    raise RuntimeError("the demo's match does not end")
