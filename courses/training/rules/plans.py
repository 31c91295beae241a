"""What decides about training plans: what a line lacks, and how far it is done. Plain Python."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
LARGEST = {
    "classes": Decimal(1000),
    "hours": Decimal(1000),
    "people": Decimal(100_000),
    "coverage": HUNDRED,
}


class Measure(StrEnum):
    """What a line is measured by (S0 line 30: 可量化、可操作、可考核、可评价)."""

    CLASSES = "classes"
    HOURS = "hours"
    PEOPLE = "people"
    COVERAGE = "coverage"


class Lack(StrEnum):
    """Why a line cannot be approved."""

    MEASURE = "measure"
    TARGET = "target"
    TARGET_TOO_LARGE = "target_too_large"
    TARGET_NOT_WHOLE = "target_not_whole"
    OWNER = "owner"
    OWNER_GONE = "owner_gone"
    DATE = "date"
    DATE_OUTSIDE = "date_outside"


def lacks(
    *,
    measure: str,
    target: Decimal | None,
    has_owner: bool,
    owner_serves: bool,
    due_on: datetime.date | None,
    year: int,
) -> list[Lack]:
    """Everything a line lacks to be approved (R07), in the order of its columns.

    A coverage is at most 100 %, classes and people are counted in whole numbers, and the date lies in
    the year of the plan.
    """
    found: list[Lack] = []
    if measure not in set(Measure):
        found.append(Lack.MEASURE)
    if target is None or target <= 0:
        found.append(Lack.TARGET)
    elif target > LARGEST.get(measure, target):
        found.append(Lack.TARGET_TOO_LARGE)
    elif measure in (Measure.CLASSES, Measure.PEOPLE) and target != int(target):
        found.append(Lack.TARGET_NOT_WHOLE)
    if not has_owner:
        found.append(Lack.OWNER)
    elif not owner_serves:
        found.append(Lack.OWNER_GONE)
    if due_on is None:
        found.append(Lack.DATE)
    elif due_on.year != year:
        found.append(Lack.DATE_OUTSIDE)
    return found


@dataclass(frozen=True)
class Event:
    """One closed session, or one external training accepted.

    `group` is what counts as one class: a session of a class counts with its class, any other by itself.
    `attended` maps people to minutes of training.
    """

    key: str
    group: str
    attended: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What has been done for a line: in the unit of its measure, and as a share of its target.

    `percent` is rounded down to a tenth: 99.96 % is not yet done. It may exceed 100.
    """

    amount: Decimal
    percent: Decimal

    @property
    def complete(self) -> bool:
        return self.percent >= HUNDRED

    @property
    def shown(self) -> Decimal:
        """The share for a picture: at most 100."""
        return min(self.percent, HUNDRED)


def subtree(key: str, parents: Mapping[str, str | None]) -> set[str]:
    """The keys of a line and of all lines that hang on it, directly or through others.

    A ring (which the services refuse) ends where it began, so that every line is counted once.
    """
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += children.get(current, [])
    return found


def makes_ring(key: str, parent: str, parents: Mapping[str, str | None]) -> bool:
    """Whether hanging line `key` on line `parent` would make a line hang on itself."""
    return parent in subtree(key, parents)


def done(
    measure: str,
    target: Decimal | None,
    events: Iterable[Event],
    people: frozenset[int],
    minutes_per_hour: int = 60,
) -> Done:
    """What these events amount to for a line, every event and every person once.

    `people` are those who serve in the unit of the plan and below: hours per person and coverage are
    of these; people trained are whoever came. Hours are clock hours unless a table says 45 minutes.
    """
    once = {event.key: event for event in events}.values()
    minutes: dict[int, int] = {}
    for event in once:
        for person, spent in event.attended.items():
            minutes[person] = minutes.get(person, 0) + spent
    amount = _amount(measure, once, minutes, people, minutes_per_hour)
    if not target or target <= 0:
        return Done(amount, Decimal(0))
    return Done(_down(amount), (amount / target * HUNDRED).quantize(TENTH, ROUND_DOWN))


def _amount(
    measure: str,
    events: Iterable[Event],
    minutes: Mapping[int, int],
    people: frozenset[int],
    minutes_per_hour: int,
) -> Decimal:
    if measure == Measure.CLASSES:
        return Decimal(len({event.group for event in events}))
    trained = {person for person, spent in minutes.items() if spent > 0}
    if measure == Measure.PEOPLE:
        return Decimal(len(trained))
    if not people:
        return Decimal(0)
    if measure == Measure.COVERAGE:
        return Decimal(len(trained & people)) * HUNDRED / len(people)
    if measure == Measure.HOURS:
        total = sum(spent for person, spent in minutes.items() if person in people)
        return Decimal(total) / minutes_per_hour / len(people)
    return Decimal(0)


def _down(amount: Decimal) -> Decimal:
    return amount.quantize(TENTH, ROUND_DOWN)


def plan_percent(lines: Iterable[Done]) -> Decimal:
    """How far a plan is done: the mean of its lines, none above 100 %. 0 without lines; rounded down."""
    shares = [line.shown for line in lines]
    return _down(sum(shares, Decimal(0)) / len(shares)) if shares else Decimal(0)


def overdue(due_on: datetime.date | None, percent: Decimal, today: datetime.date) -> bool:
    """Whether a line stands red: its last day is over and it is not done."""
    return due_on is not None and due_on < today and percent < HUNDRED


def same_day_next_year(day: datetime.date | None, year: int) -> datetime.date | None:
    """The day of a copied line in another year; 29 February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
