"""The contract of a round, and what most rounds do. To add a kind: copy a sibling and name it in the package.

A kind is pure. It lists its settings, says its rule in codes, says whom the next turn asks, and takes the
moves of a turn: `take(state, event)` gives the next state or raises Illegal with the rule's code. What is
the same for every round is here: one team (or one player of it) answers, is ruled right or wrong, and what
it missed may go on to somebody. A kind overrides where its rule differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from exams.contests.rounds.plan import Plan
from exams.contests.rounds.turns import (
    AUDIENCE,
    RIGHT,
    TIMEOUT,
    VERDICTS,
    VOID,
    WRONG,
    answers,
    asked_of,
    in_phase,
    missed,
    open_data,
    running,
    with_item,
    with_verdict,
)
from exams.contests.rules import reading
from exams.contests.rules.ledger import credited
from exams.contests.rules.match import Event, Illegal, MatchState, RoundState, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules

Moves = list[tuple[str, dict[str, Any]]]


class Round(Plan):
    """One kind of round with its turns. `who` answers them; they begin in `first_phase`."""

    who: ClassVar[str] = "team"
    first_phase: ClassVar[TurnPhase] = TurnPhase.SHOWN

    def open_turn(self, state: MatchState, event: Event) -> MatchState:
        """The next question for whom the order names."""
        round_ = running(state)
        ask = self.next_ask(round_)
        if ask is None:
            raise Illegal("round_done")
        team, player = asked_of(state, ask, event)
        item = reading.maybe_whole(event.data, "item")
        if item is None and self.first_phase is not TurnPhase.CHOOSING:
            raise Illegal("item_needed")
        turn = Turn(
            id=event.seq,
            number=round_.asked + 1,
            phase=self.first_phase,
            item=item,
            team=team,
            player=player,
            who=self.who,
            by=self.value(round_.rules, "by") if self.has("by") else "voice",
        )
        turn = self.prepared(state, round_, turn)
        return replace(with_item(state, item), turn=turn)

    def prepared(self, state: MatchState, round_: RoundState, turn: Turn) -> Turn:
        """A turn with what its kind adds when it is opened."""
        del state, round_
        return turn

    def take(self, state: MatchState, event: Event) -> MatchState:
        """The state after a move of a turn. Raises Illegal."""
        moves: Mapping[str, Callable[[MatchState, Turn, Event], MatchState]] = {
            "chosen": self.chosen,
            "declined": self.declined,
            "opened": self.opened,
            "pressed": self.pressed,
            "early": self.early,
            "closed": self.closed,
            "ruled": self.ruled,
            "scored": self.scored,
            "passed": self.passed,
        }
        if state.turn is None:
            raise Illegal("no_turn")
        return moves[event.kind](state, state.turn, event)

    def chosen(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A team chooses a value or a target."""
        raise Illegal("nothing_to_choose")

    def declined(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A team does without its turn."""
        raise Illegal("no_declining")

    def pressed(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The presses of a turn are settled."""
        raise Illegal("no_buzzer")

    def early(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A team pressed before the opening."""
        raise Illegal("no_buzzer")

    def scored(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A judge of a panel gives points."""
        raise Illegal("no_panel")

    def opened(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The clock runs: from here answers count."""
        in_phase(turn, TurnPhase.SHOWN)
        turn = replace(turn, phase=TurnPhase.OPEN, opened=event.seq, opened_at=event.at)
        return replace(state, turn=self.clocked(state, turn, event, self.seconds(running(state).rules)))

    def seconds(self, rules: RoundRules) -> int:
        """How long an opened turn may take; 0 = without a clock."""
        return int(self.value(rules, "seconds"))

    def start_seconds(self, rules: RoundRules, turn: Turn) -> int:
        """Within how many seconds an answer must begin; 0 = no such rule."""
        del turn
        return int(self.value(rules, "start_seconds")) if self.has("start_seconds") else 0

    def clocked(self, state: MatchState, turn: Turn, event: Event, seconds: int) -> Turn:
        """The turn with its clock: as the event says, or `seconds` from the event on."""
        if event.data.get("ends_at", "") == "":
            ends_at = event.at + timedelta(seconds=seconds) if seconds else None
        else:
            said = event.data["ends_at"]
            ends_at = None if said is None else reading.moment(said, "ends_at", event.at)
        start = self.start_seconds(running(state).rules, turn)
        starts_by = event.at + timedelta(seconds=start) if start else None
        return replace(turn, ends_at=ends_at, starts_by=starts_by, clock_from=event.at)

    def closed(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """Nobody may answer any more; what the pads sent is marked."""
        in_phase(turn, TurnPhase.OPEN, TurnPhase.ANSWERING)
        reading.word(event.data, "reason", ("host", "time", "all"))
        results = reading.results(event.data)
        for party in results:
            if not answers(state, party):
                raise Illegal("not_asked", party=party)
        turn = replace(turn, phase=TurnPhase.CLOSED, results=results, ends_at=None, starts_by=None)
        return self.after_close(replace(state, turn=turn), turn, event)

    def after_close(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """What follows by itself once a turn is closed."""
        del turn, event
        return state

    def ruled(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A ruling on the team that answers (or on the audience), with the points of the rule."""
        in_phase(turn, TurnPhase.OPEN, TurnPhase.ANSWERING, TurnPhase.CLOSED)
        verdict = reading.word(event.data, "verdict", VERDICTS)
        team = reading.maybe_whole(event.data, "team")
        if turn.declined or (team is None) != turn.audience or team != turn.team:
            raise Illegal("not_answering", team=team)
        if team is not None:
            points = self.worth(state, turn, verdict)
            state = credited(state, event, team, points, self.why(verdict))
        return with_verdict(state, event, team, verdict)

    def why(self, verdict: str) -> str:
        """The code a ruling leaves in the ledger."""
        return verdict

    def worth(self, state: MatchState, turn: Turn, verdict: str) -> Decimal:
        """The signed points of a verdict."""
        del turn
        rules = running(state).rules
        if verdict == RIGHT:
            return self.value(rules, "points")
        if verdict == WRONG or (verdict == TIMEOUT and self.value(rules, "timeout") == WRONG):
            return -self.value(rules, "penalty")
        return Decimal(0)

    def passed(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """What was missed goes to whom the rule names."""
        to = event.data.get("to")
        if isinstance(to, bool) or to not in self.takers(state, turn):
            raise Illegal("not_passed_there", to=str(to)[:16])
        seat = None if to == AUDIENCE else int(to)
        turn = replace(turn, phase=TurnPhase.ANSWERING, team=seat, player=None, audience=seat is None)
        turn = replace(turn, tried=turn.tried if seat is None else (*turn.tried, seat), results={})
        return replace(state, turn=self.clocked(state, turn, event, self.seconds(running(state).rules)))

    def takers(self, state: MatchState, turn: Turn) -> list[int | str]:
        """To whom what was missed may go: seats, or "audience"."""
        if not self.has("after_miss") or not missed(turn):
            return []
        return [AUDIENCE] if self.value(running(state).rules, "after_miss") == AUDIENCE else []

    def may_close(self, turn: Turn) -> bool:
        """Whether the turn may end, and what is right may be shown."""
        if turn.phase is TurnPhase.RULED or turn.declined:
            return True
        return turn.audience and turn.phase in (TurnPhase.ANSWERING, TurnPhase.CLOSED)

    def close_turn(self, state: MatchState, event: Event) -> MatchState:
        """The turn ends. "again": a void question is asked anew with another item, to the same team."""
        turn, round_ = state.turn, running(state)
        if turn is None:
            raise Illegal("no_turn")
        if not self.may_close(turn):
            raise Illegal("not_ruled")
        if reading.flag(event.data, "again"):
            if not turn.verdicts or any(one.verdict != VOID for one in turn.verdicts):
                raise Illegal("only_void_again")
            return replace(state, turn=None)
        return self.moved_on(replace(state, turn=None), round_, turn)

    def candidates(self, state: MatchState) -> Moves:
        """Moves of this round worth trying now; `state.legal` keeps those that are not refused."""
        turn = state.turn
        if turn is None:
            ask = self.next_ask(running(state))
            return [] if ask is None else [("turn_opened", open_data(state, ask))]
        found: Moves = [("opened", {}), ("closed", {"reason": "host"})]
        found += [("ruled", {"team": turn.team, "verdict": verdict}) for verdict in VERDICTS]
        found += [("passed", {"to": to}) for to in self.takers(state, turn)]
        return [*found, ("turn_closed", {}), ("turn_closed", {"again": True})]
