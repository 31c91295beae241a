"""What HR sets for everybody: closed periods, conversion tables, yearly targets, carrying over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.queries.audience import words_of
from courses.rules.audience import from_json as audience_from_json
from courses.training.forms.hours import LABELS, LockForm, ReasonForm, TableForm, TargetForm
from courses.training.models import CarryRun, ConversionTable, PeriodLock, YearTarget
from courses.training.permissions.hours import may_lock, may_set_rules
from courses.training.queries.hours_wording import who
from courses.training.queries.locks import all_locks, lock_words
from courses.training.queries.tables import compared
from courses.training.rules import conversion, targets
from courses.training.services import carry, locks, tables
from courses.training.services.locks import LockRefused, PeriodLocked
from courses.training.services.tables import TableRefused
from courses.training.services.targets import TargetRefused, remove_target, save_target
from courses.training.views.hours_own import year_asked
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

SHOWN = 60


@require_http_methods(["GET", "POST"])
def lock_list(request: Request) -> HttpResponse:
    """Closed periods; closing another."""
    scopes = request.actor.scopes(Role.HR)
    whole = may_set_rules(request.actor)
    form = LockForm(request.POST or None, scopes=scopes, whole=whole, initial={"year": clock.today().year})
    if request.method == "POST":
        if not scopes:
            raise Http404
        if form.is_valid():
            unit, (first, last) = form.chosen_unit(), form.span()
            if not may_lock(request.actor, unit.path if unit else ""):
                raise Http404
            try:
                locks.close(unit=unit, first=first, last=last, by=request.actor, at=clock.now())
            except LockRefused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Closed. Nothing dated inside changes any more."))
                return redirect("training:hours_locks")
    rows = [_lock_row(request, row) for row in all_locks()[:SHOWN]]
    context = {"rows": rows, "form": form if scopes else None}
    return render(request, "training/hours/locks.html", context)


def _lock_row(request: Request, row: PeriodLock) -> dict[str, Any]:
    return {
        "lock": row,
        "words": lock_words(row),
        "by": who(row.by),
        "asked_by": who(row.lift_asked_by),
        "lifted_by": who(row.lifted_by),
        "own": (row.lift_asked_by or {}).get("staff_number") == request.actor.staff_number,
        "may": may_lock(request.actor, row.unit.path if row.unit else ""),
    }


@require_http_methods(["GET", "POST"])
def lock(request: Request, pk: int) -> HttpResponse:
    """Ask for a period to be opened again; open it or decline, as the second person."""
    found = get_object_or_404(PeriodLock.objects.select_related("unit"), pk=pk)
    if not may_lock(request.actor, found.unit.path if found.unit else ""):
        raise Http404
    if request.method == "POST":
        by, at = request.actor, clock.now()
        try:
            if "open" in request.POST:
                locks.open_again(lock=found, by=by, at=at)
                messages.success(request, _("Opened again."))
            elif "decline" in request.POST:
                locks.decline_opening(lock=found, by=by, at=at)
                messages.success(request, _("It stays closed."))
            else:
                locks.ask_to_open(lock=found, reason=request.POST.get("reason", ""), by=by, at=at)
                messages.success(request, _("Asked. Somebody else must open it."))
            return redirect("training:hours_locks")
        except LockRefused as error:
            messages.error(request, str(error))
            found.refresh_from_db()
    return render(
        request, "training/hours/lock.html", {"row": _lock_row(request, found), "form": ReasonForm()}
    )


def _figures(table: ConversionTable) -> list[tuple[Any, Any]]:
    """The figures of a stored table with their labels."""
    ways = {"days": _("by full and half days"), "minutes": _("by minutes")}
    shown = []
    for name, value in conversion.to_json(conversion.from_json(table.rules)).items():
        if isinstance(value, bool):
            value = _("yes") if value else _("no")
        shown.append((LABELS[name], ways.get(value, value) if name == "way" else value))
    return shown


@require_GET
def table_list(request: Request) -> HttpResponse:
    """Every version of the conversion table, and presets to start a new one from."""
    rows = [
        {"table": row, "by": who(row.drafted_by), "approved_by": who(row.approved_by)}
        for row in ConversionTable.objects.order_by("-version")[:SHOWN]
    ]
    context = {
        "rows": rows,
        "presets": conversion.PRESETS,
        "sets_rules": request.actor.has(Role.HR) and may_set_rules(request.actor),
    }
    return render(request, "training/hours/tables.html", context)


@require_http_methods(["GET", "POST"])
def table_page(request: Request, version: int) -> HttpResponse:
    """One version: its figures, what the last 50 records would have given, approving or discarding it."""
    found = get_object_or_404(ConversionTable, version=version)
    sets_rules = request.actor.has(Role.HR) and may_set_rules(request.actor)
    if request.method == "POST":
        if not sets_rules:
            raise Http404
        try:
            if "discard" in request.POST:
                tables.discard(table=found, by=request.actor, at=clock.now())
                messages.success(request, _("Discarded."))
                return redirect("training:hours_tables")
            tables.approve(table=found, by=request.actor, at=clock.now())
            messages.success(request, _("Approved. It holds for what is recorded from now on."))
            return redirect("training:hours_table", version=version)
        except TableRefused as error:
            messages.error(request, str(error))
            found.refresh_from_db()
    lines = compared(conversion.from_json(found.rules))
    context = {
        "table": found,
        "figures": _figures(found),
        "lines": lines,
        "changed": sum(line.differs for line in lines),
        "by": who(found.drafted_by),
        "approved_by": who(found.approved_by),
        "own": found.drafted_by.get("staff_number") == request.actor.staff_number,
        "sets_rules": sets_rules,
    }
    return render(request, "training/hours/table.html", context)


@require_http_methods(["GET", "POST"])
def table_new(request: Request) -> HttpResponse:
    """A new version, from a preset or from an earlier version."""
    if not may_set_rules(request.actor):
        raise Http404
    start, initial = _start(request.GET.get("from", ""))
    form = TableForm(request.POST or None, table=start, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = tables.draft(
                title=data["title"],
                holds_from=data["holds_from"],
                table=data["table"],
                note=data["note"],
                by=request.actor,
                at=clock.now(),
            )
        except TableRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Drafted. Look at what it changes; somebody else must approve it."))
            return redirect("training:hours_table", version=made.version)
    return render(request, "training/hours/table_new.html", {"form": form})


def _start(name: str) -> tuple[conversion.Table, dict[str, Any]]:
    """The table to start from (a preset's code or a version) and the words that go with it."""
    for preset in conversion.PRESETS:
        if preset.code == name:
            return preset.table, {"title": preset.title, "note": preset.source}
    version = int(name) if name.isdecimal() and len(name) < 9 else 0
    found = ConversionTable.objects.filter(version=version).first()
    if found is None:
        return conversion.PRESETS[0].table, {}
    return conversion.from_json(found.rules), {"title": found.title, "note": found.note}


@require_GET
def target_list(request: Request) -> HttpResponse:
    """The targets of a year."""
    year = year_asked(request, clock.today())
    stored = list(YearTarget.objects.filter(year=year).order_by("position", "pk"))
    for_whom = words_of(audience_from_json(row.audience) for row in stored)
    context = {
        "year": year,
        "last_year": year - 1,
        "next_year": year + 1,
        "rows": [{"target": row, "words": words} for row, words in zip(stored, for_whom, strict=True)],
        "presets": targets.PRESETS,
        "sets_rules": request.actor.has(Role.HR) and may_set_rules(request.actor),
    }
    return render(request, "training/hours/targets.html", context)


def _edit_target(request: Request, target: YearTarget) -> HttpResponse:
    if not may_set_rules(request.actor):
        raise Http404
    form = TargetForm(request.POST or None, instance=target, today=clock.today())
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        try:
            save_target(target=changed, by=request.actor, at=clock.now())
        except (TargetRefused, PeriodLocked) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_targets_url()}?year={changed.year}")
    return render(request, "training/hours/target.html", {"form": form, "target": target})


def _targets_url() -> str:
    return reverse("training:hours_targets")


@require_http_methods(["GET", "POST"])
def target_new(request: Request) -> HttpResponse:
    """A new target, from a preset where one is named."""
    target = YearTarget(year=year_asked(request, clock.today()), law_codes=["legal"])
    for preset in targets.PRESETS:
        if preset.code == request.GET.get("from", ""):
            rules = preset.target
            target.title, target.source = preset.title, preset.source
            target.hours, target.law_hours = rules.hours, rules.law_hours
            target.online_percent, target.days = rules.online_percent, rules.days
            target.either, target.carry_most = rules.either, rules.carry_most
    return _edit_target(request, target)


@require_http_methods(["GET", "POST"])
def target(request: Request, pk: int) -> HttpResponse:
    """Change a target or take it away."""
    found = get_object_or_404(YearTarget, pk=pk)
    if request.method == "POST" and "remove" in request.POST:
        if not may_set_rules(request.actor):
            raise Http404
        try:
            remove_target(target=found, by=request.actor, at=clock.now())
            messages.success(request, _("Removed."))
        except PeriodLocked as error:
            messages.error(request, str(error))
        return redirect(f"{_targets_url()}?year={found.year}")
    return _edit_target(request, found)


@require_http_methods(["GET", "POST"])
def carry_page(request: Request) -> HttpResponse:
    """What would go over into the next year; doing it, and taking it back."""
    if not may_set_rules(request.actor):
        raise Http404
    today = clock.today()
    year = year_asked(request, today) if "year" in request.GET else today.year - 1
    standing = carry.standing_run(year)
    if request.method == "POST":
        _carry(request, year, standing)
        return redirect(f"{request.path}?year={year}")
    lines = [] if standing else carry.preview(year=year, today=today)
    context = {
        "year": year,
        "last_year": year - 1,
        "next_year": year + 1,
        "run": standing,
        "run_by": who(standing.by) if standing else "",
        "lines": lines,
        "sum": sum(line.hours for line in lines),
        "over": today.year > year,
        "form": ReasonForm(),
        "earlier": CarryRun.objects.filter(year=year).exclude(undone_at=None).count(),
    }
    return render(request, "training/hours/carry.html", context)


def _carry(request: Request, year: int, standing: CarryRun | None) -> None:
    try:
        if standing is None:
            carry.run(year=year, by=request.actor, at=clock.now())
            messages.success(request, _("Carried over."))
            return
        count = carry.undo(
            made=standing, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now()
        )
        text = ngettext("Taken back from %(count)d person.", "Taken back from %(count)d people.", count)
        messages.success(request, text % {"count": count})
    except (carry.CarryRefused, PeriodLocked) as error:
        messages.error(request, str(error))
