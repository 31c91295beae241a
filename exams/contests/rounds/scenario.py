"""情景: a team handles a case before a panel of judges, who give points up to a limit."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from exams.contests.rounds.base import Moves, Round
from exams.contests.rounds.plan import EACH, ORDER, TIES, Words
from exams.contests.rounds.turns import SCORED, VOID, in_phase, running, with_verdict
from exams.contests.rules import reading
from exams.contests.rules.ledger import credited
from exams.contests.rules.match import Event, Illegal, MatchState, Turn, TurnPhase
from exams.contests.rules.panel import panel_score
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import points, whole


class Scenario(Round):
    """Judges score once the clock runs; with the last one the mean is entered, or when the judging is closed."""

    name = "scenario"
    settings = (
        points("points", "20", least=1),
        whole("seconds", 120),
        whole("start_seconds", 0, most=600),
        whole("judges", 5, most=15),
        whole("trim_from", 5, most=15),
        ORDER,
        TIES,
        EACH,
    )

    def words(self, rules: RoundRules) -> Words:
        """As usual; the points are what a judge may give."""
        return [
            ("panel_points" if code == "points" else code, params) for code, params in super().words(rules)
        ]

    def scored(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The points of one judge, who may change them until the mean is entered."""
        in_phase(turn, TurnPhase.OPEN, TurnPhase.CLOSED)
        judge = event.data.get("judge")
        if type(judge) is not int and not (isinstance(judge, str) and 0 < len(judge) <= 64):
            raise reading.malformed("judge")
        if reading.whole(event.data, "team") != turn.team:
            raise Illegal("not_answering", team=turn.team)
        given, most = reading.signed(event.data, "points"), self.most(running(state).rules)
        if not 0 <= given <= most:
            raise Illegal("points_out_of_range", most=str(most))
        panel = {**turn.panel, str(judge): given}
        state = replace(state, turn=replace(turn, panel=panel))
        judges = self.value(running(state).rules, "judges")
        return self.awarded(state, event, SCORED) if judges and len(panel) >= judges else state

    def most(self, rules: RoundRules) -> Decimal:
        """The most a judge may give."""
        return self.value(rules, "points")

    def ruled(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The judging is closed with the scores there are; or the turn is void."""
        in_phase(turn, TurnPhase.OPEN, TurnPhase.CLOSED)
        verdict = reading.word(event.data, "verdict", (SCORED, VOID))
        if reading.whole(event.data, "team") != turn.team:
            raise Illegal("not_answering", team=turn.team)
        if verdict == SCORED and not turn.panel:
            raise Illegal("nobody_scored")
        return self.awarded(state, event, verdict)

    def awarded(self, state: MatchState, event: Event, verdict: str) -> MatchState:
        """The mean of the panel is entered for the team of the turn."""
        turn = state.turn
        if turn is None or turn.team is None:
            raise Illegal("no_turn")
        if verdict == SCORED:
            mean = panel_score(turn.panel.values(), self.value(running(state).rules, "trim_from"))
            state = credited(state, event, turn.team, mean, SCORED)
        return with_verdict(state, event, turn.team, verdict)

    def candidates(self, state: MatchState) -> Moves:
        """As usual, with the points of a judge instead of a ruling."""
        found, turn = super().candidates(state), state.turn
        if turn is None:
            return found
        kept: Moves = [one for one in found if one[0] != "ruled"]
        by_panel: dict[str, Any] = {"judge": "1", "team": turn.team, "points": "0"}
        rulings: Moves = [("ruled", {"team": turn.team, "verdict": verdict}) for verdict in (SCORED, VOID)]
        return [*kept, ("scored", by_panel), *rulings]


kind = Scenario()
