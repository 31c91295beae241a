"""Correcting hours: counter-entries, and hours entered by hand with a second person."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.hours import ClaimForm, CounterForm, ReasonForm
from courses.training.models import HourClaim, HourEntry
from courses.training.permissions.hours import may_correct
from courses.training.queries.desk import claims_of, unit_of
from courses.training.queries.hours_wording import number, who
from courses.training.queries.locks import lock_on, lock_words
from courses.training.services.claims import accept, decline, enter
from courses.training.services.hours import HoursRefused, counter
from courses.training.services.locks import PeriodLocked
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.request import Request

SHOWN, DECIDED_SHOWN = 100, 20


def _corrects(request: Request, person: Officer) -> bool:
    path, _name = unit_of(person, clock.today())
    return may_correct(request.actor, identities(person), path)


@require_http_methods(["GET", "POST"])
def counter_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take an entry back, or put another figure in its place, after a deliberate yes."""
    related = ("officer__merged_into", "unit", "category")
    entry = get_object_or_404(HourEntry.objects.select_related(*related), uid=uid)
    person = entry.officer.merged_into or entry.officer
    if not _corrects(request, person):
        raise Http404
    form = CounterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            counter(
                entry=entry,
                hours=form.cleaned_data["hours"],
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
        except (HoursRefused, PeriodLocked) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Countered. The entry and its correction both stay on record."))
            return redirect("training:hours_entry", uid=entry.uid)
    lock = lock_on(entry.earned_on, entry.earned_on, entry.unit.path if entry.unit else "")
    context = {
        "entry": entry,
        "person": person,
        "form": form,
        "lock": lock_words(lock) if lock else "",
        "today": clock.today(),
    }
    return render(request, "training/hours/counter.html", context)


def _someone(request: Request, staff_number: str) -> Officer | None:
    """The person with this staff number whom the actor may correct; merged records lead to the one kept."""
    found = Officer.objects.select_related("merged_into").filter(staff_number=staff_number.strip()).first()
    person = (found.merged_into or found) if found else None
    return person if person and _corrects(request, person) else None


@require_http_methods(["GET", "POST"])
def enter_page(request: Request) -> HttpResponse:
    """Hours by hand. They count once a second person has accepted them."""
    form = ClaimForm(request.POST or None, initial={"staff_number": request.GET.get("staff_number", "")[:32]})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        person = _someone(request, data.pop("staff_number"))
        category = data.pop("category")
        if person is None:
            form.add_error(
                "staff_number", _("Nobody you look after has this staff number (or it is your own).")
            )
        else:
            try:
                enter(
                    officer=person,
                    category_id=category.pk if category else None,
                    by=request.actor,
                    at=clock.now(),
                    **data,
                )
            except HoursRefused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Entered. They count once somebody else has accepted them."))
                return redirect("training:hours_claims")
    return render(request, "training/hours/enter.html", {"form": form})


def _shown(claim: HourClaim, staff_number: str) -> dict[str, Any]:
    return {
        "claim": claim,
        "asked_by": who(claim.asked_by),
        "decided_by": who(claim.decided_by),
        "own": claim.asked_by.get("staff_number") == staff_number,
    }


@require_GET
def claims(request: Request) -> HttpResponse:
    """Hours entered by hand: what waits for a second person, the oldest first, and what was decided."""
    rows = claims_of(request.actor, clock.today())
    waiting = rows.filter(decided_at=None).order_by("asked_at", "pk")[:SHOWN]
    decided = rows.exclude(decided_at=None).order_by("-decided_at", "-pk")[:DECIDED_SHOWN]
    context = {
        "waiting": [_shown(row, request.actor.staff_number) for row in waiting],
        "decided": [_shown(row, request.actor.staff_number) for row in decided],
        "form": ReasonForm(),
    }
    return render(request, "training/hours/claims.html", context)


@require_POST
def claim_decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Accept or decline hours entered by hand."""
    claim = get_object_or_404(HourClaim.objects.select_related("officer"), uid=uid)
    if not _corrects(request, claim.officer):
        raise Http404
    try:
        if "accept" in request.POST:
            entry = accept(claim=claim, by=request.actor, at=clock.now())
            messages.success(request, _("Accepted: %(hours)s hours.") % {"hours": number(entry.hours)})
        else:
            reason = request.POST.get("reason", "")
            decline(claim=claim, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, _("Declined. It stays on record."))
    except (HoursRefused, PeriodLocked) as error:
        messages.error(request, str(error))
    return redirect("training:hours_claims")
