"""Part-time duties: the list by unit, giving and ending one, the kinds there are."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.duties import DutyFilterForm, DutyRoleForm, EndDutyForm, GiveDutyForm
from courses.models.duties import DutyHolder, DutyRole
from courses.permissions.duties import KEEPERS, can_keep
from courses.queries import duties as reading
from courses.rendering.duties import holders_workbook
from courses.services import duties
from lianbing.kit import clock
from lianbing.library.views.impact import workbook
from lianbing.people.queries import unit_names, units_in
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50


def refusal(error: duties.DutyRefused) -> str:
    """Why a duty was not given, ended or made."""
    return {
        "not_allowed": _("You may not do this for this person or unit."),
        "held": _("This person carries this duty there already."),
        "left": _("This person has left the service."),
        "nowhere": _("This person serves nowhere on that day."),
        "closed": _("This duty is closed and given no more."),
        "taken": _("There is a duty of this name already."),
        "too_early": _("The end must come after the beginning."),
        "ended": _("It was ended already."),
    }[error.code]


@require_safe
def duty_list(request: Request) -> HttpResponse:
    """Who carries which duty, by unit; ?file=xlsx gives the workbook of the same rows."""
    actor, today = request.actor, clock.today()
    scopes = actor.scopes(*KEEPERS, Role.LEADER)
    form = DutyFilterForm(request.GET, units=units_in(scopes))
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit, duty = said.get("unit"), said.get("duty")
    chosen = reading.DutyFilter(unit.path if unit else "", duty.pk if duty else None, bool(said.get("past")))
    found = reading.holders(scopes, today, chosen)
    if request.GET.get("file") == "xlsx":
        rows = list(found)
        names = unit_names({row.unit.path for row in rows})
        return workbook(holders_workbook(rows, names), f"duties-{today:%Y-%m-%d}")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = unit_names({row.unit.path for row in page.object_list})
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(row, names[row.unit.path], can_keep(actor, row.unit.path)) for row in page.object_list],
        "may_keep": actor.has(*KEEPERS),
        "today": today,
        "query": request.GET.urlencode(),
    }
    return render(request, "courses/duties/list.html", context)


@require_http_methods(["GET", "POST"])
def duty_give(request: Request) -> HttpResponse:
    """Give a duty."""
    first = {"starts_on": clock.today(), "staff_number": request.GET.get("staff", "")[:32]}
    form = GiveDutyForm(request.POST or None, initial=first, units=units_in(request.actor.scopes(*KEEPERS)))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("duty", "unit", "starts_on", "ends_on")}
        try:
            duties.give(officer=form.officer, by=request.actor, at=clock.now(), **said)
        except duties.DutyRefused as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:duties")
    return render(request, "courses/duties/change.html", {"form": form, "title": _("Give a duty")})


@require_http_methods(["GET", "POST"])
def duty_end(request: Request, pk: int) -> HttpResponse:
    """End a duty on a day."""
    holder = DutyHolder.objects.select_related("officer", "duty", "unit").filter(pk=pk).first()
    if holder is None or not can_keep(request.actor, holder.unit.path):
        raise Http404
    form = EndDutyForm(request.POST or None, initial={"ends_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            duties.end(holder=holder, ends_on=form.cleaned_data["ends_on"], by=request.actor, at=clock.now())
        except duties.DutyRefused as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:duties")
    context = {"form": form, "title": _("End a duty"), "holder": holder}
    return render(request, "courses/duties/change.html", context)


@require_http_methods(["GET", "POST"])
def duty_roles(request: Request) -> HttpResponse:
    """The kinds of duties: add one, close one, give one again. Only with the whole bureau in hand."""
    actor, at = request.actor, clock.now()
    if request.method == "POST" and not can_keep(actor, ""):
        raise PermissionDenied
    form = DutyRoleForm(request.POST if "name" in request.POST else None)
    try:
        if request.method == "POST" and "role" in request.POST:
            known = request.POST["role"]
            role = (
                DutyRole.objects.filter(pk=int(known)).first()
                if known.isdecimal() and len(known) < 10
                else None
            )
            if role is None:
                raise Http404
            duties.set_closed(role=role, closed=request.POST.get("closed") == "1", by=actor, at=at)
            return redirect("courses:duty_roles")
        if request.method == "POST" and form.is_valid():
            duties.add_role(name=form.cleaned_data["name"], by=actor, at=at)
            messages.success(request, _("Saved."))
            return redirect("courses:duty_roles")
    except duties.DutyRefused as error:
        form.add_error(None, refusal(error))
    context = {"form": form, "roles": DutyRole.objects.all(), "may_keep": can_keep(actor, "")}
    return render(request, "courses/duties/roles.html", context)
