"""Training plans: the overview, one plan, writing and deciding."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.plans import DecideForm, PlanForm, ReasonForm
from courses.training.models import TrainingPlan
from courses.training.models.plans import LACK_LABELS
from courses.training.permissions import plans as rights
from courses.training.queries import plan_progress
from courses.training.queries import plans as reading
from courses.training.services import plans as service
from courses.training.services.plans import PlanRefused
from courses.training.state import PlanState
from lianbing.kit import charts, clock
from lianbing.people.queries import unit_names, units_in
from lianbing.people.request import Request

FIRST_YEAR, LAST_YEAR = 2000, 2099
TONES = {
    PlanState.DRAFT: "muted",
    PlanState.SUBMITTED: "warn",
    PlanState.RETURNED: "bad",
    PlanState.APPROVED: "ok",
    PlanState.REPLACED: "muted",
}


def plan_or_404(request: Request, uid: uuid.UUID) -> TrainingPlan:
    """The plan, if this person may read it."""
    plan = get_object_or_404(TrainingPlan.objects.select_related("unit", "author", "amends"), uid=uid)
    if not rights.can_read(request.actor, plan):
        raise Http404
    return plan


def asked_year(request: Request, today: datetime.date) -> int:
    """The year asked for, else this one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year


def offered_years(year: int, today: datetime.date) -> list[int]:
    """The years to choose from, the latest first: next year's plans, and the last ten years."""
    return sorted({year, *range(today.year - 10, today.year + 2)}, reverse=True)


@require_GET
def plan_list(request: Request) -> HttpResponse:
    """Every plan of one's units for a year: how far it is done, what is overdue, who must act."""
    today, scopes = clock.today(), request.actor.scopes(*rights.READERS)
    year = asked_year(request, today)
    standings = plan_progress.standings(reading.plans_of(scopes, year), today)
    names = unit_names({standing.plan.unit.path for standing in standings})
    rows = [_row(standing, names) for standing in standings]
    context = {
        "year": year,
        "years": offered_years(year, today),
        "rows": rows,
        "chart": _units_chart(rows, year),
        "may_write": request.actor.has(*rights.WRITERS),
        "waiting": reading.waiting_for(request.actor) if request.actor.has(*rights.APPROVERS) else [],
    }
    return render(request, "training/plans/list.html", context)


def _row(standing: plan_progress.PlanStanding, names: dict[str, str]) -> dict[str, Any]:
    plan = standing.plan
    return {
        "plan": plan,
        "unit": names[plan.unit.path].partition("/")[2] or plan.unit.name,
        "standing": standing,
        "tone": TONES[PlanState(plan.state)],
        "in_force": plan.state == PlanState.APPROVED,
    }


def _units_chart(rows: list[dict[str, Any]], year: int) -> dict[str, Any] | None:
    values = [
        charts.Value(
            row["plan"].unit.name,
            float(row["standing"].percent),
            f"{row['standing'].percent}%",
            "bad" if row["standing"].overdue else "ok" if row["standing"].percent >= 100 else "",
        )
        for row in rows
        if row["in_force"]
    ]
    if not values:
        return None
    title = _("Plans of %(year)s: how far they are done") % {"year": year}
    return charts.bars(values, title=title, heading=_("Unit"), unit=pgettext("plan", "Done"), most=100)


@require_GET
def plan(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One plan: its lines against what was done, what it lacks, its versions, and what may be done with it."""
    found, today = plan_or_404(request, uid), clock.today()
    standing = plan_progress.standings([found], today)[0]
    actor, state = request.actor, PlanState(found.state)
    changes = rights.can_change(actor, found)
    versions = reading.versions(found)
    context = {
        "plan": found,
        "tone": TONES[state],
        "standing": standing,
        "counts": state in (PlanState.APPROVED, PlanState.REPLACED),
        "chart": _lines_chart(standing),
        "lacking": worded(reading.lacking(found, today)) if changes or state == PlanState.SUBMITTED else [],
        "versions": versions if len(versions) > 1 else [],
        "costs": rights.sees_costs(actor, found),
        "staff": actor.covers(found.unit.path, *rights.READERS),
        "changes": changes,
        "takes_back": state == PlanState.SUBMITTED and rights.can_write(actor, found.unit.path),
        "decides": state == PlanState.SUBMITTED and rights.can_approve(actor, found),
        "amends": _amends(actor, found, versions),
    }
    return render(request, "training/plans/plan.html", context)


def _amends(actor: Any, found: TrainingPlan, versions: list[TrainingPlan]) -> bool:
    newest = versions[0].pk == found.pk
    return found.state == PlanState.APPROVED and newest and rights.can_write(actor, found.unit.path)


def _lines_chart(standing: plan_progress.PlanStanding) -> dict[str, Any] | None:
    if not standing.lines:
        return None
    values = [
        charts.Value(
            row.line.title if len(row.line.title) <= 18 else row.line.title[:17] + "…",
            float(row.done.percent),
            f"{row.done.percent}%",
            "bad" if row.overdue else "ok" if row.done.complete else "",
        )
        for row in standing.lines
    ]
    return charts.bars(
        values, title=_("Plan against done"), heading=_("Line"), unit=pgettext("plan", "Done"), most=100
    )


def worded(lacking: list[reading.LineLacks]) -> list[dict[str, Any]]:
    """What lines lack, in words."""
    return [
        {"number": one.number, "line": one.line, "words": [LACK_LABELS[lack] for lack in one.lacks]}
        for one in lacking
    ]


@require_http_methods(["GET", "POST"])
def plan_new(request: Request) -> HttpResponse:
    """Begin a plan, empty or from last year's."""
    scopes = request.actor.scopes(*rights.WRITERS)
    form = PlanForm(request.POST or None, units=units_in(scopes), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            made = service.start(**form.cleaned_data, by=request.actor, at=clock.now())
        except PlanRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("training:plan", made.uid)
    return render(request, "training/plans/new.html", {"form": form})


def _act(request: Request, uid: uuid.UUID, do: Callable[..., Any], done: str) -> HttpResponse:
    """One act on a plan by button, its result or refusal as a message."""
    found = plan_or_404(request, uid)
    try:
        do(plan=found, by=request.actor, at=clock.now())
    except PlanRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("training:plan", uid)


@require_POST
def submit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand a plan in. What lines lack is listed on the plan's page."""
    return _act(request, uid, service.submit, _("Handed in. A leader of the unit above decides on it."))


@require_POST
def take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a plan back before it is decided on."""
    return _act(request, uid, service.take_back, _("Taken back. You can change it again."))


@require_http_methods(["GET", "POST"])
def decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Approve a plan or send it back."""
    found = plan_or_404(request, uid)
    if not rights.can_approve(request.actor, found):
        raise Http404
    if request.method == "GET" and found.state != PlanState.SUBMITTED:
        return redirect("training:plan", uid)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        do, told = (
            (service.approve, _("Approved. The plan is in force."))
            if "approve" in request.POST
            else (service.send_back, _("Sent back to the unit."))
        )
        try:
            do(plan=found, remark=form.cleaned_data["remark"], by=request.actor, at=clock.now())
        except PlanRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, told)
            return redirect("training:plan", uid)
    standing = plan_progress.standings([found], clock.today())[0]
    lacking = worded(reading.lacking(found, clock.today()))
    context = {"form": form, "plan": found, "standing": standing, "lacking": lacking}
    return render(request, "training/plans/decide.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Begin a new version of a plan in force."""
    found = plan_or_404(request, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.amend(
                plan=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except PlanRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("training:plan", made.uid)
    return render(request, "training/plans/amend.html", {"form": form, "plan": found})


@require_http_methods(["GET", "POST"])
def discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    found = plan_or_404(request, uid)
    if not rights.can_change(request.actor, found):
        raise Http404
    if request.method == "POST":
        try:
            service.discard(plan=found, by=request.actor, at=clock.now())
        except PlanRefused as error:
            messages.error(request, str(error))
            return redirect("training:plan", uid)
        messages.success(request, _("The draft is gone."))
        return redirect("training:plan_list")
    return render(request, "training/plans/discard.html", {"plan": found})
