"""观众: everybody in the hall answers on the own phone; points for what is right, and for being quick."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from exams.contests.rounds.base import Moves, Round
from exams.contests.rounds.turns import AUDIENCE, running
from exams.contests.rules.match import Crowd, Event, Illegal, MatchState, Result, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import flag, points, whole

WHOLE_POINT = Decimal(1)


class Audience(Round):
    """With the closing the marks of the pads' answers become points; there is nothing to rule."""

    name = "audience"
    who = AUDIENCE
    asks_in_turn = False
    settings = (
        points("points", "500"),
        points("speed_points", "500"),
        whole("seconds", 20, least=1, most=600),
        flag("partial", False),
    )

    def prepared(self, state: MatchState, round_: object, turn: Turn) -> Turn:
        """The audience answers on its pads."""
        del state, round_
        return replace(turn, by="pad")

    def earned(self, rules: RoundRules, result: Result) -> Decimal:
        """Points of an answer: those for right, and of those for speed the share of the time that was left.

        To a whole point, half up. What is partly right counts as its share, or not at all, as the rule says.
        """
        share = result.share if self.value(rules, "partial") else Decimal(int(result.share == 1))
        allowed = self.value(rules, "seconds") * 1000
        left = Decimal(max(0, allowed - result.ms)) / allowed
        full = self.value(rules, "points") + self.value(rules, "speed_points") * left
        return (share * full).quantize(WHOLE_POINT, ROUND_HALF_UP)

    def after_close(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """Everybody's points are added."""
        del event
        rules, crowd = running(state).rules, dict(state.crowd)
        for party, result in turn.results.items():
            had, right = crowd.get(party, Crowd()), result.share == 1
            crowd[party] = Crowd(
                had.points + self.earned(rules, result),
                had.ms + (result.ms if right else 0),
                had.right + int(right),
            )
        return replace(state, crowd=crowd, turn=replace(turn, phase=TurnPhase.RULED))

    def ruled(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """There is nothing to rule."""
        raise Illegal("no_ruling")

    def candidates(self, state: MatchState) -> Moves:
        """As usual, without rulings."""
        return [one for one in super().candidates(state) if one[0] not in ("ruled", "passed")]


kind = Audience()
