"""抢答: after the opening the first press answers; who presses before it pays as the rule says."""

from dataclasses import replace
from decimal import Decimal

from exams.contests.rounds.base import Moves, Round
from exams.contests.rounds.plan import BY, timing
from exams.contests.rounds.turns import AUDIENCE, TIMEOUT, WRONG, in_phase, missed, running
from exams.contests.rules import reading
from exams.contests.rules.buzzer import order
from exams.contests.rules.ledger import credited
from exams.contests.rules.match import Event, Illegal, MatchState, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import choice, points, whole

TO_AUDIENCE, LOSE_ITEM, SECOND_COSTS, RESTATE = "to_audience", "lose_item", "second_costs", "restate"
NEXT, NOBODY = "next", "nobody"


class Buzzer(Round):
    """One turn asks all teams. The order of the presses is made by `rules.buzzer`, from settled presses."""

    name = "buzzer"
    asks_in_turn = False
    settings = (
        points("points", "10"),
        points("penalty", "10"),
        whole("press_seconds", 10, most=600),
        *timing(60, start=10, silence=15, timeout=WRONG),
        choice("early", TO_AUDIENCE, LOSE_ITEM, SECOND_COSTS, RESTATE),
        points("early_penalty", "10"),
        choice("after_miss", NOBODY, NEXT, AUDIENCE),
        choice("no_press", NOBODY, AUDIENCE),
        BY,
    )

    def untold(self, rules: RoundRules) -> set[str]:
        """What an early press costs, where it loses the question and nothing more."""
        free = {"early_penalty"} if self.value(rules, "early") == LOSE_ITEM else set()
        return super().untold(rules) | free

    def seconds(self, rules: RoundRules) -> int:
        """An opened turn runs as long as teams may press."""
        return int(self.value(rules, "press_seconds"))

    def start_seconds(self, rules: RoundRules, turn: Turn) -> int:
        """Who won the item must begin in time; pressing is another matter."""
        return super().start_seconds(rules, turn) if turn.phase is TurnPhase.ANSWERING else 0

    def answer_seconds(self, rules: RoundRules) -> int:
        """How long who won the item may take."""
        return int(self.value(rules, "seconds"))

    def may_press(self, state: MatchState, turn: Turn) -> list[int]:
        """The seats that may still win this item."""
        among = turn.among or running(state).teams
        lost = {*turn.early, *turn.tried}
        return [one.seat for one in state.teams if one.seat in among and not one.out and one.seat not in lost]

    def pressed(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The settled presses of a turn: the first answers; on a tie that is pressed out, the tied ones again."""
        in_phase(turn, TurnPhase.OPEN)
        free = self.may_press(state, turn)
        valid = [one for one in reading.presses(event.data) if one.team in free]
        if not valid:
            raise Illegal("no_press")
        ranked = order(valid, state.rulebook.buzzer, state.scores, state.seed, turn.id)
        turn = replace(turn, order=ranked.order, tied=ranked.tied, decided=ranked.decided)
        if ranked.winner is None:
            again = replace(turn, phase=TurnPhase.SHOWN, opened=None, among=ranked.tied, ends_at=None)
            return replace(state, turn=again)
        return self.answering(state, turn, event, ranked.winner.team, ranked.winner.player)

    def answering(
        self, state: MatchState, turn: Turn, event: Event, seat: int, player: int | None
    ) -> MatchState:
        """The state in which a team answers, its clock running from the event on."""
        turn = replace(turn, phase=TurnPhase.ANSWERING, team=seat, player=player)
        return replace(
            state, turn=self.clocked(state, turn, event, self.answer_seconds(running(state).rules))
        )

    def early(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A press before the opening, with what the rule makes of it."""
        in_phase(turn, TurnPhase.SHOWN)
        seat = reading.whole(event.data, "team")
        player = reading.maybe_whole(event.data, "player")
        if seat not in self.may_press(state, turn):
            raise Illegal("may_not_press", team=seat)
        rules = running(state).rules
        rule = self.value(rules, "early")
        count = state.team(seat).early + 1
        teams = tuple(replace(one, early=count) if one.seat == seat else one for one in state.teams)
        state = replace(state, teams=teams)
        if rule == RESTATE:
            return self.answering(state, replace(turn, restate=True), event, seat, player)
        if rule == TO_AUDIENCE or (rule == SECOND_COSTS and count > 1):
            state = credited(state, event, seat, -self.value(rules, "early_penalty"), "early")
        turn = replace(turn, early=(*turn.early, seat))
        if rule == TO_AUDIENCE:
            turn = replace(turn, phase=TurnPhase.ANSWERING, audience=True)
        elif not self.may_press(state, turn):
            turn = replace(turn, phase=TurnPhase.CLOSED)
        return replace(state, turn=turn)

    def worth(self, state: MatchState, turn: Turn, verdict: str) -> Decimal:
        """As usual; who pressed while the question was read and cannot restate it pays the early penalty."""
        if turn.restate and verdict in (WRONG, TIMEOUT):
            return -self.value(running(state).rules, "early_penalty")
        return super().worth(state, turn, verdict)

    def takers(self, state: MatchState, turn: Turn) -> list[int | str]:
        """After a miss the next one in the order of the presses, or the audience; the audience if nobody pressed."""
        rules = running(state).rules
        rule = self.value(rules, "after_miss")
        if missed(turn):
            waiting = [p.team for p in turn.order if p.team not in turn.tried and not state.team(p.team).out]
            return [*waiting[:1]] if rule == NEXT else super().takers(state, turn)
        unpressed = turn.phase is TurnPhase.CLOSED and turn.team is None and not turn.audience
        return [AUDIENCE] if unpressed and self.value(rules, "no_press") == AUDIENCE else []

    def passed(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """As usual, with the player who pressed for the team."""
        after = super().passed(state, turn, event)
        if after.turn is None or after.turn.team is None:
            return after
        player = next(one.player for one in turn.order if one.team == after.turn.team)
        return replace(after, turn=replace(after.turn, player=player))

    def may_close(self, turn: Turn) -> bool:
        """As usual; and where nobody pressed."""
        unpressed = turn.phase is TurnPhase.CLOSED and turn.team is None
        return unpressed or super().may_close(turn)

    def candidates(self, state: MatchState) -> Moves:
        """As usual, with a press of every team that may press."""
        found, turn = super().candidates(state), state.turn
        if turn is None:
            return found
        for seat in self.may_press(state, turn):
            found.append(("early", {"team": seat, "player": None}))
            found.append(
                (
                    "pressed",
                    {"presses": [{"team": seat, "player": None, "received_ms": 0, "correction_ms": 0}]},
                )
            )
        return found


kind = Buzzer()
