"""What risk and designated rounds share: a team chooses for how many points a question is asked."""

from dataclasses import replace
from decimal import Decimal

from exams.contests.rounds.base import Moves, Round
from exams.contests.rounds.turns import (
    RIGHT,
    TIMEOUT,
    WRONG,
    free_items,
    in_phase,
    next_item,
    running,
    with_item,
)
from exams.contests.rules import reading
from exams.contests.rules.match import Ask, Event, Illegal, MatchState, RoundState, Turn, TurnPhase
from exams.contests.rules.rulebook import RoundRules
from exams.contests.rules.settings import amount, choice, plain

SAME, HALF, NOTHING = "same", "half", "nothing"
LOSS = choice("loss", SAME, HALF, NOTHING)
_SHARES = {SAME: Decimal(1), HALF: Decimal("0.5"), NOTHING: Decimal(0)}


class Stakes(Round):
    """A turn begins with a choice. The item may be laid at the opening or come with the choice."""

    first_phase = TurnPhase.CHOOSING

    def untold(self, rules: RoundRules) -> set[str]:
        """A time-out says nothing where a miss costs nothing."""
        free = {"timeout"} if self.value(rules, "loss") == NOTHING else set()
        return super().untold(rules) | free

    def values_left(self, round_: RoundState) -> tuple[str, ...]:
        """The values that may still be chosen by their number."""
        limit = self.value(round_.rules, "per_value")
        values = [plain(one) for one in self.value(round_.rules, "values")]
        return tuple(one for one in values if not limit or round_.used.get(one, 0) < limit)

    def choices_left(self, state: MatchState, round_: RoundState) -> tuple[str, ...]:
        """Of these, the values for which there is a question."""
        return tuple(one for one in self.values_left(round_) if next_item(state, amount(one)) is not None)

    def next_ask(self, round_: RoundState) -> Ask | None:
        """As usual, while there is something to choose."""
        return super().next_ask(round_) if self.values_left(round_) else None

    def may_end(self, state: MatchState, round_: RoundState) -> bool:
        """As usual, or when there is no question of any value left."""
        return super().may_end(state, round_) or not self.choices_left(state, round_)

    def prepared(self, state: MatchState, round_: RoundState, turn: Turn) -> Turn:
        """A turn with the values that are left; all of them where the question was laid without a value."""
        choices = self.choices_left(state, round_) if turn.item is None else self.values_left(round_)
        if not choices:
            raise Illegal("item_needed")
        return replace(turn, choices=choices, chooser=turn.team)

    def chosen(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The team says for how many points it plays."""
        in_phase(turn, TurnPhase.CHOOSING)
        if reading.whole(event.data, "team") != turn.chooser:
            raise Illegal("not_choosing", team=turn.chooser)
        value = amount(event.data.get("value"))
        if value is None or plain(value) not in turn.choices:
            raise Illegal("no_such_value", values="/".join(turn.choices))
        item = reading.maybe_whole(event.data, "item")
        if item is None and turn.item is None:
            raise Illegal("item_needed")
        if item is not None and turn.item is not None and item != turn.item:
            raise Illegal("item_laid")
        if turn.item is None:
            state = with_item(state, item, value)
        item = turn.item if item is None else item
        return replace(state, turn=replace(turn, phase=TurnPhase.SHOWN, value=value, item=item))

    def declined(self, state: MatchState, turn: Turn, event: Event) -> MatchState:
        """The team does without; an item that was laid is free again, for nobody saw it."""
        in_phase(turn, TurnPhase.CHOOSING)
        if not self.value(running(state).rules, "decline"):
            raise Illegal("no_declining")
        if reading.whole(event.data, "team") != turn.chooser:
            raise Illegal("not_choosing", team=turn.chooser)
        asked = state.asked if turn.item is None else state.asked - {turn.item}
        turn = replace(turn, phase=TurnPhase.CLOSED, declined=True, item=None)
        return replace(state, asked=asked, turn=turn)

    def worth(self, state: MatchState, turn: Turn, verdict: str) -> Decimal:
        """The value, won or lost. Who answers for the team that was asked can win it and loses nothing."""
        value = turn.value or Decimal(0)
        if verdict == RIGHT:
            return value
        rules = running(state).rules
        costs = verdict == WRONG or (verdict == TIMEOUT and self.value(rules, "timeout") == WRONG)
        if not costs or turn.verdicts:
            return Decimal(0)
        return -(value * _SHARES[self.value(rules, "loss")])

    def laid(self, state: MatchState, item: int | None) -> int | None:
        """The question that may be laid before the choice: none where questions have values."""
        valued = any(one.value is not None for one in free_items(state))
        return None if valued else item

    def choices(self, state: MatchState, turn: Turn) -> Moves:
        """The choices a team has, each with the item it would be asked."""
        found: Moves = []
        for one in turn.choices:
            data = {"team": turn.chooser, "value": one}
            if turn.item is None:
                data["item"] = next_item(state, amount(one))
            found.append(("chosen", data))
        return found

    def candidates(self, state: MatchState) -> Moves:
        """As usual, with the choices of a turn that begins."""
        found, turn = super().candidates(state), state.turn
        if turn is None:
            return [(kind, {**data, "item": self.laid(state, data["item"])}) for kind, data in found]
        if turn.phase is not TurnPhase.CHOOSING:
            return found
        return [*self.choices(state, turn), ("declined", {"team": turn.chooser})]
