"""Who lacks what before the period ends: people by name, units by name, and how categories are covered."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.queries.categories import Known, known, tree
from courses.training.forms.rules import GapsForm, PeriodForm
from courses.training.permissions.rules import reading_scopes
from courses.training.queries import study_units
from courses.training.queries.study import Row, person_rows, pressing_first
from courses.training.queries.study_rules import Applied, holding
from courses.training.rendering.study import (
    coverage_chart,
    finding_line,
    gaps_workbook,
    period_words,
    unit_lines,
    units_workbook,
)
from courses.training.rules import study
from courses.training.rules.study_periods import YEAR, Period, parsed, period_of
from lianbing.kit import clock
from lianbing.library.views.impact import workbook
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.request import Request

PER_PAGE = 30
MOST_ON_ONE = 2000


def _asked(key: str, today: datetime.date) -> tuple[Period | None, datetime.date]:
    """The period asked about (None = whatever runs), and the day to judge on: its last, or today."""
    period = parsed(key) if key else None
    return period, min(period.last, today) if period else today


def _shown(rows: list[Row], show: str) -> list[Row]:
    if show == "all":
        return pressing_first(rows) + [row for row in rows if not row.lacking]
    lacking = pressing_first(rows)
    return [row for row in lacking if row.tone == "bad"] if show == "bad" else lacking


@require_safe
def gaps(request: Request) -> HttpResponse:
    """Everybody who lacks something, the pressing first; ?file=xlsx as a workbook of all of them."""
    today, readable = clock.today(), reading_scopes(request.actor)
    units = list(units_in(readable))
    form = GapsForm(request.GET, units=units, on=today)
    period, on = _asked(form.chosen_period(), today)
    scopes = form.scopes(readable)
    rules = holding(on, scopes=scopes, subjects=[study.PERSON], period=period.kind if period else "")
    form.offer([(one.key, one.row.title) for one in rules])
    chosen = request.GET.get("rule", "")
    judged = [one for one in rules if not chosen or str(one.key) == chosen]
    rows = person_rows(judged, on, scopes=scopes) if judged else []
    shown = _shown(rows, request.GET.get("show", ""))
    names = _names(units)
    if request.GET.get("file") == "xlsx":
        return workbook(gaps_workbook(shown, names, on), f"study-gaps-{on:%Y-%m-%d}")
    whole = request.GET.get("page") == "all"
    page = Paginator(shown, MOST_ON_ONE if whole else PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "subject": row.subject,
            "unit": "/".join(names.get(row.subject.person.unit_path, "").split("/")[-2:]),
            "findings": [
                finding_line(one, on) for one in row.findings if one.standing.lacking or not row.lacking
            ],
        }
        for row in page.object_list
    ]
    context = {
        "form": form,
        "page_obj": page,
        "lines": lines,
        "on": on,
        "rules": rules,
        "people": len(rows),
        "lacking": sum(bool(row.lacking) for row in rows),
        "red": sum(row.tone == "bad" for row in rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "training/gaps/people.html", context)


def _names(units: list[Unit]) -> dict[str, str]:
    """The names of units with those above them, as far as they were loaded (in the order of the tree)."""
    names: dict[str, str] = {}
    for unit in units:
        above = names.get(unit.path[: -Unit.steplen])
        names[unit.path] = f"{above}/{unit.name}" if above else unit.name
    return names


@require_safe
def gaps_units(request: Request) -> HttpResponse:
    """Where units stand by the rules about units, and how often each category was taught in the year."""
    today, readable = clock.today(), reading_scopes(request.actor)
    units = list(units_in(readable))
    form = PeriodForm(request.GET, units=units, on=today)
    period, on = _asked(form.chosen_period(), today)
    scopes = form.scopes(readable)
    names = known()
    rules = holding(
        on,
        scopes=scopes,
        subjects=[study.WHOLE, study.EACH],
        period=period.kind if period else "",
        categories=names,
    )
    rows = study_units.unit_rows(rules, on, scopes=scopes)
    titles = {one.row.unit.path: one.row.unit.name for one in rules} | _names(units)
    lines = sorted(
        unit_lines(rows, titles, on), key=lambda line: ("bad", "warn", "ok", "muted").index(line["tone"])
    )
    if request.GET.get("file") == "xlsx":
        return workbook(units_workbook(lines, on), f"study-units-{on:%Y-%m-%d}")
    span = period or period_of(YEAR, on)
    context = {
        "form": form,
        "lines": lines,
        "on": on,
        "span": period_words(span),
        "chart": _chart(scopes, span, rules, names),
        "red": sum(line["tone"] == "bad" for line in lines),
        "query": request.GET.urlencode(),
    }
    return render(request, "training/gaps/units.html", context)


def _chart(scopes: list[str], span: Period, rules: list[Applied], names: Known) -> dict[str, object]:
    """The coverage of these subtrees in the period; a category counts what lies below it too."""
    counts = study_units.coverage(tuple(scopes), span.first, span.last)
    asked = {code for one in rules for code in one.row.categories}
    found = []
    for branch in tree():
        code = branch.category.code
        total = sum(counts[below] for below in names.below([code]))
        if total or not branch.category.closed:
            found.append(("\u3000" * branch.depth + branch.category.name, total, code in asked))
    return coverage_chart(found)
