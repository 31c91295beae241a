"""What decides about training plans: what a line lacks, and how far it is done. Plain Python."""

import datetime
from collections.abc import Collection, Iterable, Mapping
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

    `group` is what counts as one class: the sessions of a class count once, with their class, and only
    when none of them is still to come (`whole`); any other session counts by itself. `people` were
    trained, `hours` is what the ledger gives each of them for it (学时, corrections included).
    """

    key: str
    group: str
    people: frozenset[int] = frozenset()
    hours: Mapping[int, Decimal] = field(default_factory=dict)
    whole: bool = True


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


def done(measure: str, target: Decimal | None, events: Iterable[Event], people: frozenset[int]) -> Done:
    """What these events amount to for a line, every event and every person once.

    `people` are those who serve in the unit of the plan and below: hours per person and coverage are
    of these; people trained are whoever came. Amounts and shares are rounded down to a tenth.
    """
    amount = _amount(measure, {event.key: event for event in events}.values(), people)
    if not target or target <= 0:
        return Done(_down(amount), Decimal(0))
    return Done(_down(amount), _down(amount * HUNDRED / target))


def _amount(measure: str, events: Collection[Event], people: frozenset[int]) -> Decimal:
    if measure == Measure.CLASSES:
        return Decimal(len({event.group for event in events if event.whole}))
    trained = {person for event in events for person in event.people}
    if measure == Measure.PEOPLE:
        return Decimal(len(trained))
    if not people:
        return Decimal(0)
    if measure == Measure.COVERAGE:
        return Decimal(len(trained & people)) * HUNDRED / len(people)
    if measure == Measure.HOURS:
        earned = (hours for event in events for person, hours in event.hours.items() if person in people)
        return sum(earned, Decimal(0)) / len(people)
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
