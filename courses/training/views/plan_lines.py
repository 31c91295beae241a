"""The lines of a plan: writing them, what was done for one, its result; costs and the export."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.plans import LineForm, ResultForm
from courses.training.models import LineResult, PlanLine, TrainingPlan
from courses.training.permissions import plans as rights
from courses.training.queries import plan_costs, plan_events, plan_progress
from courses.training.queries import plans as reading
from courses.training.reports.plans import plans_workbook
from courses.training.services import plans as service
from courses.training.services.plans import PlanRefused
from courses.training.views.plans import asked_year, offered_years, plan_or_404
from lianbing.kit import clock
from lianbing.people.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _writable(request: Request, uid: uuid.UUID) -> TrainingPlan:
    plan = plan_or_404(request, uid)
    if not rights.can_change(request.actor, plan):
        raise Http404
    return plan


def _line(plan: TrainingPlan, key: uuid.UUID) -> PlanLine:
    return get_object_or_404(
        PlanLine.objects.select_related("plan__unit", "owner", "category"), plan=plan, key=key
    )


def _edit(request: Request, plan: TrainingPlan, line: PlanLine | None) -> HttpResponse:
    form = LineForm(request.POST or None, instance=line, plan=plan, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            service.save_line(line=form.line(), by=request.actor, at=clock.now())
        except PlanRefused as error:
            form.add_error(None, str(error))
        else:
            if "another" in request.POST:
                return redirect("training:line_new", plan.uid)
            return redirect("training:plan", plan.uid)
    return render(request, "training/plans/line_edit.html", {"form": form, "plan": plan, "line": line})


@require_http_methods(["GET", "POST"])
def line_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Add a line to a draft."""
    return _edit(request, _writable(request, uid), None)


@require_http_methods(["GET", "POST"])
def line_edit(request: Request, uid: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Change a line of a draft."""
    plan = _writable(request, uid)
    return _edit(request, plan, _line(plan, key))


@require_POST
def line_remove(request: Request, uid: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Take a line out of a draft."""
    plan = _writable(request, uid)
    try:
        service.remove_line(line=_line(plan, key), by=request.actor, at=clock.now())
    except PlanRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The line is out of the plan."))
    return redirect("training:plan", uid)


@require_http_methods(["GET", "POST"])
def line(request: Request, uid: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """One line: what counted for it, lines that hang on it, results reported."""
    plan = plan_or_404(request, uid)
    found = _line(plan, key)
    reports_here = rights.can_report(request.actor, found)
    form = ResultForm(request.POST or None) if reports_here else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                service.report(line=found, text=form.cleaned_data["text"], by=request.actor, at=clock.now())
            except PlanRefused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The result is kept."))
                return redirect("training:line", uid, key)
    standing = plan_progress.standings([plan], clock.today())[0]
    context = {
        "plan": plan,
        "line": found,
        "standing": next(row for row in standing.lines if row.line.key == found.key),
        "events": plan_events.events_of(found),
        "below": plan_events.lines_below(found),
        "above": reading.hangable(plan).filter(key=found.parent_key).first() if found.parent_key else None,
        "results": list(LineResult.objects.filter(line_key=found.key)[:20]),
        "costs": rights.sees_costs(request.actor, plan),
        "form": form,
    }
    return render(request, "training/plans/line.html", context)


@require_GET
def costs(request: Request) -> HttpResponse:
    """What training was planned to cost and what was spent, by unit and year."""
    scopes = request.actor.scopes(*rights.READERS)
    today = clock.today()
    year = asked_year(request, today)
    rows = plan_costs.costs(scopes, year)
    planned, spent = plan_costs.total(rows)
    context = {
        "rows": rows,
        "year": year,
        "years": offered_years(year, today),
        "planned": planned,
        "spent": spent,
    }
    return render(request, "training/plans/costs.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """Plans, lines and costs of a year as a workbook."""
    scopes, today = request.actor.scopes(*rights.READERS), clock.today()
    year = asked_year(request, today)
    book = plans_workbook(
        plan_progress.standings(reading.plans_of(scopes, year), today), plan_costs.costs(scopes, year)
    )
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="training-plans-{year}.xlsx"'
    return response
