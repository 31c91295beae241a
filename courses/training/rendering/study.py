"""Study rules, periods and what is lacking, in words and as workbooks."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from courses.queries.categories import Known
from courses.training.models import Session, StudyRule
from courses.training.queries.study import Finding, Row
from courses.training.queries.study_units import UnitRow
from courses.training.rules import study
from courses.training.rules.study_periods import MONTH, QUARTER, WEEK, Period
from lianbing.kit import charts
from lianbing.kit.spreadsheets import OutSheet, write_workbook

TONE_WORDS = {
    "ok": gettext_lazy("Fulfilled"),
    "warn": gettext_lazy("Still lacking"),
    "bad": gettext_lazy("Pressing"),
    "muted": gettext_lazy("Nothing owed"),
}
OVER = gettext_lazy("Missed")


def kind_names() -> dict[str, str]:
    """The kinds of meeting a rule may ask for, the whole class first."""
    return {study.CLASS: _("Training class"), **{str(k): str(v) for k, v in Session.Kind.choices}}


def period_words(period: Period) -> str:
    """A period as people say it."""
    year = period.first.year
    if period.kind == WEEK:
        iso_year, week, _day = period.first.isocalendar()
        return _("Week %(week)d of %(year)d (%(first)s to %(last)s)") % {
            "week": week,
            "year": iso_year,
            "first": f"{period.first:%m-%d}",
            "last": f"{period.last:%m-%d}",
        }
    if period.kind == MONTH:
        return _("%(year)d-%(month)s") % {"year": year, "month": f"{period.first:%m}"}
    if period.kind == QUARTER:
        return _("Quarter %(number)d of %(year)d") % {"number": (period.first.month + 2) // 3, "year": year}
    return _("The year %(year)d") % {"year": year}


def lack_words(standing: study.Standing, row: StudyRule) -> list[str]:
    """What is lacking: "缺1次业务学习" for each part; without a content, what the rule asks for at all."""
    anything = _("study")
    if study.CLASS in row.kinds:
        anything = _("topical training") if row.topical == StudyRule.Topical.YES else _("training")
    return [
        ngettext("lacks %(times)d × %(name)s", "lacks %(times)d × %(name)s", lack.times)
        % {"times": lack.times, "name": lack.name or anything}
        for lack in standing.lacking
    ]


def state_words(standing: study.Standing, on: datetime.date) -> Any:
    """The tone of a standing in a word."""
    return OVER if standing.lacking and on >= standing.due_on else TONE_WORDS[standing.tone]


def rule_words(row: StudyRule, known: Known) -> str:
    """What a rule asks, as one sentence."""
    contents = "、".join(known.name(code) for code in row.categories) or _("any content")
    kinds = kind_names()
    said = [
        f"{row.get_subject_display()} · {_every(row)}",
        _("at least %(count)d × %(contents)s") % {"count": row.count, "contents": contents},
    ]
    if row.demand != StudyRule.Demand.TOGETHER:
        said.append(str(row.get_demand_display()))
    if row.minimum_minutes:
        said.append(_("%(minutes)d minutes or more each time") % {"minutes": row.minimum_minutes})
    if row.kinds:
        said.append("、".join(kinds.get(kind, kind) for kind in row.kinds))
    if row.topical != StudyRule.Topical.ANY:
        said.append(str(row.get_topical_display()))
    if row.subject == StudyRule.Subject.PERSON:
        said.append(str(row.get_self_study_display()))
        said += [] if row.late_counts else [_("who came late has not attended")]
        said += [] if row.early_counts else [_("who left early has not attended")]
    return "；".join(said)


def _every(row: StudyRule) -> str:
    return {
        "week": _("every week"),
        "month": _("every month"),
        "quarter": _("every quarter"),
        "year": _("every year"),
    }[row.period]


def finding_line(one: Finding, on: datetime.date) -> dict[str, Any]:
    """One finding as a page shows it."""
    standing = one.standing
    return {
        "title": one.applied.row.title,
        "lacking": "、".join(lack_words(standing, one.applied.row)),
        "done": standing.done,
        "needed": standing.needed,
        "due_on": standing.due_on,
        "by": _("by %(day)s") % {"day": f"{standing.due_on:%m-%d}"},
        "tone": standing.tone,
        "state": state_words(standing, on),
        "period": period_words(one.applied.period),
    }


def coverage_chart(names: Sequence[tuple[str, int, bool]]) -> dict[str, Any]:
    """How often each category was taught; one that a rule asks for and nobody taught is bad."""
    values = [
        charts.Value(name, count, _("none yet"), "bad") if asked and not count else charts.Value(name, count)
        for name, count, asked in names
    ]
    return charts.bars(
        values, title=_("Coverage by category"), heading=_("Content category"), unit=_("Meetings and classes")
    )


def gaps_workbook(rows: Iterable[Row], units: Mapping[str, str], on: datetime.date) -> bytes:
    """Who lacks what, one line for each person and rule."""
    headings = [
        _("Staff number"),
        _("Full name"),
        _("Unit"),
        _("Study rule"),
        _("Period"),
        _("Done"),
        _("Owed"),
        _("Lacking"),
        _("Due by"),
        _("State"),
    ]
    lines = [
        [
            row.subject.staff_number,
            row.subject.name,
            units.get(row.subject.person.unit_path, ""),
            one.applied.row.title,
            period_words(one.applied.period),
            one.standing.done,
            one.standing.needed,
            "、".join(lack_words(one.standing, one.applied.row)),
            one.standing.due_on,
            str(state_words(one.standing, on)),
        ]
        for row in rows
        for one in row.findings
    ]
    return write_workbook([OutSheet(_("Who lacks what %(day)s") % {"day": on}, headings, lines, [0])])


def unit_lines(rows: Iterable[UnitRow], units: Mapping[str, str], on: datetime.date) -> list[dict[str, Any]]:
    """The standing of units as a page shows it."""
    return [
        {
            **finding_line(Finding(row.applied, row.standing), on),
            "unit": units.get(row.unit_path, ""),
            "source": row.applied.row.source,
        }
        for row in rows
    ]


def units_workbook(lines: Sequence[Mapping[str, Any]], on: datetime.date) -> bytes:
    """Where units stand, from `unit_lines`."""
    headings = [
        _("Unit"),
        _("Study rule"),
        _("Period"),
        _("Done"),
        _("Owed"),
        _("Lacking"),
        _("Due by"),
        _("State"),
        _("Law or document"),
    ]
    keys = ("unit", "title", "period", "done", "needed", "lacking", "due_on", "state", "source")
    cells = [[str(line[key]) if key == "state" else line[key] for key in keys] for line in lines]
    return write_workbook([OutSheet(_("Units %(day)s") % {"day": on}, headings, cells)])


def deductions_workbook(lines: Sequence[Any], units: Mapping[str, str], month: str) -> bytes:
    """Who came late, left early or stayed away in a month, and what it costs."""
    headings = [
        _("Staff number"),
        _("Full name"),
        _("Unit"),
        pgettext("attendance", "Late"),
        pgettext("attendance", "Left early"),
        pgettext("attendance", "Absent"),
        _("Points deducted"),
    ]
    cells = [
        [
            one.staff_number,
            one.name,
            units.get(one.unit_path, ""),
            one.late,
            one.left_early,
            one.absent,
            one.points,
        ]
        for one in lines
    ]
    return write_workbook([OutSheet(_("Deductions %(month)s") % {"month": month}, headings, cells, [0])])
