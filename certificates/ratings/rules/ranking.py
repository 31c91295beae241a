"""Who stands where: places with ties, and the base of a unit."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def places(scores: Mapping[int, Decimal], unranked: Iterable[int] = ()) -> dict[int, int]:
    """The place of each key by score, highest first. Equals share a place and the next is left out: 1, 2, 2, 4.

    Keys in `unranked` get none and take none.
    """
    left_out = set(unranked)
    ranked = sorted(
        ((score, key) for key, score in scores.items() if key not in left_out), key=lambda one: -one[0]
    )
    found: dict[int, int] = {}
    place, before = 0, None
    for position, (score, key) in enumerate(ranked, 1):
        if score != before:
            place, before = position, score
        found[key] = place
    return found


def base_sizes(unit_paths: Iterable[str], members: Iterable[tuple[str, bool]]) -> dict[str, int]:
    """How many people each unit's base holds: those who serve in its subtree and are not excluded.

    `members` are (unit path, excluded) of everybody on the rolls.
    """
    counted: dict[str, int] = {}
    for path, excluded in members:
        if not excluded:
            counted[path] = counted.get(path, 0) + 1
    return {
        unit: sum(number for path, number in counted.items() if path.startswith(unit)) for unit in unit_paths
    }
