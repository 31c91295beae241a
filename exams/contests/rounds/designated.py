"""指定: a team sets a question for another one, which wins or loses its value."""

from dataclasses import replace

from exams.contests.rounds.base import Moves
from exams.contests.rounds.plan import BY, EACH, ORDER, TIES, timing
from exams.contests.rounds.stakes import LOSS, Stakes
from exams.contests.rounds.turns import AUDIENCE, WRONG, missed, running
from exams.contests.rules import reading
from exams.contests.rules.match import Event, Illegal, MatchState, RoundState, Turn
from exams.contests.rules.settings import choice, flag, values, whole

NEXT, ANY, CHOOSER = "next", "any", "chooser"


class Designated(Stakes):
    """The team whose turn it is names value and target; the target answers."""

    name = "designated"
    settings = (
        values("values", "10", "20", "30"),
        whole("per_value", 5, most=50),
        LOSS,
        *timing(60, timeout=WRONG),
        choice("target", NEXT, ANY),
        flag("decline", False),
        ORDER,
        TIES,
        EACH,
        choice("after_miss", "nobody", CHOOSER, AUDIENCE),
        BY,
    )

    def prepared(self, state: MatchState, round_: RoundState, turn: Turn) -> Turn:
        """A turn with the teams that may be named; nobody answers yet."""
        turn = super().prepared(state, round_, turn)
        seats = sorted(round_.teams)
        at = seats.index(turn.chooser) if turn.chooser in seats else 0
        others = [*seats[at + 1 :], *seats[:at]]
        if self.value(round_.rules, "target") == NEXT:
            others = others[:1]
        return replace(turn, team=None, targets=tuple(others))

    def chosen(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The team names who answers, and for how many points."""
        after = super().chosen(state, turn, event)
        target = reading.whole(event.data, "target")
        if target not in turn.targets:
            raise Illegal("no_such_target", team=target)
        return after if after.turn is None else replace(after, turn=replace(after.turn, team=target))

    def takers(self, state: MatchState, turn: Turn) -> list[int | str]:
        """After a miss of the target the team that set the question may answer it, where the rule says so."""
        to_chooser = self.value(running(state).rules, "after_miss") == CHOOSER
        if to_chooser and missed(turn) and turn.chooser is not None and turn.chooser not in turn.tried:
            return [turn.chooser]
        return super().takers(state, turn)

    def choices(self, state: MatchState, turn: Turn) -> Moves:
        """Each value for each team that may be named."""
        found = super().choices(state, turn)
        return [(kind, {**data, "target": target}) for kind, data in found for target in turn.targets]


kind = Designated()
