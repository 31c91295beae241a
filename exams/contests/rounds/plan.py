"""What a kind of round decides before a turn: its settings, its rule in codes, and whom it asks in which order."""

from abc import ABC
from dataclasses import replace
from typing import Any, ClassVar

from exams.contests.rounds.turns import AUDIENCE, WRONG, items_left
from exams.contests.rules.match import Ask, MatchState, RoundState, Turn
from exams.contests.rules.ranking import by_score, settled_by_points
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import Problem, Setting, choice, plain, problems, whole

Words = list[tuple[str, dict[str, Any]]]

ORDER = choice("order", "seat", "lowest", "highest")
TIES = choice("ties", "seat", "draw")
EACH = whole("each", 1, least=1, most=20)
BY = choice("by", "voice", "pad")
AFTER_MISS = choice("after_miss", "nobody", AUDIENCE)


def timing(
    seconds: int, *, start: int = 0, silence: int = 0, timeout: str = "nothing"
) -> tuple[Setting, ...]:
    """The settings of time: to finish, to start, silence that ends it, and what a time-out costs."""
    other = {"nothing": WRONG, WRONG: "nothing"}[timeout]
    return (
        whole("seconds", seconds),
        whole("start_seconds", start, most=600),
        whole("silence_seconds", silence, most=600),
        choice("timeout", timeout, other),
    )


class Plan(ABC):
    """What a round is before its turns. `name` is stored and never changes.

    `asks_in_turn`: every turn has its team. `not_over`: the code with which a closing too early is refused.
    """

    name: ClassVar[str]
    settings: ClassVar[tuple[Setting, ...]]
    asks_in_turn: ClassVar[bool] = True
    not_over: ClassVar[str] = "round_uneven"

    def check(self, settings: object) -> list[Problem]:
        """What is wrong with settings, of whatever type; [] = sound."""
        return problems(self.settings, settings)

    def value(self, rules: RoundRules, name: str) -> Any:
        """A setting as Python counts with it."""
        one = next(setting for setting in self.settings if setting.name == name)
        return one.read(rules.settings.get(name, one.default))

    def has(self, name: str) -> bool:
        """Whether this kind knows a setting."""
        return any(one.name == name for one in self.settings)

    def words(self, rules: RoundRules) -> Words:
        """The rule for people, setting by setting: codes and what stands in them. What does not apply is not told."""
        found: Words = []
        untold = self.untold(rules)
        for one in self.settings:
            if one.name in untold:
                continue
            value = self.value(rules, one.name)
            if one.sort == "choice":
                found.append((f"{one.name}.{value}", {}))
            elif one.sort == "values":
                found.append((one.name, {"values": "/".join(plain(v) for v in value)}))
            elif one.sort == "flag":
                found.append((f"{one.name}.{'yes' if value else 'no'}", {}))
            elif value:
                found.append((one.name, {"value": plain(value) if one.sort == "points" else str(value)}))
            else:
                found.append((f"{one.name}.none", {}))
        return found

    def untold(self, rules: RoundRules) -> set[str]:
        """The settings that say nothing beside the others: ties without an order by score, time-outs that cost nothing."""
        found = set()
        if self.has("order") and self.value(rules, "order") == "seat":
            found.add("ties")
        if self.has("penalty") and not self.value(rules, "penalty"):
            found.add("timeout")
        return found

    def planned(self, rules: RoundRules, teams: int, on_stage: int) -> int:
        """How many questions the round needs at the most with so many teams of so many players."""
        del on_stage
        full = teams * self.value(rules, "each") if self.asks_in_turn else rules.items
        return min(full, rules.items) if rules.items else full

    def begin(
        self, state: MatchState, rules: RoundRules, index: int, teams: tuple[int, ...], opened: int
    ) -> RoundState:
        """The round as it begins with event `opened`, with the turns of its first pass."""
        begun = RoundState(index, rules, teams, opened, turns=dict.fromkeys(teams, 0))
        if not self.asks_in_turn:
            return begun
        passes = self.value(rules, "each")
        return replace(begun, queue=self.one_pass(state, begun), passes=passes - 1)

    def one_pass(self, state: MatchState, round_: RoundState) -> tuple[Ask, ...]:
        """Whom one pass asks, in order."""
        return tuple(Ask(seat) for seat in self.in_order(state, round_))

    def in_order(self, state: MatchState, round_: RoundState) -> list[int]:
        """The seats in the order the settings demand, by the scores of this moment."""
        return by_score(
            round_.teams,
            state.scores,
            order=self.value(round_.rules, "order"),
            ties=self.value(round_.rules, "ties"),
            seed=state.seed,
            label=f"order:{round_.opened}:{round_.passes}",
        )

    def next_ask(self, round_: RoundState) -> Ask | None:
        """Whom the next turn asks; None where the round has asked all."""
        if round_.rules.items and round_.asked >= round_.rules.items:
            return None
        if not self.asks_in_turn:
            return Ask()
        return round_.queue[0] if round_.queue else None

    def may_end(self, state: MatchState, round_: RoundState) -> bool:
        """Whether the round may be closed: every team was asked as often as the others, or nothing is left to ask."""
        if not self.asks_in_turn or self.next_ask(round_) is None or not items_left(state):
            return True
        return len(set(round_.turns.values())) <= 1

    def moved_on(self, state: MatchState, round_: RoundState, turn: Turn) -> MatchState:
        """The round after a turn: it is counted, the queue moves, a new pass begins where one is due."""
        turns, used = dict(round_.turns), dict(round_.used)
        if round_.queue and round_.queue[0].team is not None:
            turns[round_.queue[0].team] += 1
        if turn.value is not None:
            used[plain(turn.value)] = used.get(plain(turn.value), 0) + 1
        round_ = replace(round_, asked=round_.asked + 1, queue=round_.queue[1:], turns=turns, used=used)
        if round_.passes and not round_.queue:
            round_ = replace(round_, passes=round_.passes - 1)
            round_ = replace(round_, queue=self.one_pass(state, round_))
        return replace(state, round=round_)

    def end(self, state: MatchState, round_: RoundState) -> MatchState:
        """What a round leaves behind when it is closed; of a tie-break, the order it found."""
        if not round_.is_tie_break:
            return state
        return replace(state, ties=(*state.ties, settled_by_points(state, round_)))
