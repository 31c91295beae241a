"""The tree of units."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.people import queries
from lianbing.people.forms import UnitForm
from lianbing.people.models import Unit
from lianbing.people.permissions import can_shape
from lianbing.people.rules import Role
from lianbing.people.services import units
from lianbing.people.services.units import UnitRefused
from lianbing.people.views.common import actor_of, words


@require_safe
def unit_tree(request: HttpRequest) -> HttpResponse:
    """The open units of one's subtrees, with how many people serve in each and below it."""
    actor = actor_of(request)
    shown = list(queries.units_in(actor.scopes(Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR)))
    own = queries.heads(clock.today())
    totals = {unit.path: own.get(unit.pk, 0) for unit in shown}
    for path in sorted(totals, key=len, reverse=True):
        above = path[: -Unit.steplen]
        if above in totals:
            totals[above] += totals[path]
    top = min((unit.depth for unit in shown), default=1)
    rows = [
        {
            "unit": unit,
            "level": min(unit.depth - top, 6),
            "own": own.get(unit.pk, 0),
            "total": totals[unit.path],
            "may_shape": can_shape(actor, unit.path),
        }
        for unit in shown
    ]
    return render(request, "people/unit_tree.html", {"rows": rows, "may_add_root": can_shape(actor, "")})


def _unit(request: HttpRequest, pk: int) -> Unit:
    unit = Unit.objects.filter(pk=pk, closed_on=None).first()
    if unit is None or not can_shape(actor_of(request), unit.path):
        raise Http404
    return unit


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest) -> HttpResponse:
    """Add a unit below the one given as `parent`, or at the top."""
    wanted = request.GET.get("parent", "")
    parent = _unit(request, int(wanted)) if wanted.isdecimal() and len(wanted) < 12 else None
    if parent is None and not can_shape(actor_of(request), ""):
        raise Http404
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            units.add_unit(
                parent=parent, name=form.cleaned_data["name"], by=actor_of(request), at=clock.now()
            )
            return redirect("people:unit_tree")
        except UnitRefused as error:
            form.add_error("name", words(error))
    return render(request, "people/unit_form.html", {"form": form, "parent": parent})


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit, or close it when nobody serves there any more."""
    unit = _unit(request, pk)
    closing = "close" in request.POST
    form = UnitForm(None if closing else request.POST or None, initial={"name": unit.name})
    if request.method == "POST":
        try:
            if closing:
                units.close_unit(unit=unit, by=actor_of(request), at=clock.now())
                messages.success(request, _("The unit is closed."))
                return redirect("people:unit_tree")
            if form.is_valid():
                name = form.cleaned_data["name"]
                units.rename_unit(unit=unit, name=name, by=actor_of(request), at=clock.now())
                return redirect("people:unit_tree")
        except UnitRefused as error:
            messages.error(request, words(error))
    return render(request, "people/unit_form.html", {"form": form, "unit": unit})
