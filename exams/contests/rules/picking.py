"""Which questions a match asks: a spread of knowledge points and of difficulty, with spares, from a seed."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lianbing.kit.draws import Draw

LABEL = "contest-items"


@dataclass(frozen=True)
class Stocked:
    """A question within reach: its version, knowledge point (None = none), kind and difficulty (1 to 5)."""

    version_id: int
    point_id: int | None
    kind: str
    difficulty: int


@dataclass(frozen=True)
class Wanted:
    """What one round asks for: how many questions and spares, and which kinds (empty: any).

    Where teams choose what a question is worth there is one of these for each `value`; `level` is then the
    difficulty looked for (0 = all of them).
    """

    round: int
    items: int
    spares: int
    kinds: frozenset[str] = frozenset()
    value: Decimal | None = None
    level: int = 0


@dataclass(frozen=True)
class Picked:
    """One question of a round, in the order they are asked; the spares come last."""

    round: int
    version_id: int
    spare: bool
    value: Decimal | None = None


@dataclass(frozen=True)
class Lacking:
    """A round for which the pool does not reach."""

    round: int
    wanted: int
    found: int
    value: Decimal | None = None


def level_of(place: int, count: int) -> int:
    """The difficulty (1 to 5) that goes with the value at a place among `count`, the smallest first."""
    return (
        3
        if count < 2
        else 2 + round(place * 3 / (count - 1))
        if count < 4
        else 1 + round(place * 4 / (count - 1))
    )


def fitting(stock: Iterable[Stocked], kinds: Collection[str]) -> list[Stocked]:
    """What of the stock a round may ask."""
    return [one for one in stock if not kinds or one.kind in kinds]


def pick(
    stock: Sequence[Stocked], wanted: Sequence[Wanted], seed: bytes
) -> tuple[list[Picked], list[Lacking]]:
    """The questions of every round, and the rounds that came out short (their spares go first).

    No question is asked twice in a match. In a round the least used knowledge point comes next, then the
    least used difficulty; what is level there is drawn. A round runs from easy to hard. The rounds with the
    narrowest choice are served first, so that a round of cases is not left without because a free one took them.
    """
    draw = Draw(seed, LABEL)
    order = draw.shuffled(sorted(stock, key=lambda one: one.version_id))
    used: set[int] = set()
    picked: list[Picked] = []
    lacking: list[Lacking] = []
    by_choice = sorted(wanted, key=lambda one: (len(fitting(order, one.kinds)), one.round))
    for want in by_choice:
        pool = [one for one in fitting(order, want.kinds) if one.version_id not in used]
        chosen = _spread(pool, want.items + want.spares, want.level)
        used.update(one.version_id for one in chosen)
        if len(chosen) < want.items + want.spares:
            lacking.append(Lacking(want.round, want.items + want.spares, len(chosen), want.value))
        asked = sorted(chosen[: want.items], key=lambda one: one.difficulty)
        picked += [Picked(want.round, one.version_id, False, want.value) for one in asked]
        picked += [Picked(want.round, one.version_id, True, want.value) for one in chosen[want.items :]]
    picked.sort(key=lambda one: (one.round, one.spare, one.value or Decimal(0)))
    return picked, sorted(lacking, key=lambda one: (one.round, one.value or Decimal(0)))


def _spread(pool: Sequence[Stocked], count: int, level: int = 0) -> list[Stocked]:
    """`count` of the pool, each time the least used point, then the least used difficulty, then the first.

    With a `level` its neighbourhood comes first.
    """
    left = list(pool)
    points: Counter[int | None] = Counter()
    levels: Counter[int] = Counter()
    chosen: list[Stocked] = []
    while left and len(chosen) < count:
        best = min(
            left,
            key=lambda one: (
                abs(one.difficulty - level) if level else 0,
                points[one.point_id],
                levels[one.difficulty],
            ),
        )
        left.remove(best)
        chosen.append(best)
        points[best.point_id] += 1
        levels[best.difficulty] += 1
    return chosen
