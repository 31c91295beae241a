"""加赛: a buzzer among teams with equal points. The first right answer wins, the first wrong one is out."""

from dataclasses import replace
from decimal import Decimal

from exams.contests.rounds.buzzer import Buzzer
from exams.contests.rounds.plan import BY, timing
from exams.contests.rounds.turns import RIGHT, TIMEOUT, WRONG, in_phase, items_left, running
from exams.contests.rules import reading
from exams.contests.rules.match import Ask, Event, Illegal, MatchState, RoundState, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import choice, flag, points, whole

FIRST, ALL = "first", "all"
OUT, LOSE_ITEM = "out", "lose_item"


class SuddenDeath(Buzzer):
    """Settles places, not scores: points count for the score only where `counted` says so, never for the place."""

    name = "sudden_death"
    not_over = "tie_undecided"
    settings = (
        points("points", "10"),
        flag("counted", False),
        whole("press_seconds", 0, most=600),
        *timing(15, timeout=WRONG),
        choice("early", OUT, LOSE_ITEM),
        choice("until", FIRST, ALL),
        BY,
    )

    def untold(self, rules: RoundRules) -> set[str]:
        """Points, where they are not counted."""
        uncounted = set() if self.value(rules, "counted") else {"points"}
        return super().untold(rules) | uncounted

    def left(self, round_: RoundState) -> list[int]:
        """The seats whose place is still open."""
        return [seat for seat in round_.teams if seat not in round_.won and seat not in round_.lost]

    def decided(self, round_: RoundState) -> bool:
        """Whether the tie-break has found what it is for."""
        return len(self.left(round_)) < 2 or (bool(round_.won) and self.value(round_.rules, "until") == FIRST)

    def may_press(self, state: MatchState, turn: Turn) -> list[int]:
        """Who has no place yet."""
        left = self.left(running(state))
        return [seat for seat in super().may_press(state, turn) if seat in left]

    def next_ask(self, round_: RoundState) -> Ask | None:
        """Another item, until it is decided."""
        return None if self.decided(round_) else super().next_ask(round_)

    def may_end(self, state: MatchState, round_: RoundState) -> bool:
        """Once it is decided, or nothing is left to ask."""
        return self.decided(round_) or self.next_ask(round_) is None or not items_left(state)

    def early(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """A press before the opening is a wrong answer, or loses the item."""
        in_phase(turn, TurnPhase.SHOWN)
        seat = reading.whole(event.data, "team")
        if seat not in self.may_press(state, turn):
            raise Illegal("may_not_press", team=seat)
        teams = tuple(replace(t, early=t.early + 1) if t.seat == seat else t for t in state.teams)
        state = replace(state, teams=teams)
        if self.value(running(state).rules, "early") == OUT:
            state = self.placed(state, seat, WRONG)
        turn = replace(turn, early=(*turn.early, seat))
        over = self.decided(running(state)) or not self.may_press(state, turn)
        return replace(state, turn=replace(turn, phase=TurnPhase.CLOSED) if over else turn)

    def worth(self, state: MatchState, turn: Turn, verdict: str) -> Decimal:
        """The points of a right answer, where they count."""
        rules = running(state).rules
        return (
            self.value(rules, "points") if verdict == RIGHT and self.value(rules, "counted") else Decimal(0)
        )

    def takers(self, state: MatchState, turn: Turn) -> list[int | str]:
        """Nobody: the next item decides."""
        return []

    def ruled(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """Right wins the best place still open, wrong (and too late, as the rule says) the last one."""
        after = super().ruled(state, turn, event)
        verdict = str(event.data["verdict"])
        if verdict == TIMEOUT and self.value(running(state).rules, "timeout") != WRONG:
            return after
        return self.placed(after, reading.whole(event.data, "team"), verdict)

    def placed(self, state: MatchState, seat: int, verdict: str) -> MatchState:
        """The state with the place a verdict settles; who alone is left has the place between."""
        round_ = running(state)
        if verdict == RIGHT:
            round_ = replace(round_, won=(*round_.won, seat))
        elif verdict in (WRONG, TIMEOUT):
            round_ = replace(round_, lost=(seat, *round_.lost))
            teams = tuple(replace(t, out=True) if t.seat == seat else t for t in state.teams)
            state = replace(state, teams=teams)
        return replace(state, round=round_)

    def end(self, state: MatchState, round_: RoundState) -> MatchState:
        """The order that was found: winners, those still equal, losers."""
        groups = [*((seat,) for seat in round_.won), tuple(self.left(round_)), *((s,) for s in round_.lost)]
        return replace(state, ties=(*state.ties, tuple(group for group in groups if group)))


kind = SuddenDeath()
