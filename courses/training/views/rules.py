"""Study rules: in words, made, changed, closed; and what late, early and absent cost."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.queries.audience import words_of
from courses.queries.categories import Known, known
from courses.rules.audience import from_json
from courses.training.forms.rules import AdoptForm, CloseForm, DeductionForm, PeriodForm, RuleForm
from courses.training.models import StudyRule
from courses.training.permissions.rules import KEEPERS, can_change, reading_scopes
from courses.training.queries.deductions import deducted, settings
from courses.training.queries.study import person_rows, pressing_first
from courses.training.queries.study_rules import applied
from courses.training.queries.study_units import unit_rows
from courses.training.rendering.study import (
    deductions_workbook,
    finding_line,
    rule_words,
    unit_lines,
)
from courses.training.rules.study_periods import MONTH, following, parsed, period_of
from courses.training.rules.study_presets import PRESETS
from courses.training.services import rules
from lianbing.kit import clock
from lianbing.library.views.impact import workbook
from lianbing.people.queries import unit_names, units_in
from lianbing.people.request import Request

SHOWN = 20


def _refusal(error: rules.RuleRefused) -> str:
    return {
        "not_allowed": _("You may not change the rules of this unit."),
        "too_early": _("A version begins after the one before it."),
        "closed": _("This version has ended already, or somebody just changed it."),
    }[error.code]


def _readable(rows: list[StudyRule], scopes: list[str]) -> list[StudyRule]:
    """The rules that hold for anybody the reader looks after."""
    return [
        row
        for row in rows
        if any(row.unit.path.startswith(path) or path.startswith(row.unit.path) for path in scopes)
    ]


@require_safe
def rule_list(request: Request) -> HttpResponse:
    """Every rule in words, those in use first; ?all=1 the ended versions too."""
    actor, today = request.actor, clock.today()
    everything = request.GET.get("all") == "1"
    rows = list(StudyRule.objects.select_related("unit").order_by("unit__path", "title", "-number"))
    seen = _readable(rows, reading_scopes(actor))
    shown = [row for row in seen if everything or row.holds_to is None or row.holds_to >= today]
    names = known()
    audiences = words_of([from_json(row.audience) for row in shown])
    own = actor.scopes(*KEEPERS)
    used = {row.preset for row in rows if row.holds_to is None}
    context = {
        "rows": [
            {
                "row": row,
                "words": rule_words(row, names),
                "audience": "；".join("、".join(values) for _kind, values in said),
                "mine": row.holds_to is None and can_change(actor, row.unit.path),
                "ended": row.holds_to is not None and row.holds_to < today,
            }
            for row, said in zip(shown, audiences, strict=True)
        ],
        "everything": everything,
        "may_make": bool(own),
        "may_adopt": bool(own) and any(preset.code not in used for preset in PRESETS),
    }
    return render(request, "training/rules/list.html", context)


def _preview(rule: StudyRule, scopes: list[str], names: Known) -> dict[str, Any]:
    """Who would be red by this rule today: how many, and the first by name; units by their standing."""
    today = clock.today()
    one = applied(rule, names, today)
    if rule.subject != StudyRule.Subject.PERSON:
        lines = unit_rows([one], today, scopes=scopes)
        return {"units": unit_lines(lines, unit_names({line.unit_path for line in lines}), today)}
    rows = person_rows([one], today, scopes=scopes)
    lacking = pressing_first(rows)
    units = unit_names({row.subject.person.unit_path for row in lacking[:SHOWN]})
    return {
        "people": len(rows),
        "lacking": len(lacking),
        "red": sum(row.tone == "bad" for row in lacking),
        "first": [
            {
                "name": row.subject.name,
                "unit": units[row.subject.person.unit_path],
                **finding_line(row.lacking[0], today),
            }
            for row in lacking[:SHOWN]
        ],
    }


def _edit(request: Request, before: StudyRule | None) -> HttpResponse:
    scopes = request.actor.scopes(*KEEPERS)
    today = clock.today()
    first = {
        "holds_from": following(period_of(before.period, today)).first if before else today.replace(day=1)
    }
    form = RuleForm(request.POST or None, instance=before, initial=first, scopes=scopes, on=today)
    preview = None
    if request.method == "POST" and form.is_valid():
        rule = form.made()
        if "preview" in request.POST:
            preview = _preview(rule, scopes, known())
        else:
            try:
                if before is None:
                    rules.make(rule=rule, by=request.actor, at=clock.now())
                else:
                    was = StudyRule.objects.select_related("unit").get(pk=before.pk)
                    rules.revise(before=was, rule=rule, by=request.actor, at=clock.now())
            except rules.RuleRefused as error:
                form.add_error("holds_from" if error.code == "too_early" else None, _refusal(error))
            else:
                messages.success(request, _("Saved. It is judged by from now on."))
                return redirect("training:rules")
    context = {"form": form, "before": before, "preview": preview}
    return render(request, "training/rules/edit.html", context)


@require_http_methods(["GET", "POST"])
def rule_add(request: Request) -> HttpResponse:
    """A new rule; the button `preview` shows who would be red."""
    return _edit(request, None)


def _mine(request: Request, uid: uuid.UUID) -> StudyRule:
    row = StudyRule.objects.select_related("unit").filter(uid=uid, holds_to=None).first()
    if row is None or not can_change(request.actor, row.unit.path):
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def rule_change(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The next version of a rule."""
    return _edit(request, _mine(request, uid))


@require_http_methods(["GET", "POST"])
def rule_close(request: Request, uid: uuid.UUID) -> HttpResponse:
    """End a rule on a day."""
    row = _mine(request, uid)
    form = CloseForm(request.POST or None, initial={"last": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            rules.close(rule=row, last=form.cleaned_data["last"], by=request.actor, at=clock.now())
        except rules.RuleRefused as error:
            form.add_error(None, _refusal(error))
        else:
            messages.success(request, _("Ended."))
            return redirect("training:rules")
    return render(request, "training/rules/close.html", {"form": form, "row": row})


@require_http_methods(["GET", "POST"])
def rule_adopt(request: Request) -> HttpResponse:
    """Take rules the founding documents state."""
    scopes, today = request.actor.scopes(*KEEPERS), clock.today()
    used = set(StudyRule.objects.filter(holds_to=None).exclude(preset="").values_list("preset", flat=True))
    presets = [(p.code, f"{p.title}（{p.source}）") for p in PRESETS if p.code not in used]
    first = {"holds_from": today.replace(month=1, day=1)}
    form = AdoptForm(request.POST or None, initial=first, scopes=scopes, presets=presets)
    if request.method == "POST" and form.is_valid():
        try:
            made = rules.adopt(**form.cleaned_data, by=request.actor, at=clock.now())
        except rules.RuleRefused as error:
            form.add_error(None, _refusal(error))
        else:
            messages.success(request, _("%(count)d rules are in use now.") % {"count": len(made)})
            return redirect("training:rules")
    return render(request, "training/rules/adopt.html", {"form": form, "presets": presets})


@require_safe
def deduction_list(request: Request) -> HttpResponse:
    """Who came late, left early or stayed away in a month, and what it costs; ?file=xlsx as a workbook."""
    actor, today = request.actor, clock.today()
    readable = reading_scopes(actor)
    units = list(units_in(readable))
    form = PeriodForm(request.GET, units=units, on=today, kinds=(MONTH,), any_period=False)
    period = parsed(form.chosen_period()) or period_of(MONTH, today)
    rows = deducted(form.scopes(readable), period.first, period.last)
    names = unit_names({row.unit_path for row in rows})
    if request.GET.get("file") == "xlsx":
        return workbook(deductions_workbook(rows, names, period.key), f"deductions-{period.key}")
    titles = {unit.path: unit.name for unit in units}
    context = {
        "form": form,
        "rows": [(row, names[row.unit_path]) for row in rows[:200]],
        "more": max(len(rows) - 200, 0),
        "period": period,
        "settings": [
            (titles.get(path, _("the unit above")), points)
            for path, points in settings(period.last)
            if _touches(path, readable)
        ],
        "may_set": bool(actor.scopes(*KEEPERS)),
        "query": request.GET.urlencode(),
    }
    return render(request, "training/rules/deductions.html", context)


def _touches(path: str, scopes: list[str]) -> bool:
    return any(path.startswith(scope) or scope.startswith(path) for scope in scopes)


@require_http_methods(["GET", "POST"])
def deduction_set(request: Request) -> HttpResponse:
    """Say what each case costs."""
    scopes = request.actor.scopes(*KEEPERS)
    form = DeductionForm(
        request.POST or None, scopes=scopes, initial={"holds_from": clock.today().replace(day=1)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            rules.set_deduction(**form.cleaned_data, by=request.actor, at=clock.now())
        except rules.RuleRefused as error:
            form.add_error(None, _refusal(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("training:deductions")
    return render(request, "training/rules/deduction.html", {"form": form})
