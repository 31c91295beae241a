"""One's own points, week and rest days, and the boards of units and people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.drills.forms.rest import OwnRestForm, UnitRestForm
from courses.drills.models import RestDay
from courses.drills.permissions.standing import may_set_rest, reading_scopes
from courses.drills.queries import boards as board_queries
from courses.drills.queries.points import ledger, standing_of
from courses.drills.queries.rest import own_rest_days, rest_days_of_units
from courses.drills.rules import points as rules
from courses.drills.rules import streaks
from courses.drills.services import rest as services
from lianbing.kit import charts, clock
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.request import Request

PER_PAGE = 30
PERIODS = {
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "year": gettext_lazy("This year"),
}


@require_safe
def points(request: Request) -> HttpResponse:
    """Today, the week, the streak and every entry of one's own ledger, in words."""
    officer = request.actor.officer_id
    if officer is None:
        return render(request, "drills/standing/points.html", {"found": False})
    today = clock.today()
    standing = standing_of(officer, request.actor.unit_path, today)
    context = {
        "found": True,
        "standing": standing,
        "page_obj": Paginator(ledger(officer), PER_PAGE).get_page(request.GET.get("page")),
        "resting": own_rest_days(officer, today),
        "form": OwnRestForm(initial={"day": today}),
        "enough": streaks.ENOUGH,
        "rules": rules,
        "own_a_month": streaks.OWN_A_MONTH,
    }
    return render(request, "drills/standing/points.html", context)


@require_POST
def rest_set(request: Request) -> HttpResponse:
    """Set a rest day of one's own."""
    form = OwnRestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day as year-month-day; a reason has at most 60 characters."))
        return redirect("drills:points")
    try:
        services.set_own(**form.cleaned_data, by=request.actor, at=clock.now())
    except services.RestRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Set. The day breaks no streak."))
    return redirect("drills:points")


@require_POST
def rest_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a rest day, one's own or one of a unit."""
    rest = get_object_or_404(RestDay.objects.select_related("unit"), pk=pk)
    if rest.unit is None and rest.officer_id != request.actor.officer_id:
        raise Http404
    if rest.unit is not None and not may_set_rest(request.actor, rest.unit.path):
        raise PermissionDenied
    try:
        services.withdraw(rest=rest, by=request.actor, at=clock.now())
    except services.RestRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect("drills:rest_units" if rest.unit_id else "drills:points")


@require_http_methods(["GET", "POST"])
def rest_units(request: Request) -> HttpResponse:
    """The rest days of the units one looks after."""
    scopes = reading_scopes(request.actor)
    form = UnitRestForm(request.POST or None, units=list(units_in(scopes)))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.set_for_unit(**form.cleaned_data, by=request.actor, at=clock.now())
        except services.RestRefused as error:
            form.add_error("last" if error.code == "span" else "unit", str(error))
        else:
            messages.success(request, _("%(days)s rest days set.") % {"days": made})
            return redirect("drills:rest_units")
    rows = Paginator(rest_days_of_units(scopes, clock.today()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "drills/standing/rest_units.html", {"form": form, "page_obj": rows})


@require_safe
def boards(request: Request) -> HttpResponse:
    """Units by points for each head, and the people who earned most; `?unit=` looks into a unit."""
    today = clock.today()
    kind = request.GET.get("period", "week")
    kind = kind if kind in PERIODS else "week"
    first, last = board_queries.period_of(kind, today)
    parent = _unit(request.GET.get("unit", ""))
    path = parent.path if parent else ""
    lines = board_queries.unit_board(parent, first, last, board_queries.serving(today))
    officer = request.actor.officer_id
    context = {
        "kind": kind,
        "periods": PERIODS,
        "first": first,
        "last": last,
        "parent": parent,
        "above": parent.get_parent() if parent else None,
        "lines": lines,
        "total": sum(line.points for line in lines),
        "chart": _chart([line for line in lines if line.unit]),
        "people": board_queries.person_board(path, first, last),
        "mine": board_queries.place_of(officer, path, first, last) if officer else None,
        "own_unit": Unit.objects.filter(path=request.actor.unit_path).first(),
    }
    return render(request, "drills/standing/boards.html", context)


def _unit(text: str) -> Unit | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return get_object_or_404(Unit, pk=int(text))


def _chart(lines: list[board_queries.UnitLine]) -> dict[str, object]:
    values = [
        charts.Value(line.unit.name, line.participation, f"{line.participation}%")
        for line in lines
        if line.unit
    ]
    return charts.bars(
        values, title=_("Who takes part"), heading=_("Unit"), unit=_("Practised in the period"), most=100
    )
