"""The sum. One order of operations, every step rounded half up to two places and shown:

1. the facts of a line become one value (`indicators.combined`)
2. the value becomes the line's points: score lines 0 .. weight; bonus and deduction up to `cap`, times the weight
3. score lines are added; where lines were skipped for want of facts, the sum is scaled up to the whole weight
4. own = base + score lines + bonuses - deductions, held between floor and ceiling
5. where the cycle rolls up shorter ones: the mean of each kind, then the weighted mean of the kinds (and of own)
6. a veto holds the score down; the grade is the band of the score, held down by a veto
7. the star (`stars.py`)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from certificates.ratings.rules import stars
from certificates.ratings.rules.indicators import OF_ONE, Indicator, Scale, Value, combined
from certificates.ratings.rules.numbers import ZERO, rounded, share
from certificates.ratings.rules.schemes import OWN, Indicators, Line, Scheme
from certificates.ratings.rules.stars import Previous, Star
from certificates.ratings.rules.words import How, Kind, Missing, ScaleKind


class LineScore(NamedTuple):
    """What a line came to. Points of a deduction are negative. `value` is None when nothing was found."""

    value: Decimal | None
    points: Decimal
    how: How


class Part(NamedTuple):
    """The score of an earlier period that is rolled up."""

    statement: int
    kind: str
    score: Decimal


@dataclass(frozen=True)
class Outcome:
    """What the rules say of one person or unit."""

    score: Decimal
    grade: str
    lines: tuple[LineScore, ...]
    own: Decimal | None
    parts: tuple[Part, ...] = ()
    vetoed_by: str = ""
    star: Star = stars.NO_STAR


# How many points of values are remembered, over all lines: all there are of most schemes, 40 MB at most of others.
MOST_KNOWN = 100_000
# Words of an enumeration are looked up slowly; these are needed for every line of every person.
SCALED, CAPPED, SKIPPED, VETO, NOTHING = (
    How.SCALED,
    How.CAPPED,
    How.MISSING_SKIPPED,
    How.VETO,
    How.NOTHING,
)
UNUSED = LineScore(None, ZERO, How.UNUSED)


class Scorer:
    """A scheme made ready to score many people in a period of one kind.

    What a line makes of a value is remembered: the same value gives the same points, also in another line whose
    points follow the same rule.
    """

    def __init__(self, scheme: Scheme, indicators: Indicators, kind: str) -> None:
        self.scheme, self.kind = scheme, kind
        self.pairs = [(line, indicators[line.code, line.version]) for line in scheme.lines]
        self.weights = scheme.roll_up.get(kind, {})
        self.counts_own = not self.weights or OWN in self.weights
        self.whole = sum(
            (line.weight for line, indicator in self.pairs if indicator.kind is Kind.SCORE), ZERO
        )
        kinds = [indicator.kind for _line, indicator in self.pairs]
        self._scoring = [place for place, one in enumerate(kinds) if one is Kind.SCORE]
        self._moving = [place for place, one in enumerate(kinds) if one in (Kind.BONUS, Kind.DEDUCTION)]
        self._vetoes = [place for place, one in enumerate(kinds) if one is Kind.VETO]
        self._may_skip = [place for place in self._scoring if self.pairs[place][1].missing is Missing.SKIP]
        ways = [(_way(indicator), line.weight) for line, indicator in self.pairs]
        known: dict[tuple[Indicator, Decimal], dict[Decimal | None, LineScore]] = {way: {} for way in ways}
        self._most = max(MOST_KNOWN // max(len(known), 1), 1)
        self._lines = [
            self._line(line, indicator, known[way])
            for (line, indicator), way in zip(self.pairs, ways, strict=True)
        ]
        self._nothing = [line(()) for line in self._lines]

    def score(
        self,
        values: Sequence[Sequence[Value]],
        previous: Sequence[Previous | None] = (),
        parts: Sequence[Part] = (),
    ) -> Outcome | None:
        """The outcome from the values of each line (in the scheme's order), earlier stars and parts.

        None when there is nothing to assess by: every scoring line is left out, and nothing is rolled up.
        """
        lines = [
            line(found) if found else nothing
            for line, nothing, found in zip(self._lines, self._nothing, values, strict=True)
        ]
        vetoed_by = self._veto(lines)
        own = self._own(lines)
        score = self._rolled(own, parts)
        if score is None:
            return None
        veto = self.scheme.veto
        if vetoed_by and veto.score_at_most is not None:
            score = min(score, veto.score_at_most)
        return Outcome(
            score,
            self._grade(score, bool(vetoed_by)),
            tuple(lines),
            own,
            tuple(parts),
            vetoed_by,
            stars.star(self.scheme, self.kind, score, previous, vetoed=bool(vetoed_by)),
        )

    def _line(
        self, line: Line, indicator: Indicator, known: dict[Decimal | None, LineScore]
    ) -> Callable[[Sequence[Value]], LineScore]:
        """What a line makes of the values found: one function a line, which remembers in `known` what it was asked."""
        if not self.counts_own and indicator.kind is not Kind.VETO:
            return lambda _found: UNUSED
        most, points, of_one = self._most, points_of(indicator, line.weight), indicator.combine in OF_ONE

        def scored(found: Sequence[Value]) -> LineScore:
            key = found[0][0] if of_one and len(found) == 1 else combined(indicator, found)
            line_score = known.get(key)
            if line_score is None:
                if len(known) >= most:
                    known.clear()
                line_score = known[key] = points(None if key is None else rounded(key))
            return line_score

        return scored

    def _veto(self, lines: Sequence[LineScore]) -> str:
        """The code of the first line whose veto bites, "" when none does."""
        return next((self.pairs[place][0].code for place in self._vetoes if lines[place].how == VETO), "")

    def _own(self, lines: Sequence[LineScore]) -> Decimal | None:
        """The score of the own lines; None when they do not count or every scoring line was left out."""
        if not self.counts_own:
            return None
        skipped = ZERO
        for place in self._may_skip:
            if lines[place].how == SKIPPED:
                skipped += self.pairs[place][0].weight
        # Lines that were skipped have no points, so that they need not be told from the others here.
        earned = sum([lines[place].points for place in self._scoring], ZERO)
        if skipped:
            if skipped == self.whole:
                return None
            earned = share(earned, self.whole - skipped, self.whole)
        total = self.scheme.base + earned + sum([lines[place].points for place in self._moving], ZERO)
        return rounded(min(max(total, self.scheme.floor), self.scheme.ceiling))

    def _rolled(self, own: Decimal | None, parts: Sequence[Part]) -> Decimal | None:
        """Means of the kinds that are there, weighted with the own lines. None without any of them."""
        if not self.weights:
            return own
        found = {} if own is None else {OWN: own}
        for kind in self.weights:
            scores = [part.score for part in parts if part.kind == kind]
            if scores:
                found[kind] = mean(scores)
        if not found:
            return None
        total = sum((self.weights[kind] * value for kind, value in found.items()), ZERO)
        return share(total, sum((self.weights[kind] for kind in found), ZERO), Decimal(1))

    def _grade(self, score: Decimal, vetoed: bool) -> str:
        names = self.scheme.grade_names()
        reached = next((place for place, (least, _n) in enumerate(self.scheme.bands) if score >= least), None)
        if reached is None:
            return ""
        if vetoed and self.scheme.veto.grade_at_most in names:
            reached = max(reached, names.index(self.scheme.veto.grade_at_most))
        return names[reached]


def score(
    scheme: Scheme,
    indicators: Indicators,
    values: Mapping[str, Sequence[Value]],
    previous: Sequence[Previous | None] = (),
    *,
    kind: str,
    parts: Sequence[Part] = (),
) -> Outcome | None:
    """The outcome of one person or unit: `values` by the code of an indicator. For many, keep a Scorer."""
    found = [values.get(line.code, ()) for line in scheme.lines]
    return Scorer(scheme, indicators, kind).score(found, previous, parts)


def mean(scores: Sequence[Decimal]) -> Decimal:
    """The mean, rounded."""
    return share(sum(scores, ZERO), Decimal(len(scores)), Decimal(1))


Points = Callable[[Decimal | None], LineScore]
Raw = Callable[[Decimal], Decimal]


def line_score(indicator: Indicator, weight: Decimal, value: Decimal | None) -> LineScore:
    """What a line makes of a combined value."""
    return points_of(indicator, weight)(value)


def _way(indicator: Indicator) -> Indicator:
    """What `points_of` reads of an indicator: which facts are taken, and how they become one value, is put aside."""
    plain = Indicator("")
    return replace(
        indicator,
        code="",
        version=plain.version,
        title="",
        source=plain.source,
        combine=plain.combine,
        window=plain.window,
        kinds=(),
        where=(),
        unit="",
        description="",
    )


def points_of(indicator: Indicator, weight: Decimal) -> Points:
    """What a line makes of any combined value, as a function: the choice of scale is made once, not per person."""
    if indicator.kind is Kind.SCORE:
        return _scoring(indicator, rounded(weight))
    return _veto(indicator) if indicator.kind is Kind.VETO else _moving(indicator, weight)


def _scoring(indicator: Indicator, weight: Decimal) -> Points:
    """A scoring line: between nothing and its weight."""
    nothing = {
        Missing.ZERO: LineScore(None, ZERO, How.MISSING_ZERO),
        Missing.SKIP: LineScore(None, ZERO, SKIPPED),
        Missing.FULL: LineScore(None, weight, How.MISSING_FULL),
    }[indicator.missing]
    scaled = _scaled(indicator, weight)

    def points(value: Decimal | None) -> LineScore:
        if value is None:
            return nothing
        found = scaled(value)
        if found > weight:
            return LineScore(value, weight, CAPPED)
        return LineScore(value, found, SCALED) if found >= ZERO else LineScore(value, ZERO, CAPPED)

    return points


def _scaled(indicator: Indicator, weight: Decimal) -> Raw:
    """The points of a scoring line before they are held between nothing and the weight; rounded once."""
    scale, full = indicator.scale, indicator.full
    match scale.kind:
        case ScaleKind.TARGET:
            return lambda value: share(value, scale.target, weight)
        case ScaleKind.RANGE:
            whole = scale.high - scale.low
            return lambda value: share(value - scale.low, whole, weight)
        case _:
            raw = _raw(scale, full)
            return lambda value: share(raw(value), full, weight)


def _raw(scale: Scale, full: Decimal) -> Raw:
    """The points of a value before weight and cap."""
    match scale.kind:
        case ScaleKind.TARGET:
            return lambda value: share(value, scale.target, full)
        case ScaleKind.RANGE:
            return lambda value: share(value - scale.low, scale.high - scale.low, full)
        case ScaleKind.BANDS:
            return lambda value: next((points for least, points in scale.bands if value >= least), ZERO)
        case ScaleKind.EACH:
            return lambda value: rounded(value * scale.each)
        case ScaleKind.DIRECT:
            return lambda value: value


def _moving(indicator: Indicator, weight: Decimal) -> Points:
    """A bonus or a deduction: up to its cap, times the weight."""
    raw = _raw(indicator.scale, indicator.full)
    cap, takes_off = indicator.cap, indicator.kind is Kind.DEDUCTION
    nothing = LineScore(None, ZERO, NOTHING)

    def points(value: Decimal | None) -> LineScore:
        if value is None:
            return nothing
        found = max(raw(value), ZERO)
        held = cap is not None and found > cap
        moved = rounded((cap if held and cap is not None else found) * weight)
        return LineScore(value, rounded(-moved) if takes_off else moved, CAPPED if held else SCALED)

    return points


def _veto(indicator: Indicator) -> Points:
    """A veto bites from a value on, and never moves points."""

    def points(value: Decimal | None) -> LineScore:
        bites = value is not None and value >= indicator.at_least
        return LineScore(value, ZERO, VETO if bites else NOTHING)

    return points
