"""What a leader has to see first: the worst risks among units, in an order that can be told.

Thresholds are presets after practice in the field: with more than a tenth of a unit's people unqualified it
cannot be rated excellent, with more than a fifth it fails (Hunan police, domain 1.5); 60 per cent is the pass mark
common to the sources.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

GRAVE, SERIOUS, MILD = 3, 2, 1
TENTH, FIFTH = Decimal("0.1"), Decimal("0.2")
LOW_PASS, FAIR_PASS = Decimal(60), Decimal(80)
LOW_COVERAGE = Decimal(60)


class RiskKind(StrEnum):
    """What is wrong in a unit."""

    WITHOUT = "without"
    ENDING = "ending"
    REVIEW = "review"
    PASS_RATE = "pass_rate"
    COVERAGE = "coverage"


# Of equal level and size, what endangers enforcement itself comes first.
_ORDER = list(RiskKind)


@dataclass(frozen=True)
class UnitFigures:
    """One unit: people posted on enforcement, those of them not on duty, and what else may be wrong.

    `ending`: certificates in force that end within a month; `review`: reviews that are due; `pass_rate` and
    `coverage` in per cent, None = nothing to divide by; `sat`: who sat an exam, `staff`: everybody.
    """

    key: str
    posted: int = 0
    without: int = 0
    ending: int = 0
    review: int = 0
    pass_rate: Decimal | None = None
    sat: int = 0
    coverage: Decimal | None = None
    staff: int = 0


@dataclass(frozen=True)
class Risk:
    """A risk of one unit: how grave (GRAVE, SERIOUS, MILD), how many people, and the figure that says so."""

    kind: RiskKind
    key: str
    level: int
    people: int
    figure: Decimal


def worst(units: Iterable[UnitFigures], most: int = 3) -> list[Risk]:
    """The worst risks, gravest first, then those that touch the most people, then by kind and unit."""
    found = [risk for unit in units for risk in _of(unit)]
    found.sort(key=lambda risk: (-risk.level, -risk.people, _ORDER.index(risk.kind), risk.key))
    return found[:most]


def _of(unit: UnitFigures) -> Iterable[Risk]:
    if unit.without:
        share = Decimal(unit.without) / max(unit.posted, 1)
        level = GRAVE if share > FIFTH else SERIOUS if share > TENTH else MILD
        yield Risk(RiskKind.WITHOUT, unit.key, level, unit.without, Decimal(unit.without))
    if unit.ending:
        yield Risk(RiskKind.ENDING, unit.key, SERIOUS, unit.ending, Decimal(unit.ending))
    if unit.review:
        yield Risk(RiskKind.REVIEW, unit.key, MILD, unit.review, Decimal(unit.review))
    if unit.pass_rate is not None and unit.pass_rate < FAIR_PASS:
        level = SERIOUS if unit.pass_rate < LOW_PASS else MILD
        yield Risk(RiskKind.PASS_RATE, unit.key, level, unit.sat, unit.pass_rate)
    if unit.coverage is not None and unit.coverage < LOW_COVERAGE:
        yield Risk(RiskKind.COVERAGE, unit.key, MILD, unit.staff, unit.coverage)
