"""Putting papers together: can the bank satisfy a blueprint, and which questions does each paper get.

Feasibility is exact: lines compete for the same questions, so it is a maximum flow from lines to
classes of questions (knowledge point x kind), found by augmenting paths, line by line. An augmentation
never takes back what an earlier line has, so the shortfall falls on the later lines.

Drawing is least-exposed first, ties decided by the paper's own seed, so that every question is asked
about equally often. The order shown is a function of (seed, chosen questions) alone: `arrange`.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianbing.kit.draws import Draw

Class = tuple[int | None, str]


@dataclass(frozen=True)
class Line:
    """What a blueprint line asks for. `point` None = any knowledge point; `section` counts from 0.

    `below` are the points that lie below `point` in the tree: their questions fill the line as well.
    """

    point: int | None
    kind: str
    count: int
    marks: Decimal
    section: int = 0
    below: frozenset[int] = frozenset()

    def takes(self, group: Class) -> bool:
        """Whether questions of this class (point, kind) may fill the line."""
        return self.kind == group[1] and (
            self.point is None or group[0] == self.point or group[0] in self.below
        )


@dataclass(frozen=True)
class LineStock:
    """A line against the bank: wanted, available to it alone, and missing when all lines must be filled."""

    wanted: int
    available: int
    missing: int


@dataclass(frozen=True, slots=True)
class Item:
    """A question a paper may ask: the version, its class, and its option ids as stored."""

    version: int
    group: Class
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question on a paper: the version, its kind, what it is worth there and in which section."""

    version: int
    kind: str
    marks: Decimal
    section: int = 0


def _augment(
    line: int,
    want: int,
    takes: Sequence[Sequence[Class]],
    flow: list[dict[Class, int]],
    free: dict[Class, int],
) -> int:
    """Push up to `want` more questions into `line`, moving other lines' questions where that helps."""
    came: dict[Class, tuple[int, Class | None]] = dict.fromkeys(takes[line], (line, None))
    queue = deque(takes[line])
    while queue:
        group = queue.popleft()
        if free[group] > 0:
            return _push(group, min(want, free[group]), came, flow, free)
        for other, held in enumerate(flow):
            if held.get(group, 0) > 0:
                for next_group in takes[other]:
                    if next_group not in came:
                        came[next_group] = (other, group)
                        queue.append(next_group)
    return 0


def _push(
    end: Class,
    amount: int,
    came: Mapping[Class, tuple[int, Class | None]],
    flow: list[dict[Class, int]],
    free: dict[Class, int],
) -> int:
    step: Class | None = end
    while step is not None:
        line, before = came[step]
        if before is not None:
            amount = min(amount, flow[line][before])
        step = before
    free[end] -= amount
    step = end
    while step is not None:
        line, before = came[step]
        flow[line][step] = flow[line].get(step, 0) + amount
        if before is not None:
            flow[line][before] -= amount
        step = before
    return amount


def allocate(lines: Sequence[Line], stock: Mapping[Class, int]) -> list[dict[Class, int]]:
    """A maximum flow: for each line how many questions it gets from which class."""
    takes = [[group for group in stock if line.takes(group)] for line in lines]
    flow: list[dict[Class, int]] = [{} for _ in lines]
    free = dict(stock)
    for place, line in enumerate(lines):
        got = 0
        while got < line.count:
            pushed = _augment(place, line.count - got, takes, flow, free)
            if not pushed:
                break
            got += pushed
    return [{group: count for group, count in held.items() if count} for held in flow]


def compare(lines: Sequence[Line], stock: Mapping[Class, int]) -> list[LineStock]:
    """Each line against the bank, exactly. The blueprint can be satisfied when nothing is missing."""
    got = [sum(held.values()) for held in allocate(lines, stock)]
    return [
        LineStock(
            wanted=line.count,
            available=sum(count for group, count in stock.items() if line.takes(group)),
            missing=line.count - filled,
        )
        for line, filled in zip(lines, got, strict=True)
    ]


def full_marks(lines: Iterable[Line]) -> Decimal:
    """The marks of a whole paper."""
    return sum((line.marks * line.count for line in lines), Decimal(0))


class Shelf:
    """The pool of one sitting, by class and by how often each question has been put on a paper."""

    def __init__(self, items: Iterable[Item], exposure: Mapping[int, int] | None = None) -> None:
        exposure = exposure or {}
        self.levels: dict[Class, dict[int, list[int]]] = {}
        for item in items:
            level = exposure.get(item.version, 0)
            self.levels.setdefault(item.group, {}).setdefault(level, []).append(item.version)

    def stock(self) -> dict[Class, int]:
        """How many questions each class holds."""
        return {group: sum(map(len, levels.values())) for group, levels in self.levels.items()}

    def draw(self, lines: Sequence[Line], seed: bytes) -> list[Chosen]:
        """The questions of one paper. Lines on a point are filled before lines on what lies above it.

        Points form a tree, so whoever takes from the narrower set first never starves the wider one.

        Raises ValueError when the pool cannot satisfy the lines; ask `compare` first.
        """
        draw = Draw(seed, "questions")
        chosen: list[Chosen] = []
        taken: list[tuple[Class, int, int]] = []
        for line in sorted(lines, key=lambda one: (one.point is None, len(one.below))):
            groups = [group for group in self.levels if line.takes(group)]
            for _ in range(line.count):
                group, level, version = self._take(groups, draw)
                taken.append((group, level, version))
                chosen.append(Chosen(version, line.kind, line.marks, line.section))
        for group, level, version in taken:
            self.levels[group].setdefault(level + 1, []).append(version)
        return chosen

    def _take(self, groups: Sequence[Class], draw: Draw) -> tuple[Class, int, int]:
        """One of the least exposed questions of these classes, each equally likely, off the shelf."""
        levels = [(min(self.levels[group]), group) for group in groups if self.levels[group]]
        if not levels:
            raise ValueError("the bank cannot satisfy the blueprint")
        lowest = min(level for level, _ in levels)
        open_groups = [group for level, group in levels if level == lowest]
        index = draw.below(sum(len(self.levels[group][lowest]) for group in open_groups))
        for group in open_groups:
            pile = self.levels[group][lowest]
            if index < len(pile):
                pile[index], pile[-1] = pile[-1], pile[index]
                version = pile.pop()
                if not pile:
                    del self.levels[group][lowest]
                return group, lowest, version
            index -= len(pile)
        raise AssertionError("an index below the sum falls into one of the piles")


def shuffled_orders(seed: bytes, name: str, orders: Any) -> Any:
    """The orders of a question as a seed gives them: a list of ids, or {part: orders} part by part.

    Depends on the ids alone, not on the order in which they are stored.
    """
    if isinstance(orders, Mapping):
        return {part: shuffled_orders(seed, f"{name}:{part}", orders[part]) for part in sorted(orders)}
    return Draw(seed, name).shuffled(sorted(orders))


def arrange(
    seed: bytes, chosen: Iterable[Chosen], orders: Mapping[int, Any], kinds: Sequence[str]
) -> list[list[object]]:
    """The items of a paper as stored: `[version, kind, marks, orders, section]` in the order shown.

    Sections stand in their order; in a section kinds stay together, in the order of `kinds`; within a
    kind the seed decides, so nothing moves from one section to another. `orders` is what each
    version lets a seed put in another order. Depends on nothing but its arguments: the order in which
    questions were chosen, or options stored, does not matter.
    """
    places = {kind: place for place, kind in enumerate(kinds)}
    piles: dict[tuple[int, str], list[Chosen]] = {}
    for one in sorted(chosen, key=lambda one: one.version):
        piles.setdefault((one.section, one.kind), []).append(one)
    items: list[list[object]] = []
    for section, kind in sorted(piles, key=lambda pile: (pile[0], places[pile[1]])):
        label = f"order:{section}:{kind}" if section else f"order:{kind}"
        for one in Draw(seed, label).shuffled(piles[section, kind]):
            given = shuffled_orders(seed, f"options:{one.version}", orders[one.version])
            items.append([one.version, kind, format(one.marks.normalize(), "f"), given, section])
    return items
