"""Officers: the list, one person's page, moves, leaving, merging."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.people import ports, queries
from lianbing.people.forms import LeaveForm, MergeForm, MoveForm, OfficerFilter
from lianbing.people.models import Officer, role_name
from lianbing.people.permissions import can_import_roster, can_keep
from lianbing.people.rules import Role
from lianbing.people.services import officers
from lianbing.people.services.officers import OfficerRefused
from lianbing.people.views.common import actor_of, officer_or_404, page_of, words

SEERS = (Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR)


@require_safe
def officer_list(request: HttpRequest) -> HttpResponse:
    """The officers of one's units, filtered."""
    actor, today = actor_of(request), clock.today()
    scopes = actor.scopes(*SEERS)
    form = OfficerFilter(request.GET or None, units=queries.units_in(scopes))
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit, post = chosen.get("unit"), chosen.get("post")
    found = queries.officers_in(
        scopes,
        today,
        text=chosen.get("q", "").strip(),
        unit_path=unit.path if unit else "",
        category=chosen.get("category", ""),
        post_id=post.pk if post else None,
        left=bool(chosen.get("left")),
    )
    page = page_of(request, found)
    places = queries.latest_appointments(list(page.object_list), today)
    duties = ports.duty_of([officer.pk for officer in page.object_list], clock.now())
    rows = [(officer, places.get(officer.pk), duties.get(officer.pk)) for officer in page.object_list]
    may = {
        "roster_upload": can_import_roster(actor),
        "slips": actor.has(Role.HR, Role.SYSTEM_ADMINISTRATOR),
        "duplicates": actor.has(Role.HR),
    }
    context = {"form": form, "page_obj": page, "rows": rows, "may": may}
    return render(request, "people/officer_list.html", context)


@require_safe
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts, appointments over time, roles."""
    today, actor = clock.today(), actor_of(request)
    person = officer_or_404(request, pk, today)
    place = queries.place_of(person, today)
    appointments = list(person.appointments.select_related("unit", "post").order_by("-starts_on"))
    names = queries.unit_names({a.unit.path for a in appointments})
    context = {
        "officer": person,
        "timeline": [(a, names[a.unit.path]) for a in appointments],
        "roles": sorted(role_name(role) for role in queries.held_roles(person.user, today)),
        "merged": person.merged_from.all(),
        "duty": ports.duty_of([person.pk], clock.now()).get(person.pk),
        "opens_duty": actor.covers(place, Role.HR, Role.LEADER),
        "today": today,
        "may_keep": can_keep(actor, place) and not person.merged_into_id,
    }
    return render(request, "people/officer.html", context)


def _kept(request: HttpRequest, pk: int) -> Officer:
    today = clock.today()
    person = officer_or_404(request, pk, today)
    if not can_keep(actor_of(request), queries.place_of(person, today)):
        raise PermissionDenied
    return person


def _change(
    request: HttpRequest, person: Officer, form: Any, texts: tuple[str, str], act: Callable[[Any], None]
) -> HttpResponse:
    """One form about one person: on success back to their page, on refusal the form with the reason."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except OfficerRefused as error:
            form.add_error(None, words(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:officer", pk=person.pk)
    title, submit = texts
    context = {"officer": person, "form": form, "title": title, "submit": submit}
    return render(request, "people/officer_change.html", context)


@require_http_methods(["GET", "POST"])
def officer_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a person to another unit or post from a day on, with a reason."""
    person, actor = _kept(request, pk), actor_of(request)
    here = queries.appointment_of(person, clock.today())
    first = {"rank": here.rank, "post": here.post_id} if here else {}
    form = MoveForm(request.POST or None, units=queries.units_in(actor.scopes(Role.HR)), initial=first)

    def act(data: dict[str, Any]) -> None:
        officers.move(officer=person, by=actor, at=clock.now(), **data)

    return _change(request, person, form, (_("Move to another unit"), _("Save")), act)


@require_http_methods(["GET", "POST"])
def officer_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's service."""
    person, actor = _kept(request, pk), actor_of(request)

    def act(data: dict[str, Any]) -> None:
        officers.leave(officer=person, by=actor, at=clock.now(), **data)

    return _change(
        request, person, LeaveForm(request.POST or None), (_("Leaving the service"), _("End service")), act
    )


@require_http_methods(["GET", "POST"])
def officer_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare this record to be the same person as another, which stays."""
    person, actor = _kept(request, pk), actor_of(request)
    form = MergeForm(request.POST or None, initial={"keep": request.GET.get("keep", "")[:32]})

    def act(data: dict[str, Any]) -> None:
        keep = Officer.objects.filter(staff_number=data["keep"].strip()).first()
        if keep is None or not can_keep(actor, queries.place_of(keep, clock.today())):
            raise OfficerRefused("unknown")
        officers.merge(duplicate=person, keep=keep, reason=data["reason"], by=actor, at=clock.now())

    return _change(request, person, form, (_("Merge into another record"), _("Merge")), act)


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Records that may be one person, for HR of these units."""
    actor, today = actor_of(request), clock.today()
    groups = queries.duplicates()
    places = queries.latest_appointments([o for group in groups for o in group], today)

    def mine(officer: Officer) -> bool:
        place = places.get(officer.pk)
        return can_keep(actor, place.unit.path if place else "")

    shown = [[(o, places.get(o.pk)) for o in group] for group in groups if all(mine(o) for o in group)]
    return render(request, "people/duplicates.html", {"groups": shown})
