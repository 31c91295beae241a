"""One's own self-study: recording it, what became of it, and the trainer's page that confirms it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.self_study import SelfStudyForm
from courses.training.models import Session
from courses.training.permissions.self_study import can_decide
from courses.training.queries import self_study as reading
from courses.training.queries.calendar import known_ids
from courses.training.services import self_study as service
from courses.training.services.hours import HoursRefused
from courses.training.services.locks import PeriodLocked
from courses.training.services.self_study import StudyRefused
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 30
REFUSALS = (StudyRefused, PeriodLocked, HoursRefused)
TONES = {Session.State.OPEN: "warn", Session.State.CLOSED: "ok", Session.State.CANCELLED: "bad"}


def _standing(session: Session) -> str:
    if session.state == Session.State.CLOSED:
        return pgettext("self-study", "Confirmed")
    if session.state == Session.State.CANCELLED:
        return pgettext("self-study", "Does not count")
    return pgettext("self-study", "Waits for the trainer")


def _row(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "entry": session.on_roll[0],  # type: ignore[attr-defined]  # prefetched by `reading`
        "minutes": int((session.ends_at - session.starts_at).total_seconds() // 60),
        "tone": TONES.get(Session.State(session.state), "muted"),
        "label": _standing(session),
    }


@require_GET
def mine(request: Request) -> HttpResponse:
    """What one recorded of oneself, and what became of it."""
    rows = reading.of_officers(known_ids(request.actor.officer_id))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [_row(one) for one in page],
        "own": request.actor.officer_id is not None,
    }
    return render(request, "training/self_study/mine.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Record one's own self-study."""
    form = SelfStudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.record(studied=form.studied(), by=request.actor, at=clock.now())
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Recorded. It counts once a trainer of your unit has confirmed it."))
            return redirect("training:self_study")
    return render(request, "training/self_study/new.html", {"form": form})


@require_POST
def take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take back what nobody has decided on."""
    mine_alone = reading.of_officers(known_ids(request.actor.officer_id))
    session = get_object_or_404(mine_alone, uid=uid)
    try:
        service.take_back(session=session, by=request.actor, at=clock.now())
        messages.success(request, _("Taken back."))
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("training:self_study")


@require_GET
def waiting(request: Request) -> HttpResponse:
    """What the people of one's units recorded and nobody has decided on."""
    rows = reading.waiting_in(request.actor.scopes(Role.TRAINER), but=request.actor.officer_id)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": [_row(one) for one in page]}
    return render(request, "training/self_study/waiting.html", context)


@require_POST
def decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Confirm it, which gives its minutes, or refuse it with a reason."""
    session = get_object_or_404(Session.objects.select_related("unit").filter(reading.BY_ONESELF), uid=uid)
    entry = session.roll_entries.get(method=service.METHOD)
    if not can_decide(request.actor, session, entry.officer_id):
        raise Http404
    try:
        if "refuse" in request.POST:
            reason = request.POST.get("reason", "")
            service.refuse(session=session, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, _("Refused; the reason stays with the record."))
        else:
            service.confirm(session=session, by=request.actor, at=clock.now())
            messages.success(request, _("Confirmed."))
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("training:self_study_waiting")
