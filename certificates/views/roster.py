"""The public roster for passers-by, and the desk where HR switches it on."""

import uuid
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from certificates.models import PublicRoster
from certificates.permissions.credentials import desk_scopes, may_switch
from certificates.queries.roster import Entry, Status, desk, entry, open_roster, open_rosters, serving
from certificates.services.rosters import switch
from certificates.views import gate
from certificates.views.verify import held_up
from lianbing.kit import clock, qr
from lianbing.people.models import Unit
from lianbing.people.request import Request

LABELS = {
    Status.ON_DUTY: gettext_lazy("May enforce"),
    Status.SUSPENDED: gettext_lazy("Suspended, may not enforce"),
    Status.OFF_DUTY: gettext_lazy("May not enforce now"),
}
TONES = {Status.ON_DUTY: "ok", Status.SUSPENDED: "bad", Status.OFF_DUTY: "warn"}
PER_PAGE = 50
PER_SHEET = 24


def _shown(entry: Entry) -> dict[str, object]:
    return {"entry": entry, "label": LABELS[entry.status], "tone": TONES[entry.status]}


@never_cache
@require_safe
def rosters(request: Request) -> HttpResponse:
    """The units whose roster is public."""
    at = clock.now()
    if gate.too_many(request, "reads", at):
        return held_up(request, gate.Door.SHUT, "", at)
    return render(request, "certificates/rosters.html", {"rosters": open_rosters()[:200]})


@never_cache
@require_safe
def roster(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A unit's roster, or the one person who wears a badge. What is not public does not exist."""
    at, badge = clock.now(), request.GET.get("badge", "").strip()[:32]
    asked = f"{uid} {badge}"
    door = gate.look_up(request, asked, at)
    if door is not gate.Door.OPEN:
        return held_up(request, door, asked, at, keep=f"&{urlencode({'badge': badge})}" if badge else "")
    found = open_roster(uid)
    people = serving(found.unit, clock.today(), badge) if found else None
    if found is None or people is None or (badge and not people.exists()):
        gate.missed(request, at)
        return render(request, "certificates/roster_unknown.html", status=404)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "roster": found,
        "at": at,
        "badge": badge,
        "page_obj": page,
        "rows": [_shown(entry(row)) for row in page],
    }
    return render(request, "certificates/roster.html", context)


@require_GET
def roster_desk(request: Request) -> HttpResponse:
    """Every unit of one's own, and whether the public reads its roster."""
    page = Paginator(desk(desk_scopes(request.actor)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"unit": unit, "roster": one, "may": may_switch(request.actor, unit)} for unit, one in page]
    return render(request, "certificates/roster_desk.html", {"page_obj": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def roster_switch(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then switch it on or off."""
    unit = get_object_or_404(Unit, pk=pk) if pk < 2**63 else None
    if unit is None or not may_switch(request.actor, unit):
        raise Http404
    known = PublicRoster.objects.filter(unit=unit).first()
    is_open = known is not None and known.is_open
    if request.method == "POST":
        switch(unit=unit, on=not is_open, by=request.actor, at=clock.now())
        done = _("The roster is no longer public.") if is_open else _("The roster is public now.")
        messages.success(request, done)
        return redirect("certificates:roster_desk")
    return render(request, "certificates/roster_switch.html", {"unit": unit, "is_open": is_open})


@require_GET
def roster_sheet(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Codes to print: one for the unit's door, one for each badge."""
    found = open_roster(uid)
    if found is None or not any(found.unit.path.startswith(path) for path in desk_scopes(request.actor)):
        raise Http404
    address = f"{settings.PUBLIC_URL}{found.get_absolute_url()}"
    worn = serving(found.unit, clock.today()).exclude(officer__badge_number="")
    page = Paginator(worn, PER_SHEET).get_page(request.GET.get("page"))
    people = [entry(row) for row in page]
    cards = [{"entry": one, "code": _code(f"{address}?{urlencode({'badge': one.badge})}")} for one in people]
    context = {"roster": found, "door": _code(address), "address": address, "cards": cards, "page_obj": page}
    return render(
        request, "certificates/roster_sheet.html", {**context, "back": reverse("certificates:roster_desk")}
    )


@lru_cache(maxsize=500)
def _code(address: str) -> SafeString:
    """The code of one of our own addresses: the badge in it is quoted, and the code is dots."""
    return mark_safe(qr.svg(address))
