"""Who has been trained and who has not; who may be posted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.queries.audience import words
from courses.rules.audience import from_json
from courses.training.forms.classes import CycleForm
from courses.training.models import RotationCycle
from courses.training.permissions.classes import can_run, reading_scopes
from courses.training.queries import coverage as reading
from courses.training.queries.posting import posting as who_may
from courses.training.reports.coverage import coverage_workbook, posting_workbook, state_words, why_words
from courses.training.services.rotation import CYCLE_FIELDS, save_cycle
from courses.training.views.classes import form_page
from courses.training.views.finishing import workbook
from lianbing.kit import clock
from lianbing.people.queries import unit_names, units_in
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50
TONES = {reading.COVERED: "ok", reading.COMING: "info", reading.MISSING: "bad"}


def _paths(request: Request) -> tuple[list[str], str]:
    """The unit paths asked about, and the one chosen: one's own scopes, or one unit within them."""
    scopes, chosen = reading_scopes(request.actor), request.GET.get("unit", "")[:255]
    if chosen and any(chosen.startswith(path) for path in scopes):
        return [chosen], chosen
    return scopes, ""


def _year(request: Request) -> int:
    text, now = request.GET.get("year", ""), clock.today().year
    return int(text) if text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= now + 1 else now


def _listed(request: Request, lines: list[reading.Line]) -> dict[str, Any]:
    """The page of the lines in a state (those missing unless asked otherwise), and the sums by unit."""
    state = request.GET.get("state", reading.MISSING)
    chosen = [line for line in lines if line.state == state] if state in TONES else lines
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    names = unit_names({line.appointment.unit.path for line in page.object_list})
    counts = {key: sum(line.state == key for line in lines) for key in TONES}
    return {
        "page_obj": page,
        "rows": [
            (line, names[line.appointment.unit.path], state_words(line.state), TONES[line.state])
            for line in page.object_list
        ],
        "units": reading.by_unit(lines),
        "total": len(lines),
        "counts": counts,
        "tiles": [(key, state_words(key), counts[key], TONES[key], key == state) for key in TONES],
        "percent": counts[reading.COVERED] * 100 // len(lines) if lines else 0,
        "query": request.GET.urlencode(),
    }


@require_GET
def coverage(request: Request) -> HttpResponse:
    """Full-time training of a year: everybody whom it has not reached yet (R13)."""
    paths, unit = _paths(request)
    year = _year(request)
    context = _listed(request, reading.full_time(paths, year, clock.today()))
    context |= {
        "year": year,
        "years": range(clock.today().year - 3, clock.today().year + 2),
        "unit": unit,
        "choices": units_in(reading_scopes(request.actor)),
    }
    return render(request, "training/coverage/full_time.html", context)


@require_GET
def coverage_export(request: Request) -> HttpResponse:
    """The whole list as a workbook."""
    paths, _unit = _paths(request)
    year = _year(request)
    lines = reading.full_time(paths, year, clock.today())
    return workbook(coverage_workbook(lines, _("Full-time training")), f"full-time-{year}")


@require_GET
def rotation_list(request: Request) -> HttpResponse:
    """The cycles of rotation."""
    page = Paginator(RotationCycle.objects.select_related("unit"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "runs": request.actor.has(Role.TRAINER)}
    return render(request, "training/coverage/cycles.html", context)


@require_GET
def rotation(request: Request, pk: int) -> HttpResponse:
    """One cycle: who has not been in it yet, and whether the year's share is reached (R14)."""
    cycle = get_object_or_404(RotationCycle.objects.select_related("unit"), pk=pk)
    today = clock.today()
    lines = reading.rotation(cycle, reading_scopes(request.actor), today)
    due, done = reading.behind(cycle, lines, today)
    context = _listed(request, lines)
    context |= {
        "cycle": cycle,
        "last_year": cycle.first_year + cycle.years - 1,
        "audience": words(from_json(cycle.audience)),
        "due": due,
        "done": done,
        "keeps": can_run(request.actor, cycle.unit.path),
    }
    return render(request, "training/coverage/cycle.html", context)


def _cycle_form(request: Request, cycle: RotationCycle | None, title: str) -> HttpResponse:
    form = CycleForm(request.POST or None, instance=cycle, actor=request.actor, today=clock.today())
    if request.method == "POST" and form.is_valid():
        saved = save_cycle(
            values={name: form.cleaned_data[name] for name in CYCLE_FIELDS},
            audience=form.cleaned_data["audience"],
            by=request.actor,
            at=clock.now(),
            cycle=cycle,
        )
        messages.success(request, _("Saved."))
        return redirect("training:rotation", saved.pk)
    return form_page(request, form, title=title, cancel_url=reverse("training:rotation_list"))


@require_http_methods(["GET", "POST"])
def rotation_new(request: Request) -> HttpResponse:
    """A new cycle."""
    return _cycle_form(request, None, _("New rotation cycle"))


@require_http_methods(["GET", "POST"])
def rotation_edit(request: Request, pk: int) -> HttpResponse:
    """Change a cycle."""
    cycle = get_object_or_404(RotationCycle.objects.select_related("unit"), pk=pk)
    if not can_run(request.actor, cycle.unit.path):
        raise Http404
    return _cycle_form(request, cycle, cycle.title)


@require_GET
def posting(request: Request) -> HttpResponse:
    """Who may be posted, and who may not because the induction is unfinished (R16)."""
    paths, unit = _paths(request)
    found = who_may(clock.today(), paths)
    page = Paginator(found.may, PER_PAGE).get_page(request.GET.get("page"))
    shown = {one.unit.path for one in page.object_list} | {one.appointment.unit.path for one in found.may_not}
    names = unit_names(shown)
    context = {
        "page_obj": page,
        "rows": [(one, names[one.unit.path]) for one in page.object_list],
        "held": [(one, names[one.appointment.unit.path], why_words(one.why)) for one in found.may_not],
        "unit": unit,
        "choices": units_in(reading_scopes(request.actor)),
        "query": request.GET.urlencode(),
    }
    return render(request, "training/coverage/posting.html", context)


@require_GET
def posting_export(request: Request) -> HttpResponse:
    """Both lists as a workbook."""
    paths, _unit = _paths(request)
    return workbook(posting_workbook(who_may(clock.today(), paths)), "posting")
