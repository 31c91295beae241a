"""Changing and cancelling a session that belongs to no class."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.training.forms.attendance import ReasonForm, SingleForm
from courses.training.models import Session
from courses.training.permissions.attendance import can_own
from courses.training.queries.rolls import LIVE
from courses.training.queries.self_study import BY_ONESELF
from courses.training.services import singles as service
from courses.training.services.locks import PeriodLocked
from courses.training.services.rolls import RollRefused
from courses.training.views.rolls import back, roll_words
from lianbing.kit import clock
from lianbing.people.request import Request


def _single(request: Request, uid: uuid.UUID) -> Session:
    """A session without a batch that one may change. What people recorded themselves is not among them."""
    rows = Session.objects.select_related("unit", "room", "category").exclude(BY_ONESELF)
    session = get_object_or_404(rows, uid=uid, batch=None, state__in=LIVE)
    if not can_own(request.actor, session.unit.path):
        raise Http404
    return session


@require_http_methods(["GET", "POST"])
def session_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change topic, time, place, instructors."""
    session = _single(request, uid)
    form = SingleForm(request.POST or None, session=session, actor=request.actor, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            service.change(
                session=session,
                values=form.values(),
                instructors=form.cleaned_data.get("instructors", ()),
                by=request.actor,
                at=clock.now(),
            )
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
        else:
            messages.success(request, _("Saved."))
            return back(session)
    context = {"session": session, "form": form, "title": _("Change the session"), "submit": ""}
    return render(request, "training/attendance/act.html", context)


@require_http_methods(["GET", "POST"])
def session_cancel(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Cancel it, with a reason."""
    session = _single(request, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            service.cancel(session=session, reason=reason, by=request.actor, at=clock.now())
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
        else:
            messages.success(request, _("The session is cancelled."))
            return redirect("training:rolls")
    context = {
        "session": session,
        "form": form,
        "title": _("Cancel %(title)s") % {"title": session.topic},
        "submit": _("Cancel the session"),
        "danger": True,
    }
    return render(request, "training/attendance/act.html", context)
