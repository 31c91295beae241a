"""A result put into words: each line with its formula and its figures, the sum, what was rolled up, the star."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.ratings.models import Result
from certificates.ratings.models.labels import PERIOD_LABELS
from certificates.ratings.queries import schemes as reading
from certificates.ratings.rendering import words
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import ZERO, plain, share
from certificates.ratings.rules.schemes import OWN, Scheme
from certificates.ratings.rules.scoring import LineScore, mean
from certificates.ratings.rules.words import How, Kind, PeriodKind


@dataclass(frozen=True)
class LineWords:
    """A line of a result for people. `points` is None where the line does not count."""

    code: str
    title: str
    kind: Kind
    weight: Decimal
    value: str
    points: Decimal | None
    text: str
    formula: str
    description: str


@dataclass(frozen=True)
class Explained:
    """A result for people. `steps` are sentences that lead from the lines to the score."""

    lines: list[LineWords]
    steps: list[str]
    star: str
    why: str
    veto: str


def explain(result: Result) -> Explained:
    """A result in words. Two statements, where the statement with its scheme's version is loaded."""
    scheme = reading.scheme_of(result.statement.scheme_version)
    indicators = reading.indicators_of(scheme)
    pairs = [(indicators[line.code, line.version], line.weight) for line in scheme.lines]
    lines = [words.stored(line) for line in result.lines]
    told = [_line(one, weight, line) for (one, weight), line in zip(pairs, lines, strict=True)]
    by = next((one.title for one in told if one.code == result.vetoed_by), "")
    return Explained(
        told,
        _steps(scheme, pairs, lines, result),
        words.star_text(result.star),
        words.star_reason(result.why, result.star, result.earned),
        _("Veto: %(title)s") % {"title": by} if by else "",
    )


def _line(indicator: Indicator, weight: Decimal, line: LineScore) -> LineWords:
    counts = line.how not in (How.UNUSED, How.MISSING_SKIPPED)
    return LineWords(
        indicator.code,
        indicator.title,
        indicator.kind,
        weight,
        "" if line.value is None else words.with_unit(line.value, indicator.unit),
        line.points if counts else None,
        words.line_words(indicator, weight, line),
        words.formula(indicator, weight),
        indicator.description,
    )


Pairs = Sequence[tuple[Indicator, Decimal]]


def _steps(scheme: Scheme, pairs: Pairs, lines: Sequence[LineScore], result: Result) -> list[str]:
    steps = []
    weights = scheme.roll_up.get(result.statement.period.kind, {})
    if not weights or OWN in weights:
        steps += _own(scheme, pairs, lines)
    if weights and result.parts:
        steps += _rolled(weights, result)
    veto = scheme.veto
    if result.vetoed_by and veto.score_at_most is not None:
        steps.append(_("A veto holds the score at %(most)s at most.") % {"most": plain(veto.score_at_most)})
    steps.append(
        _("Score %(score)s: %(grade)s") % {"score": plain(result.score), "grade": result.grade}
        if result.grade
        else _("Score %(score)s") % {"score": plain(result.score)}
    )
    return steps


def _own(scheme: Scheme, pairs: Pairs, lines: Sequence[LineScore]) -> list[str]:
    """The sum of the lines, and what scaling, floor and ceiling made of it."""
    rows = list(zip(pairs, lines, strict=True))
    scored = [(w, line) for (one, w), line in rows if one.kind is Kind.SCORE]
    moved = sum((line.points for (one, _w), line in rows if one.kind is not Kind.SCORE), ZERO)
    earned = sum((line.points for _w, line in scored if line.how is not How.MISSING_SKIPPED), ZERO)
    whole = sum((weight for weight, _line in scored), ZERO)
    skipped = sum((weight for weight, line in scored if line.how is How.MISSING_SKIPPED), ZERO)
    steps = []
    if skipped and skipped == whole:
        return [_("No entries in any line of its own.")]
    if skipped:
        scaled = share(earned, whole - skipped, whole)
        steps.append(
            _(
                "Left out: %(skipped)s of %(whole)s points. Scaled up: %(earned)s / %(rest)s × %(whole)s = %(scaled)s"
            )
            % {
                "skipped": plain(skipped),
                "whole": plain(whole),
                "earned": plain(earned),
                "rest": plain(whole - skipped),
                "scaled": plain(scaled),
            }
        )
        earned = scaled
    total = scheme.base + earned + moved
    terms = [plain(one) for one in (scheme.base, earned) if one] + ([plain(moved)] if moved else [])
    held = min(max(total, scheme.floor), scheme.ceiling)
    steps.append(f"{' + '.join(terms) or '0'} = {plain(total)}".replace("+ -", "- "))
    if held != total:
        steps.append(
            _("Held between %(floor)s and %(ceiling)s: %(held)s")
            % {"floor": plain(scheme.floor), "ceiling": plain(scheme.ceiling), "held": plain(held)}
        )
    return steps


def _rolled(weights: Mapping[str, Decimal], result: Result) -> list[str]:
    """The mean of each kind of earlier period, with its weight."""
    steps = []
    for kind, weight in weights.items():
        scores = [Decimal(score) for _statement, score, part in result.parts if part == kind]
        if kind != OWN and scores:
            steps.append(
                _("%(kind)s: mean of %(scores)s = %(mean)s, weight %(weight)s")
                % {
                    "kind": PERIOD_LABELS[PeriodKind(kind)],
                    "scores": pgettext("scores", ", ").join(plain(score) for score in scores),
                    "mean": plain(mean(scores)),
                    "weight": plain(weight),
                }
            )
    if OWN in weights:
        steps.append(_("Its own lines: weight %(weight)s") % {"weight": plain(weights[OWN])})
    return steps
