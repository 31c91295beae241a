"""共答: a team answers together, each its own question; or all teams answer the same one at the same time."""

from collections.abc import Mapping
from dataclasses import replace

from exams.contests.rounds.base import Moves, Round
from exams.contests.rounds.plan import AFTER_MISS, BY, EACH, ORDER, TIES, Words, timing
from exams.contests.rounds.turns import VERDICTS, in_phase, running, with_verdict
from exams.contests.rules import reading
from exams.contests.rules.ledger import credited
from exams.contests.rules.match import Ask, Event, Illegal, MatchState, RoundState, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import Problem, choice, points

IN_TURN, TOGETHER = "in_turn", "together"


class TeamRound(Round):
    """With `mode` "together" one question asks all teams, and each is ruled by itself."""

    name = "team"
    settings = (
        points("points", "10"),
        points("penalty", "0"),
        *timing(60),
        choice("mode", IN_TURN, TOGETHER),
        ORDER,
        TIES,
        EACH,
        AFTER_MISS,
        BY,
    )

    def check(self, settings: object) -> list[Problem]:
        """Where all answer at once, nobody is left for whom a miss could be."""
        found = super().check(settings)
        if found or not isinstance(settings, Mapping) or settings.get("mode") != TOGETHER:
            return found
        clash = settings.get("after_miss", "nobody") != "nobody"
        return [Problem("after_miss", "together_no_miss")] if clash else []

    def words(self, rules: RoundRules) -> Words:
        """As usual; together the questions are counted for all."""
        each = "each_together" if self.together(rules) else "each"
        return [(each if code == "each" else code, params) for code, params in super().words(rules)]

    def untold(self, rules: RoundRules) -> set[str]:
        """Together there is no order and nobody is left after a miss."""
        alone = {"order", "ties", "after_miss"} if self.together(rules) else set()
        return super().untold(rules) | alone

    def together(self, rules: RoundRules) -> bool:
        """Whether one question asks all teams."""
        return bool(self.value(rules, "mode") == TOGETHER)

    def planned(self, rules: RoundRules, teams: int, on_stage: int) -> int:
        """One question for every team and pass; together, one for every pass."""
        return super().planned(rules, 1 if self.together(rules) else teams, on_stage)

    def one_pass(self, state: MatchState, round_: RoundState) -> tuple[Ask, ...]:
        """One turn for all, or one for each team."""
        return (Ask(),) if self.together(round_.rules) else super().one_pass(state, round_)

    def prepared(self, state: MatchState, round_: RoundState, turn: Turn) -> Turn:
        """A turn for all says so."""
        return replace(turn, who="all") if turn.team is None else turn

    def ruled(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """Together, every team gets its own ruling; with the last one the turn is ruled."""
        if turn.who != "all":
            return super().ruled(state, turn, event)
        in_phase(turn, TurnPhase.OPEN, TurnPhase.CLOSED)
        team = reading.whole(event.data, "team")
        verdict = reading.word(event.data, "verdict", VERDICTS)
        if team not in self.unruled(state, turn):
            raise Illegal("not_answering", team=team)
        state = credited(state, event, team, self.worth(state, turn, verdict), verdict)
        after = with_verdict(state, event, team, verdict)
        if after.turn is not None and self.unruled(after, after.turn):
            after = replace(after, turn=replace(after.turn, phase=TurnPhase.CLOSED))
        return after

    def unruled(self, state: MatchState, turn: Turn) -> list[int]:
        """The seats that still wait for their ruling."""
        done = {one.team for one in turn.verdicts}
        return [seat for seat in running(state).teams if seat not in done]

    def candidates(self, state: MatchState) -> Moves:
        """As usual; together, a ruling for each team that waits for one."""
        found, turn = super().candidates(state), state.turn
        if turn is None or turn.who != "all":
            return found
        kept = [one for one in found if one[0] != "ruled"]
        rulings = [("ruled", {"team": s, "verdict": v}) for s in self.unruled(state, turn) for v in VERDICTS]
        return [*kept, *rulings]


kind = TeamRound()
