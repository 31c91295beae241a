"""个人必答: the players of each team answer one after the other, without help."""

from exams.contests.rounds.base import Round
from exams.contests.rounds.plan import AFTER_MISS, BY, EACH, ORDER, TIES, Words, timing
from exams.contests.rules.match import Ask, MatchState, RoundState
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import choice, points

ACROSS, BY_TEAM = "across", "team"


class Compulsory(Round):
    """Each player of each team gets `each` questions; `turns` says who sits beside whom in the order."""

    name = "compulsory"
    who = "player"
    settings = (
        points("points", "10"),
        points("penalty", "0"),
        *timing(60),
        choice("turns", ACROSS, BY_TEAM),
        ORDER,
        TIES,
        EACH,
        AFTER_MISS,
        BY,
    )

    def words(self, rules: RoundRules) -> Words:
        """As usual; questions are counted for each player."""
        return [("each_player" if code == "each" else code, params) for code, params in super().words(rules)]

    def planned(self, rules: RoundRules, teams: int, on_stage: int) -> int:
        """One question for every player of every team and pass."""
        full = teams * on_stage * self.value(rules, "each")
        return min(full, rules.items) if rules.items else full

    def one_pass(self, state: MatchState, round_: RoundState) -> tuple[Ask, ...]:
        """All first players, then all second ones ("across"); or one team after the other ("team")."""
        seats = self.in_order(state, round_)
        positions = range(state.rulebook.on_stage)
        if self.value(round_.rules, "turns") == BY_TEAM:
            return tuple(Ask(seat, position) for seat in seats for position in positions)
        return tuple(Ask(seat, position) for position in positions for seat in seats)


kind = Compulsory()
