"""What a scheme is, and which schemes are refused."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from certificates.ratings.rules import catalogue
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import ZERO, plain
from certificates.ratings.rules.problems import Problem
from certificates.ratings.rules.words import Kind, PeriodKind, Source, Subject

OWN = "own"
MOST_STAR = 5
NO_ROLL_UP: Mapping[str, Mapping[str, Decimal]] = MappingProxyType({})
# Which cycles may be rolled up into which: shorter ones that lie whole inside.
INSIDE = {
    PeriodKind.MONTHLY: (),
    PeriodKind.QUARTERLY: (PeriodKind.MONTHLY,),
    PeriodKind.MIDYEAR: (PeriodKind.MONTHLY, PeriodKind.QUARTERLY),
    PeriodKind.ANNUAL: (PeriodKind.MONTHLY, PeriodKind.QUARTERLY, PeriodKind.MIDYEAR),
}
UNIT_SOURCES = frozenset({Source.UNIT_EXAM, Source.UNIT_COVERAGE, Source.UNIT_MEAN})


@dataclass(frozen=True)
class Line:
    """An indicator in a scheme. `weight`: the points it gives at best; of a bonus or deduction: its multiplier."""

    code: str
    version: int
    weight: Decimal


@dataclass(frozen=True)
class Movement:
    """How fast a star moves. It rises when each of the last `up_after` periods earned a higher one, by at most
    `most_up` steps (0 = as far as earned); it falls likewise. A first star is at most `first_at_most` (0 = any)."""

    up_after: int = 1
    down_after: int = 1
    most_up: int = 1
    most_down: int = 1
    first_at_most: int = 0


@dataclass(frozen=True)
class Veto:
    """What a veto does (一票否决): the score, the grade and the star are at most these; None and "" leave them."""

    score_at_most: Decimal | None = None
    grade_at_most: str = ""
    star_at_most: int | None = 0


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme. `bands` and `stars` go from the highest minimum down.

    `star_kinds`: in which cycles stars are given. `min_size`: smaller units get a result and no place.
    `roll_up`: for a cycle, the weight of shorter ones, and of its own lines (OWN); a cycle that is not there has
    its own lines alone. `categories`: whom it is for (none = everybody).
    """

    subject: Subject = Subject.OFFICER
    lines: tuple[Line, ...] = ()
    base: Decimal = ZERO
    floor: Decimal = ZERO
    ceiling: Decimal = Decimal(100)
    bands: tuple[tuple[Decimal, str], ...] = ()
    stars: tuple[tuple[Decimal, int], ...] = ()
    star_kinds: tuple[PeriodKind, ...] = ()
    movement: Movement = Movement()
    veto: Veto = Veto()
    min_size: int = 0
    roll_up: Mapping[str, Mapping[str, Decimal]] = field(default_factory=lambda: NO_ROLL_UP)
    categories: tuple[str, ...] = ()

    def gives_stars(self, kind: str) -> bool:
        """Whether a period of this kind gives stars."""
        return bool(self.stars) and kind in self.star_kinds

    def grade_names(self) -> list[str]:
        """The grades from the best down."""
        return [name for _least, name in self.bands]


Indicators = Mapping[tuple[str, int], Indicator]


def check(scheme: Scheme, indicators: Indicators) -> list[Problem]:
    """Everything that stands against adopting a scheme; nothing = sound. `indicators` by (code, version)."""
    return [
        *_check_lines(scheme, indicators),
        *_check_total(scheme, indicators),
        *_check_bands(scheme),
        *_check_stars(scheme),
        *_check_roll_up(scheme),
        *_check_counts(scheme, indicators),
    ]


def _check_lines(scheme: Scheme, indicators: Indicators) -> Iterator[Problem]:
    if not scheme.lines:
        yield Problem("lines", "no_lines")
    seen: set[str] = set()
    for number, line in enumerate(scheme.lines):
        where = f"lines.{number}"
        found = indicators.get((line.code, line.version))
        if line.code in seen:
            yield Problem(f"{where}.code", "twice", {"code": line.code})
        seen.add(line.code)
        if found is None:
            yield Problem(f"{where}.code", "unknown", {"code": line.code})
            continue
        if line.weight <= 0:
            yield Problem(f"{where}.weight", "not_positive", {"title": found.title})
        if found.source in UNIT_SOURCES and scheme.subject is not Subject.UNIT:
            yield Problem(f"{where}.code", "for_units_only", {"title": found.title})
        for problem in catalogue.check(found):
            yield Problem(f"{where}.{problem.field}", problem.code, {"title": found.title, **problem.params})


def _check_total(scheme: Scheme, indicators: Indicators) -> Iterator[Problem]:
    """Base and weights must make the ceiling: a score out of something else cannot be read against the bands."""
    weights = [line.weight for line in scheme.lines if _kind(line, indicators) is Kind.SCORE]
    total = scheme.base + sum(weights, ZERO)
    if not scheme.floor < scheme.ceiling:
        yield Problem("ceiling", "not_above_floor")
    if scheme.lines and total != scheme.ceiling:
        yield Problem("lines", "total", {"total": plain(total), "ceiling": plain(scheme.ceiling)})


def _kind(line: Line, indicators: Indicators) -> Kind | None:
    found = indicators.get((line.code, line.version))
    return found.kind if found else None


def _check_bands(scheme: Scheme) -> Iterator[Problem]:
    yield from _check_steps("bands", [least for least, _name in scheme.bands], scheme)
    names = scheme.grade_names()
    if len(set(names)) != len(names) or not all(names):
        yield Problem("bands", "names")
    if scheme.veto.grade_at_most and scheme.veto.grade_at_most not in names:
        yield Problem("veto.grade_at_most", "unknown_grade", {"grade": scheme.veto.grade_at_most})


def _check_steps(where: str, steps: Sequence[Decimal], scheme: Scheme) -> Iterator[Problem]:
    """Steps must fall, and the lowest must reach the floor, or somebody would stand below every one of them."""
    if not steps:
        if where == "bands":
            yield Problem(where, "none")
        return
    if any(upper <= lower for upper, lower in itertools.pairwise(steps)):
        yield Problem(where, "not_falling")
    if steps[0] > scheme.ceiling:
        yield Problem(where, "out_of_reach")
    if steps[-1] > scheme.floor:
        yield Problem(where, "gap_below")


def _check_stars(scheme: Scheme) -> Iterator[Problem]:
    yield from _check_steps("stars", [least for least, _star in scheme.stars], scheme)
    stars = [star for _least, star in scheme.stars]
    if any(not 0 <= star <= MOST_STAR for star in stars):
        yield Problem("stars", "star_range", {"most": MOST_STAR})
    if any(upper <= lower for upper, lower in itertools.pairwise(stars)):
        yield Problem("stars", "not_falling")
    if stars and not scheme.star_kinds:
        yield Problem("star_kinds", "none")
    if scheme.movement.up_after < 1 or scheme.movement.down_after < 1:
        yield Problem("movement", "periods")


def _check_roll_up(scheme: Scheme) -> Iterator[Problem]:
    for kind, weights in scheme.roll_up.items():
        where = f"roll_up.{kind}"
        if kind not in list(PeriodKind):
            yield Problem(where, "unknown")
            continue
        inside = (OWN, *INSIDE[PeriodKind(kind)])
        if any(part not in inside for part in weights):
            yield Problem(where, "not_inside")
        if not weights or any(weight <= 0 for weight in weights.values()):
            yield Problem(where, "weights")


def _check_counts(scheme: Scheme, indicators: Indicators) -> Iterator[Problem]:
    """Raw numbers of cases stand only beside their quality, which must weigh at least as much.

    Counting alone invites invented and split cases (办假案、拆案充数).
    """
    counted, judged = ZERO, ZERO
    for line in scheme.lines:
        found = indicators.get((line.code, line.version))
        if found is None or found.kind in (Kind.DEDUCTION, Kind.VETO):
            continue
        if catalogue.counts_cases(found):
            counted += _reach(line, found)
        elif found.source is Source.CASE_QUALITY:
            judged += _reach(line, found)
    if counted > judged:
        yield Problem("lines", "counts_beside_quality", {"counted": plain(counted), "judged": plain(judged)})


def _reach(line: Line, indicator: Indicator) -> Decimal:
    """The most points a line can give."""
    if indicator.kind is Kind.SCORE:
        return line.weight
    return (indicator.full if indicator.cap is None else indicator.cap) * line.weight
