"""Streaks and the calm view of a week: which days count, and which days break nothing.

A day counts once enough different questions were answered. A rest day (weekend, public holiday, leave, a turn
of the rota) neither breaks a streak nor lengthens it; practised on all the same it counts. Today breaks
nothing while it lasts.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

ENOUGH = 5  # different questions that make a day count
LOOKED_BACK = 400
OWN_A_MONTH = 10  # rest days a person may set for themselves in one month
OWN_AHEAD = 92
MOST_AT_ONCE = 92
DAY = datetime.timedelta(days=1)
Rests = Callable[[datetime.date], bool]


class State(StrEnum):
    """What became of a day."""

    DONE = "done"
    REST = "rest"
    MISSED = "missed"
    OPEN = "open"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Streak:
    """How many days in a row counted, and the longest row looked back on. `today`: whether today counted."""

    length: int
    longest: int
    today: bool


def counts(answered: int) -> bool:
    """Whether a day with so many different questions answered counts."""
    return answered >= ENOUGH


def state_of(
    day: datetime.date, *, done: Collection[datetime.date], rests: Rests, today: datetime.date
) -> State:
    """What became of a day, seen from `today`."""
    if day in done:
        return State.DONE
    if rests(day):
        return State.REST
    if day < today:
        return State.MISSED
    return State.OPEN if day == today else State.AHEAD


def streak(*, done: Collection[datetime.date], rests: Rests, today: datetime.date) -> Streak:
    """The streak that runs on `today`; days more than 400 back are not looked at."""
    length = longest = 0
    for back in range(LOOKED_BACK, -1, -1):
        state = state_of(today - back * DAY, done=done, rests=rests, today=today)
        if state is State.DONE:
            length += 1
        elif state is State.MISSED:
            length = 0
        longest = max(longest, length)
    return Streak(length, longest, today in done)


def week(
    *, done: Collection[datetime.date], rests: Rests, today: datetime.date
) -> list[tuple[datetime.date, State]]:
    """The seven days of the week of `today`, from Monday on."""
    monday = today - today.weekday() * DAY
    days = [monday + offset * DAY for offset in range(7)]
    return [(day, state_of(day, done=done, rests=rests, today=today)) for day in days]


def own_fault(day: datetime.date, *, today: datetime.date, set_already: Mapping[tuple[int, int], int]) -> str:
    """Why a person may not set this rest day for themselves: "past", "far", "many" (in its month), or "".

    `set_already`: how many they have in each (year, month).
    """
    if day < today:
        return "past"
    if day > today + OWN_AHEAD * DAY:
        return "far"
    return "many" if set_already.get((day.year, day.month), 0) >= OWN_A_MONTH else ""


def rota(first: datetime.date, last: datetime.date, *, every: int) -> list[datetime.date]:
    """The days from `first` to `last`, each `every`-th (1 = all). Raises ValueError when there are too many."""
    if last < first or every < 1 or (last - first).days >= MOST_AT_ONCE:
        raise ValueError((first, last, every))
    return [first + offset * DAY for offset in range(0, (last - first).days + 1, every)]
