"""Who pressed first: the server's receipt, put right by a bounded correction, and a declared rule for ties.

A pad at the end of a long line sees the opening later and its press arrives later; both ways together are
one round trip. So the press is dated back by the pad's shortest round trip, but never by more than the cap
and never to before the opening. The cap is what a pad that lies about its distance can gain at the most.
All moments are milliseconds after the opening, by the server's clock. No clock of a pad is read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lianbing.kit.draws import Draw

CAP_MS = 150
TIE_WINDOW_MS = 20
LOWER_SCORE, DRAW, EARLIER, AGAIN = "lower_score", "draw", "earlier", "again"
TIE_RULES = (LOWER_SCORE, DRAW, EARLIER, AGAIN)


@dataclass(frozen=True)
class BuzzerRules:
    """What a rulebook says of the buzzer: the cap and the tie window in milliseconds, and who wins a tie."""

    cap_ms: int = CAP_MS
    tie_window_ms: int = TIE_WINDOW_MS
    tie_rule: str = LOWER_SCORE


@dataclass(frozen=True)
class Press:
    """One press: the team's seat, the player who pressed, receipt and correction in milliseconds."""

    team: int
    received_ms: float
    correction_ms: float = 0
    player: int | None = None

    @property
    def corrected_ms(self) -> float:
        """When the press counts: the receipt dated back, never to before the opening."""
        return max(0, self.received_ms - self.correction_ms)


@dataclass(frozen=True)
class Ranked:
    """The presses of a turn in their order, one a team, and what decided the first place.

    `tied` are the seats within the tie window of the first (empty without a tie). `decided` is "time", a tie
    rule, or "again": then nobody has won and the tied teams press again.
    """

    order: tuple[Press, ...] = ()
    tied: tuple[int, ...] = ()
    decided: str = "time"

    @property
    def winner(self) -> Press | None:
        """Who may answer, or None where nobody pressed or the tied ones press again."""
        return self.order[0] if self.order and self.decided != AGAIN else None


def correction_ms(minimum_round_trip_ms: float | None, cap_ms: int = CAP_MS) -> float:
    """How far a press is dated back: the pad's shortest round trip, at most the cap; 0 if never measured."""
    if minimum_round_trip_ms is None:
        return 0
    return round(min(max(0.0, minimum_round_trip_ms), cap_ms), 1)


def order(
    presses: Iterable[Press],
    rules: BuzzerRules,
    scores: Mapping[int, Decimal],
    seed: bytes,
    turn: int,
) -> Ranked:
    """The order in which the teams of a turn may answer.

    Of a team its first press counts. Presses within the tie window of the first one not yet placed are tied
    and placed by the tie rule; equal ones of a tie are drawn. The draw depends on the match's seed, the turn
    and who is tied, so that anybody can recompute it. A press before the opening has no place here.
    """
    waiting = sorted(_first_of_each(presses), key=lambda one: (one.corrected_ms, one.team))
    placed: list[Press] = []
    tied: tuple[int, ...] = ()
    while waiting:
        last = waiting[0].corrected_ms + rules.tie_window_ms
        group = [one for one in waiting if one.corrected_ms <= last]
        waiting = waiting[len(group) :]
        if not placed and len(group) > 1:
            tied = tuple(sorted(one.team for one in group))
        placed += _placed(group, rules.tie_rule, scores, Draw(seed, f"buzzer:{turn}:{len(placed)}"))
    return Ranked(tuple(placed), tied, rules.tie_rule if tied else "time")


def _first_of_each(presses: Iterable[Press]) -> list[Press]:
    first: dict[int, Press] = {}
    for one in sorted(presses, key=lambda p: (p.corrected_ms, p.received_ms, p.player or 0)):
        if one.received_ms >= 0:
            first.setdefault(one.team, one)
    return list(first.values())


def _placed(group: Sequence[Press], rule: str, scores: Mapping[int, Decimal], draw: Draw) -> list[Press]:
    drawn = draw.shuffled(sorted(group, key=lambda one: one.team))
    if rule == LOWER_SCORE:
        return sorted(drawn, key=lambda one: scores.get(one.team, Decimal(0)))
    if rule == EARLIER:
        return sorted(drawn, key=lambda one: one.received_ms)
    return drawn


def final_at_ms(
    presses: Iterable[Press], rules: BuzzerRules, outstanding: Iterable[float] | None = None
) -> float | None:
    """From when on no press can still win or tie: the moment the server may announce the order.

    `outstanding` are the corrections (ms) of the pads that may still press; None = not known, then each may
    have the whole cap. A press still to come at T is dated back to no earlier than T minus the largest of
    these, so it is too late once that lies beyond the tie window of the best press. Nobody left: at once.
    None where nobody has pressed.
    """
    counted = [one for one in presses if one.received_ms >= 0]
    if not counted:
        return None
    best = min(one.corrected_ms for one in counted)
    there = max(one.received_ms for one in counted)
    corrections = [rules.cap_ms] if outstanding is None else list(outstanding)
    if not corrections:
        return there
    largest = min(rules.cap_ms, max(corrections))
    return max(there, best + rules.tie_window_ms + largest + 1)
