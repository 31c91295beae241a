"""A scheme in words: its lines with their formulas, grades, stars, cycles, what a veto does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.ratings.models.labels import KIND_LABELS, PERIOD_LABELS, SOURCE_LABELS, SUBJECT_LABELS
from certificates.ratings.rendering.words import formula
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import ZERO, plain
from certificates.ratings.rules.schemes import OWN, Scheme
from certificates.ratings.rules.words import Kind, PeriodKind, Subject
from lianbing.people.models import Officer


@dataclass
class Told:
    """What a scheme says. `rows`: {title, kind, source, weight, formula, code}; the rest are sentences."""

    subject: Any
    rows: list[dict[str, Any]] = field(default_factory=list)
    weights: str = "0"
    bands: list[tuple[str, str]] = field(default_factory=list)
    stars: list[tuple[str, int]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


def told(scheme: Scheme, indicators: Mapping[tuple[str, int], Indicator]) -> Told:
    """A scheme in words. Lines whose indicator is gone are left out; the check says so."""
    made = Told(SUBJECT_LABELS[scheme.subject])
    total = ZERO
    for line in scheme.lines:
        found = indicators.get((line.code, line.version))
        if found is None:
            continue
        if found.kind is Kind.SCORE:
            total += line.weight
        made.rows.append(
            {
                "code": line.code,
                "title": found.title,
                "kind": KIND_LABELS[found.kind],
                "source": SOURCE_LABELS[found.source],
                "weight": _weight(found, line.weight),
                "formula": formula(found, line.weight),
            }
        )
    made.weights = plain(total + scheme.base)
    made.bands = [(plain(least), name) for least, name in scheme.bands]
    made.stars = [(plain(least), star) for least, star in scheme.stars]
    made.rules = [*_bounds(scheme), *_stars(scheme), *_veto(scheme), *_cycles(scheme)]
    return made


def _weight(found: Indicator, weight: Decimal) -> str:
    if found.kind is Kind.SCORE:
        return plain(weight)
    return "" if found.kind is Kind.VETO else f"× {plain(weight)}"


def _bounds(scheme: Scheme) -> list[str]:
    said = [
        _("Scores lie between %(floor)s and %(ceiling)s.")
        % {"floor": plain(scheme.floor), "ceiling": plain(scheme.ceiling)}
    ]
    if scheme.base:
        said.append(_("Everybody begins with %(base)s points.") % {"base": plain(scheme.base)})
    if scheme.categories:
        names = "、".join(str(Officer.Category(one).label) for one in scheme.categories)
        said.append(_("It is for: %(who)s.") % {"who": names})
    if scheme.subject is Subject.UNIT and scheme.min_size:
        said.append(
            _("Units with fewer than %(size)s people in the base get a result and no place.")
            % {"size": scheme.min_size}
        )
    return said


def _stars(scheme: Scheme) -> list[str]:
    if not scheme.stars:
        return [_("No stars are given.")]
    moves = scheme.movement
    kinds = "、".join(str(PERIOD_LABELS[kind]) for kind in scheme.star_kinds)
    said = [
        _("Stars are given in: %(kinds)s.") % {"kinds": kinds},
        ngettext(
            "A star rises when %(count)s period earned a higher one",
            "A star rises when %(count)s periods in a row earned a higher one",
            moves.up_after,
        )
        % {"count": moves.up_after}
        + _steps(moves.most_up),
        ngettext(
            "It falls when %(count)s period earned a lower one",
            "It falls when %(count)s periods in a row earned a lower one",
            moves.down_after,
        )
        % {"count": moves.down_after}
        + _steps(moves.most_down),
    ]
    if moves.first_at_most:
        said.append(_("The first star is at most %(star)s.") % {"star": moves.first_at_most})
    return said


def _steps(most: int) -> str:
    if not most:
        return _(", as far as earned.")
    return ngettext(", by %(most)s at most.", ", by %(most)s at most.", most) % {"most": most}


def _veto(scheme: Scheme) -> list[str]:
    veto, parts = scheme.veto, []
    if veto.score_at_most is not None:
        parts.append(_("the score is at most %(score)s") % {"score": plain(veto.score_at_most)})
    if veto.grade_at_most:
        parts.append(_("the grade is at most %(grade)s") % {"grade": veto.grade_at_most})
    if veto.star_at_most is not None and scheme.stars:
        parts.append(_("the stars are at most %(star)s") % {"star": veto.star_at_most})
    return [_("After a veto: %(what)s.") % {"what": "，".join(parts)}] if parts else []


def _cycles(scheme: Scheme) -> list[str]:
    said = []
    for kind, weights in scheme.roll_up.items():
        total = sum(weights.values(), ZERO)
        parts = [
            f"{_part(part)} {plain(round(weight * 100 / total, 2))}%" for part, weight in weights.items()
        ]
        said.append(
            _("%(cycle)s: %(parts)s (the mean of each).")
            % {"cycle": PERIOD_LABELS[PeriodKind(kind)], "parts": " + ".join(parts)}
        )
    return said


def _part(part: str) -> str:
    return str(_("its own lines") if part == OWN else PERIOD_LABELS[PeriodKind(part)])
