"""The five numbers, the worst risks and the pictures of the leader's page and HR's desk, in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from certificates.ratings.queries.leading import SOON_MONTHS, Branch, Leading, figures_of, mean_star
from certificates.ratings.rendering.data_book import FIGURES, written
from certificates.ratings.rules.risks import FAIR_PASS, GRAVE, LOW_COVERAGE, LOW_PASS, SERIOUS, Risk, RiskKind
from lianbing.kit import charts
from lianbing.people.models import Unit

FULL, LOW_DUTY = Decimal(100), Decimal(90)
LEVEL_TONES = {GRAVE: "bad", SERIOUS: "warn"}
LEVEL_WORDS = {GRAVE: gettext_lazy("Grave"), SERIOUS: gettext_lazy("Serious")}
RISK_WORDS = {
    RiskKind.WITHOUT: gettext_lazy("%(people)s posted on enforcement without being on duty"),
    RiskKind.ENDING: gettext_lazy("%(people)s certificates end within a month"),
    RiskKind.REVIEW: gettext_lazy("%(people)s reviews are due"),
    RiskKind.PASS_RATE: gettext_lazy("Pass rate %(figure)s %% this year"),
    RiskKind.COVERAGE: gettext_lazy("Training coverage %(figure)s %% this year"),
}


def numbers(found: Leading) -> list[dict[str, Any]]:
    """The five numbers, each with its tone and where it leads."""
    figures, today, unit = found.whole.row.figures, found.whole.today, found.whole.row.unit
    book = f"{reverse('ratings:data_book')}?unit={unit.pk}"
    register = f"{reverse('certificates:enforcement')}?unit={unit.pk}"
    share, coverage, passed = figures["duty_share"], figures["coverage"], figures["pass_rate"]
    return [
        _number(_("On duty, of the officers"), _percent(share), register, _below(share, LOW_DUTY, LOW_DUTY)),
        _number(
            _("Posted without being on duty"),
            str(today["without"]),
            reverse("certificates:enforcement_alarms"),
            "bad" if today["without"] else "ok",
        ),
        _number(
            _("Ending within %(months)s months") % {"months": SOON_MONTHS},
            str(today["soon"]),
            f"{register}&within={SOON_MONTHS}",
            "warn" if today["soon"] else "ok",
        ),
        _number(
            _("Training coverage this year"),
            _percent(coverage),
            book,
            _below(coverage, LOW_COVERAGE, LOW_DUTY),
        ),
        _number(_("Pass rate this year"), _percent(passed), book, _below(passed, LOW_PASS, FAIR_PASS)),
    ]


def _number(label: str, text: str, url: str, tone: str) -> dict[str, Any]:
    return {"label": label, "text": text, "url": url, "tone": tone}


def _percent(share: Decimal | None) -> str:
    return written(share) if share is None else f"{written(share)}%"


def _below(share: Decimal | None, bad: Decimal, fair: Decimal) -> str:
    if share is None:
        return "info"
    return "bad" if share < bad else "warn" if share < fair else "ok"


def told(risk: Risk, unit: Unit) -> dict[str, Any]:
    """One risk: what, where, how grave, and the page that shows who."""
    words = str(RISK_WORDS[risk.kind]) % {"people": risk.people, "figure": written(risk.figure)}
    return {
        "words": words,
        "unit": unit.name,
        "tone": LEVEL_TONES.get(risk.level, "info"),
        "level": LEVEL_WORDS.get(risk.level, pgettext("risk", "To watch")),
        "url": _page_of(risk, unit),
    }


def _page_of(risk: Risk, unit: Unit) -> str:
    register = f"{reverse('certificates:enforcement')}?unit={unit.pk}"
    return {
        RiskKind.WITHOUT: reverse("certificates:enforcement_alarms"),
        RiskKind.ENDING: f"{register}&within=1",
        RiskKind.REVIEW: f"{register}&state=due_for_review",
    }.get(risk.kind, f"{reverse('ratings:data_book')}?unit={unit.pk}")


def pictures(found: Leading) -> list[dict[str, object]]:
    """Bars by unit: on duty, training coverage, pass rate, mean star. Units without the figure are left out."""
    parts = (
        ("duty_share", str(FIGURES["duty_share"][0]), LOW_DUTY, LOW_DUTY),
        ("coverage", str(FIGURES["coverage"][0]), LOW_COVERAGE, LOW_DUTY),
        ("pass_rate", str(FIGURES["pass_rate"][0]), LOW_PASS, FAIR_PASS),
    )
    made = [
        _bars([(one, one.row.figures[name]) for one in found.branches], title, FULL, bad, fair)
        for name, title, bad, fair in parts
    ]
    stars = [(one, mean_star(one)) for one in found.branches]
    made.append(_bars(stars, _("Mean star"), Decimal(5), Decimal(0), Decimal(0)))
    return [chart for chart in made if chart["rows"]]


def _bars(
    pairs: Sequence[tuple[Branch, Decimal | None]], title: str, most: Decimal, bad: Decimal, fair: Decimal
) -> dict[str, object]:
    values = [
        charts.Value(branch.row.unit.name, float(value), written(value), _below(value, bad, fair))
        for branch, value in pairs
        if value is not None
    ]
    return charts.bars(values, title=title, heading=_("Unit"), unit=title, most=float(most))


# What a row of HR's table shows: figures of the book and of today, with their headings.
_TODAY = {
    "without": gettext_lazy("Posted without being on duty"),
    "ending": gettext_lazy("Ending within a month"),
    "soon": gettext_lazy("Ending within 3 months"),
    "review": gettext_lazy("Reviews due"),
    "stars": gettext_lazy("Mean star"),
}
_SHOWN = ("officers", "on_duty", "duty_share", "without", "ending", "soon", "review", "hours_per_head")
COLUMNS: tuple[tuple[str, Any], ...] = tuple(
    (name, _TODAY[name] if name in _TODAY else FIGURES[name][0])
    for name in (*_SHOWN, "coverage", "pass_rate", "mean", "stars")
)


def line(branch: Branch) -> list[Decimal | None]:
    """The figures of one unit, in the order of COLUMNS."""
    known = figures_of(branch)
    return [known[name] for name, _heading in COLUMNS]
