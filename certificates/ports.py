"""What upper apps tell the register of certificates: how somebody has conducted themselves."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Conduct:
    """One thing on record about somebody's conduct: the day, in words, where it can be read.

    `grave` speaks against a review or against certification; a person decides what follows from it.
    """

    on: datetime.date
    words: str
    url: str = ""
    grave: bool = True


ConductSource = Callable[[Collection[int], datetime.date, datetime.date], Mapping[int, Sequence[Conduct]]]
_sources: dict[str, ConductSource] = {}


def conduct_source(fn: ConductSource) -> ConductSource:
    """Decorator: `fn(officer_ids, first, last)` tells what is on record of these people between two days.

    Set-based: the number of its statements must not depend on how many people are asked about.
    """
    _sources[f"{fn.__module__}.{fn.__qualname__}"] = fn
    return fn


def conduct(
    officer_ids: Collection[int], first: datetime.date, last: datetime.date
) -> dict[int, list[Conduct]]:
    """What every source has on record of these people, the latest first; nobody without a record is in it."""
    found: dict[int, list[Conduct]] = defaultdict(list)
    for source in _sources.values():
        for officer, things in source(officer_ids, first, last).items():
            found[officer] += things
    return {
        officer: sorted(things, key=lambda one: one.on, reverse=True)
        for officer, things in found.items()
        if things
    }
