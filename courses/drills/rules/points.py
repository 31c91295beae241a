"""What practice earns, and how much a day can give.

A right answer earns the same whether it was guessed or known, so that honesty about a guess costs nothing.
Whether an answer may earn at all (the first to its question that day, at human pace) the answering rules.
The daily cap is in the manner of published rules (a platform in Gansu: 125 a day from all sources): here
the daily set and as much again.
"""

from collections.abc import Mapping, Sequence

RIGHT = 2
FINISHED: Mapping[str, int] = {"daily": 6, "weekly": 6, "monthly": 10}
CAP = 50


def for_answer(*, right: bool, point_worthy: bool) -> int:
    """What one answer is worth."""
    return RIGHT if right and point_worthy else 0


def for_finishing(kind: str) -> int:
    """What a set of this kind is worth once nothing of it is left; practice of one's own choice: nothing."""
    return FINISHED.get(kind, 0)


def within(worths: Sequence[int], room: int) -> list[int]:
    """What each of these is given, in order, where only `room` points are left that day.

    The one that meets the cap is given what is left; those after it get 0.
    """
    given = []
    for worth in worths:
        part = max(min(worth, room), 0)
        given.append(part)
        room -= part
    return given
