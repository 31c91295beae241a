"""From a written heat to the groups of the stage: who goes through, and which team meets which.

Everything here can be recomputed by anyone: the order of a heat follows from its scores, and a draw from
its seed (see `lianbing.kit.draws`). The seed is fixed before the draw and its fingerprint published, so
that nobody can try seeds until one pleases.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianbing.kit.draws import Draw

MOST_IN_MATCH = 16
LEAST_IN_MATCH = 2
BY = ("sum", "mean", "best")
LABEL = "contest-groups"


class CannotDraw(Exception):
    """The teams do not go into these groups. `code`: too_few_teams, groups_too_small, groups_too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Standing:
    """One team (or person) in the order of a heat.

    `place` is shared by equal scores (1, 2, 2, 4). `through`: yes, no, or tied, where the last places are
    shared by more than can go through. `counted` are the scores that went into it, `missing` how many
    members have none.
    """

    key: int
    score: Decimal
    counted: tuple[Decimal, ...]
    missing: int
    place: int
    through: str


@dataclass(frozen=True)
class Entry:
    """A team in a draw: its number and its strength (the score of the heat), None where there is none."""

    key: int
    strength: Decimal | None = None


def heat_score(scores: Sequence[Decimal], by: str, best: int) -> Decimal:
    """What a team has from its members' scores: their sum, their mean (two places), or the sum of its `best`."""
    ordered = sorted(scores, reverse=True)
    if by == "mean":
        return (sum(ordered, Decimal(0)) / len(ordered)).quantize(Decimal("0.01")) if ordered else Decimal(0)
    return sum(ordered[:best] if by == "best" else ordered, Decimal(0))


def standings(
    members: Mapping[int, Sequence[Decimal | None]], *, by: str, best: int, places: int
) -> list[Standing]:
    """The order of a heat with ties shown, and who goes through.

    `members` holds the scores of each team, None for a member without one; for the mean they count as 0, so
    that staying away helps nobody. When the last places are shared by more teams than may go through, all
    of those are `tied`: a person decides, nothing is cut off silently.
    """
    rows = []
    for key, scores in members.items():
        there = tuple(score for score in scores if score is not None)
        counted = there if by != "mean" else tuple(score or Decimal(0) for score in scores)
        rows.append((key, heat_score(counted, by, best), there, len(scores) - len(there)))
    rows.sort(key=lambda row: (-row[1], row[0]))
    found = []
    for key, score, there, missing in rows:
        above = sum(other[1] > score for other in rows)
        level = sum(other[1] == score for other in rows)
        through = "yes" if above + level <= places else "tied" if above < places else "no"
        found.append(Standing(key, score, there, missing, above + 1, through))
    return found


def fingerprint(seed: str) -> str:
    """What is published of a seed (hexadecimal) before the draw: its SHA-256."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def list_hash(entries: Sequence[Entry], groups: int, spread: bool) -> str:
    """The SHA-256 of what is drawn: teams with their strengths, number of groups, and whether they are spread."""
    said: dict[str, Any] = {
        "groups": groups,
        "spread": spread,
        "teams": [
            [entry.key, None if entry.strength is None else str(entry.strength)]
            for entry in sorted(entries, key=lambda one: one.key)
        ],
    }
    text = json.dumps(said, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def check_sizes(teams: int, groups: int) -> None:
    """Raises CannotDraw when so many teams do not go into so many groups of 2 to 16."""
    if teams < LEAST_IN_MATCH or groups < 1:
        raise CannotDraw("too_few_teams")
    if teams // groups < LEAST_IN_MATCH:
        raise CannotDraw("groups_too_small")
    if -(-teams // groups) > MOST_IN_MATCH:
        raise CannotDraw("groups_too_large")


def draw_groups(entries: Sequence[Entry], groups: int, *, spread: bool, seed: str) -> list[list[int]]:
    """The groups, each in the order of its seats, from a seed in hexadecimal. Raises CannotDraw.

    All teams are shuffled. With `spread` they are then put in order of strength (equals stay as shuffled,
    a team without a score comes last) and cut into pots of one team for each group; each pot is dealt out in
    drawn order, so that the strong ones meet late. Without it they are dealt out one by one. Seats within a
    group are drawn last.
    """
    check_sizes(len(entries), groups)
    draw = Draw(bytes.fromhex(seed), LABEL)
    order = draw.shuffled(sorted(entries, key=lambda one: one.key))
    if spread:
        order.sort(key=lambda one: (one.strength is None, -(one.strength or Decimal(0))))
    dealt: list[list[int]] = [[] for _ in range(groups)]
    for start in range(0, len(order), groups):
        pot = order[start : start + groups]
        into = draw.shuffled(range(groups)) if spread else list(range(groups))
        for entry, number in zip(pot, into, strict=False):
            dealt[number].append(entry.key)
    return [draw.shuffled(group) for group in dealt]
