"""Formulas and reasons in words: of an indicator, of a line of a result, of a score, of a star.

The figures are those of the rules, each the rounded one the next step starts from: whoever reads the sentence
can do the sum again and gets the same.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import plain
from certificates.ratings.rules.scoring import LineScore
from certificates.ratings.rules.words import Combine, How, Kind, Missing, ScaleKind, WhyStar, Window

COMBINED = {
    Combine.SUM: gettext_lazy("sum"),
    Combine.MEAN: gettext_lazy("mean"),
    Combine.BEST: gettext_lazy("best value"),
    Combine.LAST: gettext_lazy("newest value"),
    Combine.COUNT: gettext_lazy("number of entries"),
    Combine.SHARE: gettext_lazy("share of entries that reach the mark"),
}
WINDOWS = {
    Window.PERIOD: gettext_lazy("in the period"),
    Window.YEAR: gettext_lazy("since 1 January"),
    Window.TWELVE_MONTHS: gettext_lazy("in twelve months"),
}
STARS = (
    pgettext_lazy("star", "no star"),
    pgettext_lazy("star", "one star"),
    pgettext_lazy("star", "two stars"),
    pgettext_lazy("star", "three stars"),
    pgettext_lazy("star", "four stars"),
    pgettext_lazy("star", "five stars"),
)
WHY = {
    WhyStar.NONE: gettext_lazy("No stars are given in this kind of period."),
    WhyStar.FIRST: gettext_lazy("The first star: as the score earns it."),
    WhyStar.KEPT: gettext_lazy("The score earns the star held before: it stays."),
}


def with_unit(number: Decimal, unit: str) -> str:
    """A number with what it counts: 42 学时, 87.5%."""
    return f"{plain(number)}{unit}" if unit in ("", "%", "％") else f"{plain(number)} {unit}"


def formula(indicator: Indicator, weight: Decimal) -> str:
    """How the points of a line come about, for everybody: "培训学时（考核期内合计）/ 目标 60 学时 × 20 分，最多 20 分"."""
    value = _("%(title)s (%(combined)s %(window)s)") % {
        "title": indicator.title,
        "combined": COMBINED[indicator.combine],
        "window": WINDOWS[indicator.window],
    }
    if indicator.kind is Kind.VETO:
        return _("%(value)s: from %(least)s on, a veto") % {
            "value": value,
            "least": with_unit(indicator.at_least, indicator.unit),
        }
    told = _rule(indicator, weight, value)
    if indicator.kind is Kind.SCORE:
        return _("%(rule)s, at most %(most)s points%(missing)s") % {
            "rule": told,
            "most": plain(weight),
            "missing": _missing(indicator.missing),
        }
    if indicator.cap is not None:
        most = plain(indicator.cap * weight)
        if indicator.kind is Kind.DEDUCTION:
            return _("%(rule)s, taken off, at most %(most)s points") % {"rule": told, "most": most}
        return _("%(rule)s, added, at most %(most)s points") % {"rule": told, "most": most}
    return _("%(rule)s, taken off") % {"rule": told}


def _missing(missing: Missing) -> str:
    if missing is Missing.SKIP:
        return _("; without entries the line is left out")
    return _("; without entries full points") if missing is Missing.FULL else ""


def _rule(indicator: Indicator, weight: Decimal, value: str) -> str:
    """The step from the value to the points. `value` stands for the value, as words or as a figure."""
    scale = indicator.scale
    most = weight if indicator.kind is Kind.SCORE else indicator.full * weight
    match scale.kind:
        case ScaleKind.TARGET:
            return _("%(value)s / target %(target)s × %(most)s points") % {
                "value": value,
                "target": with_unit(scale.target, indicator.unit),
                "most": plain(most),
            }
        case ScaleKind.RANGE:
            return _("(%(value)s - %(low)s) / (%(high)s - %(low)s) × %(most)s points") % {
                "value": value,
                "low": plain(scale.low),
                "high": plain(scale.high),
                "most": plain(most),
            }
        case ScaleKind.BANDS:
            steps = pgettext("steps", ", ").join(
                _("from %(least)s on %(points)s points") % {"least": plain(least), "points": plain(points)}
                for least, points in scale.bands
            )
            return _scaled(
                _("%(value)s in steps (%(steps)s)") % {"value": value, "steps": steps}, indicator, weight
            )
        case ScaleKind.EACH:
            each = _("%(value)s × %(each)s points") % {"value": value, "each": plain(scale.each)}
            return _scaled(each, indicator, weight)
        case ScaleKind.DIRECT:
            return _scaled(value, indicator, weight)


def _scaled(text: str, indicator: Indicator, weight: Decimal) -> str:
    """The weight of scales that give points of their own: a share of the full points, or a multiplier."""
    if indicator.kind is not Kind.SCORE:
        return text if weight == 1 else f"{text} × {plain(weight)}"
    if weight == indicator.full:
        return text
    return _("%(text)s / full %(full)s × %(weight)s points") % {
        "text": text,
        "full": plain(indicator.full),
        "weight": plain(weight),
    }


def stored(line: Sequence[str | None]) -> LineScore:
    """A line of a result as it is stored, as the rules gave it."""
    value, points, how = line
    return LineScore(None if value is None else Decimal(value), Decimal(points or 0), How(how or ""))


def line_words(indicator: Indicator, weight: Decimal, line: LineScore) -> str:
    """What a line came to, with its figures: "42 学时 / 目标 60 学时 × 20 分 = 14 分"."""
    if line.how is How.UNUSED:
        return _("does not count by itself in this kind of period")
    if line.value is None:
        return _nothing(indicator, weight, line)
    value = with_unit(line.value, indicator.unit)
    if indicator.kind is Kind.VETO:
        return (
            _("%(value)s: veto") % {"value": value}
            if line.how is How.VETO
            else _("%(value)s: no veto") % {"value": value}
        )
    rule = _rule(indicator, weight, value)
    if indicator.scale.kind is ScaleKind.DIRECT and rule == value and line.how is not How.CAPPED:
        return signed(line.points)
    if line.how is How.CAPPED:
        return _("%(rule)s, held at %(points)s") % {"rule": rule, "points": signed(line.points)}
    return _("%(rule)s = %(points)s") % {"rule": rule, "points": signed(line.points)}


def _nothing(indicator: Indicator, weight: Decimal, line: LineScore) -> str:
    if line.how is How.MISSING_SKIPPED:
        return _("no entries: left out, the other lines are scaled up")
    if line.how is How.MISSING_FULL:
        return _("no entries: full points, %(points)s") % {"points": signed(weight)}
    return _("no entries: 0 points") if indicator.kind is Kind.SCORE else _("no entries")


def signed(points: Decimal) -> str:
    """Points as a sum shows them: 14 分, -2 分."""
    return _("%(points)s points") % {"points": plain(points)}


def star_text(star: int | None) -> str:
    """三星, or 无星级; "" where no stars are given."""
    return "" if star is None else str(STARS[star])


def star_reason(why: Sequence[object], star: int | None, earned: int | None) -> str:
    """Why somebody has the star they have, in a sentence."""
    code = WhyStar(str(why[0])) if why else WhyStar.NONE
    if code in WHY:
        return str(WHY[code])
    first, second = (int(str(one)) for one in why[1:3])
    said = {"star": star_text(star), "earned": star_text(earned), "first": first, "second": second}
    match code:
        case WhyStar.PROMOTED:
            return _("Promoted from %(before)s to %(star)s: the last %(second)s periods earned more.") % {
                **said,
                "before": star_text(first),
            }
        case WhyStar.DEMOTED:
            return _("Moved down from %(before)s to %(star)s: the last %(second)s periods earned less.") % {
                **said,
                "before": star_text(first),
            }
        case WhyStar.WAITS_UP:
            return (
                _(
                    "The score earns %(earned)s; it takes %(second)s periods in a row to rise, and this is number %(first)s."
                )
                % said
            )
        case WhyStar.WAITS_DOWN:
            return (
                _(
                    "The score earns %(earned)s; the star falls after %(second)s periods in a row, and this is number %(first)s."
                )
                % said
            )
        case _:
            return _("A veto holds the star at %(star)s; without it, it would be %(before)s.") % {
                **said,
                "before": star_text(first),
            }
