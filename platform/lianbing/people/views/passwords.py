"""Handing out one-time passwords: slips for a unit, one at the exam-room door."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianbing.kit import clock
from lianbing.people import queries
from lianbing.people.forms import DoorForm, SlipsForm
from lianbing.people.models import Officer
from lianbing.people.permissions import DOOR
from lianbing.people.rules import Role
from lianbing.people.services import accounts
from lianbing.people.views.common import actor_of, words

MOST_FOUND = 10


@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """Choose a unit, see how many still hold a one-time password, print new ones."""
    actor, today = actor_of(request), clock.today()
    units = queries.units_in(actor.scopes(Role.HR, Role.SYSTEM_ADMINISTRATOR))
    form = SlipsForm(request.POST or request.GET or None, units=units)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        waiting = queries.waiting_for_slips(unit.path, today)
        if request.method == "POST" and waiting:
            names = queries.unit_names({a.unit.path for a in waiting})
            made = accounts.reset_many(
                officers=[(a.officer, names[a.unit.path]) for a in waiting],
                reason=_("Slips for %(unit)s") % {"unit": unit.name},
                by=actor,
                at=clock.now(),
            )
            return render(request, "people/slips_printed.html", {"groups": accounts.slips_by_unit(made)})
        context |= {"waiting": waiting, "unit": unit}
    return render(request, "people/slips.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """At the door: find a person, give a new one-time password, shown once."""
    actor, today = actor_of(request), clock.today()
    text = request.GET.get("q", "").replace("\x00", "").strip()[:50]
    found: list[Officer] = []
    if text:
        found = list(queries.officers_in(actor.scopes(*DOOR), today, text=text)[:MOST_FOUND])
    places = queries.latest_appointments(found, today)
    context: dict[str, Any] = {"q": text, "rows": [(o, places.get(o.pk)) for o in found]}
    form = DoorForm(request.POST or None, initial={"reason": _("Forgotten, at the exam-room door")})
    if request.method == "POST":
        number = request.POST.get("staff_number", "").replace("\x00", "")[:32]
        officer = (
            queries.officers_in(actor.scopes(*DOOR), today, text=number).filter(staff_number=number).first()
        )
        if officer is None:
            raise Http404
        context["chosen"] = officer
        if form.is_valid():
            try:
                context["code"] = accounts.reset_password(
                    user=officer.user, reason=form.cleaned_data["reason"], by=actor, at=clock.now()
                )
            except accounts.AccountRefused as error:
                context["refused"] = words(error)
    return render(request, "people/door.html", context | {"form": form})
