"""Closing and reopening a session, leave, and making up what was missed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.training.forms.attendance import ClosingForm, MakeUpForm, ReasonForm
from courses.training.models import LeaveRequest, Session
from courses.training.permissions.attendance import can_own
from courses.training.queries import rolls as queries
from courses.training.services import closing, leaves, make_ups
from courses.training.services.hours import HoursRefused
from courses.training.services.locks import PeriodLocked
from courses.training.services.rolls import RollRefused, roll_of
from courses.training.views.rolls import back, roll_words, run_session
from lianbing.kit import clock
from lianbing.people.request import Request

Refusal = (RollRefused, PeriodLocked, HoursRefused)


def words(error: Exception) -> str:
    """A refusal as a sentence, whichever service it comes from."""
    return str(error) if isinstance(error, HoursRefused) else roll_words(error)  # type: ignore[arg-type]  # one of Refusal


@require_http_methods(["GET", "POST"])
def roll_close(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Close the session: who is unresolved is named; where a second person checks, hand it over first."""
    session = run_session(request, uid)
    owns = can_own(request.actor, session.unit.path)
    initial = {
        "held_from": session.held_from or session.starts_at,
        "held_to": session.held_to or session.ends_at,
    }
    form = ClosingForm(
        request.POST if request.POST and "hand_over" not in request.POST else None, initial=initial
    )
    if request.method == "POST":
        try:
            if "hand_over" in request.POST:
                closing.hand_over(session=session, by=request.actor, at=clock.now())
                messages.success(request, _("Handed over. A trainer of the unit closes the session."))
                return back(session)
            if not owns:
                raise Http404
            if form.is_valid():
                said = form.cleaned_data
                people = closing.close_session(
                    session=session,
                    held_from=said["held_from"],
                    held_to=said["held_to"],
                    rest_absent=said["rest_absent"],
                    notes_count=said["notes_count"] or 0,
                    by=request.actor,
                    at=clock.now(),
                )
                messages.success(
                    request, _("Closed. %(count)d people have their minutes.") % {"count": people}
                )
                return back(session)
        except Refusal as error:
            form.add_error(None, words(error)) if form.is_bound else messages.error(request, words(error))
    context = {
        "session": session,
        "roll": roll_of(session),
        "form": form,
        "unresolved": closing.unresolved(session),
        "owns": owns,
        "recorder": session.recorder or {},
    }
    return render(request, "training/attendance/close.html", context)


@require_http_methods(["GET", "POST"])
def roll_reopen(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Open a closed session again, with a reason; its hours are countered."""
    session = run_session(request, uid)
    if not can_own(request.actor, session.unit.path):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            closing.reopen(session=session, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, _("Open again. The hours granted were countered."))
            return back(session)
        except Refusal as error:
            form.add_error(None, words(error))
    context = {
        "session": session,
        "form": form,
        "title": _("Reopen %(topic)s") % {"topic": session.topic},
        "submit": _("Reopen"),
        "danger": True,
        "note": _("Every hour this session gave is countered in the ledger. Closing it again grants anew."),
    }
    return render(request, "training/attendance/act.html", context)


@require_http_methods(["GET", "POST"])
def make_up(request: Request, uid: uuid.UUID, officer: int) -> HttpResponse:
    """Send somebody who missed a closed session elsewhere, or record their own study of it."""
    session = run_session(request, uid)
    if not can_own(request.actor, session.unit.path):
        raise Http404
    entry = get_object_or_404(queries.entries_of(session), officer=officer)
    now = clock.now()
    ahead = queries.runnable(request.actor, now - queries.BACK, now + 3 * queries.AHEAD)
    sessions = ahead.filter(state__in=queries.LIVE).exclude(pk=session.pk).order_by("starts_at")
    form = MakeUpForm(request.POST or None, sessions=sessions)
    if request.method == "POST" and form.is_valid():
        try:
            _make_up(request, session, officer, form.cleaned_data)
            messages.success(request, _("Noted for %(name)s.") % {"name": entry.officer.name})
            return back(session)
        except Refusal as error:
            form.add_error(None, words(error))
    title = _("Make-up for %(name)s") % {"name": entry.officer.name}
    context = {"session": session, "form": form, "title": title, "submit": ""}
    return render(request, "training/attendance/act.html", context)


def _make_up(request: Request, session: Session, officer: int, said: dict) -> None:
    by, at = request.actor, clock.now()
    if said["instead"]:
        make_ups.assign(session=session, officer_id=officer, instead=said["instead"], by=by, at=at)
    else:
        make_ups.by_study(
            session=session,
            officer_id=officer,
            minutes=said["minutes"],
            on=said["on"],
            note=said["note"],
            by=by,
            at=at,
        )


@require_http_methods(["GET", "POST"])
def leave_ask(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask to be excused from a session one is expected at."""
    session = get_object_or_404(Session.objects.select_related("unit"), uid=uid)
    officer = request.actor.officer_id
    if officer is None or not leaves.is_expected(session, officer):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leaves.ask(session=session, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
            messages.success(request, _("Your request is with the trainer."))
            return redirect("training:sign_in")
        except Refusal as error:
            form.add_error(None, words(error))
    context = {
        "session": session,
        "form": form,
        "title": _("Ask for leave"),
        "submit": _("Ask"),
        "own": True,
    }
    return render(request, "training/attendance/act.html", context)


def _own_leave(request: Request, uid: uuid.UUID) -> LeaveRequest:
    found = LeaveRequest.objects.select_related("session__unit", "officer")
    return get_object_or_404(found, uid=uid, officer=request.actor.officer_id or 0)


@require_POST
def leave_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take one's own request back."""
    try:
        leaves.withdraw(request=_own_leave(request, uid), by=request.actor, at=clock.now())
        messages.success(request, _("Withdrawn."))
    except Refusal as error:
        messages.error(request, words(error))
    return redirect("training:sign_in")


@require_POST
def leave_decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Grant or refuse a request for leave."""
    leave = get_object_or_404(LeaveRequest.objects.select_related("session__unit", "officer"), uid=uid)
    session = run_session(request, leave.session.uid)
    try:
        leaves.decide(
            request=leave,
            grant="grant" in request.POST,
            answer=request.POST.get("answer", "")[:200],
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Decided for %(name)s.") % {"name": leave.officer.name})
    except Refusal as error:
        messages.error(request, words(error))
    return back(session)
