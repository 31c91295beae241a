"""The timetable of a batch: by day, printed, edited, copied."""

import datetime
import uuid
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.training.forms.classes import CopyDayForm, CopyTimetableForm, LessonForm, ReasonForm
from courses.training.models import Batch, Session
from courses.training.permissions.classes import can_run_class, can_run_session
from courses.training.services import timetable as service
from courses.training.services.classes import CLASS_LIVE
from courses.training.views.classes import attempt, batch_or_404, form_page, own_batch
from lianbing.kit import clock
from lianbing.people.request import Request

DayRows = list[tuple[datetime.date, list[Session]]]


def _address(batch: Batch) -> str:
    return reverse("training:timetable", args=[batch.training_class.uid, batch.number])


def days_of(batch: Batch, *, cancelled: bool = True) -> DayRows:
    """The sessions of a batch by day. Two statements."""
    rows = batch.sessions.select_related("room", "category").prefetch_related("instructors")
    if not cancelled:
        rows = rows.exclude(state=Session.State.CANCELLED)

    def day(session: Session) -> datetime.date:
        return timezone.localtime(session.starts_at).date()

    return [(key, list(some)) for key, some in groupby(rows.order_by("starts_at", "pk"), key=day)]


@require_GET
def timetable(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The timetable of a batch by day."""
    batch = batch_or_404(request, uid, number)
    runs = can_run_class(request.actor, batch.training_class)
    context = {
        "batch": batch,
        "one": batch.training_class,
        "days": days_of(batch),
        "edits": runs and batch.training_class.state in CLASS_LIVE,
        "runs": runs,
        "others": batch.training_class.batches.exclude(pk=batch.pk).exists(),
    }
    return render(request, "training/classes/timetable.html", context)


@require_GET
def timetable_print(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The timetable of a batch on paper."""
    batch = batch_or_404(request, uid, number)
    context = {"batch": batch, "one": batch.training_class, "days": days_of(batch, cancelled=False)}
    return render(request, "training/classes/timetable_print.html", context)


@require_http_methods(["GET", "POST"])
def lesson_new(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """One more session. After saving, the form may be opened again for the next one of the day."""
    batch = own_batch(request, uid, number)
    day = request.GET.get("day", "")[:10] or batch.starts_on.isoformat()
    form = LessonForm(request.POST or None, batch=batch, initial={"day": day, "kind": "lecture"})
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.save_lesson(
                batch=batch,
                values=form.values(),
                instructors=list(form.cleaned_data["instructors"]),
                by=request.actor,
                at=clock.now(),
            )

        if attempt(form, act):
            messages.success(request, _("Saved."))
            return redirect(_address(batch))
    title = _("New session of batch %(number)d") % {"number": number}
    return form_page(request, form, title=title, cancel_url=_address(batch))


def _own_lesson(request: Request, uid: uuid.UUID) -> Session:
    rows = Session.objects.select_related("unit", "batch__training_class__unit")
    session = get_object_or_404(rows, uid=uid, batch__isnull=False)
    if not can_run_session(request.actor, session):
        raise Http404
    return session


@require_http_methods(["GET", "POST"])
def lesson_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a session that has not begun."""
    session = _own_lesson(request, uid)
    assert session.batch is not None
    batch = session.batch
    if session.state != Session.State.PLANNED:
        messages.error(request, _("This session has begun or was cancelled and stays as it is."))
        return redirect(_address(batch))
    form = LessonForm(request.POST or None, batch=batch, session=session)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.save_lesson(
                batch=batch,
                values=form.values(),
                instructors=list(form.cleaned_data["instructors"]),
                by=request.actor,
                at=clock.now(),
                session=session,
            )

        if attempt(form, act):
            messages.success(request, _("Saved."))
            return redirect(_address(batch))
    return form_page(request, form, title=session.topic, cancel_url=_address(batch))


@require_http_methods(["GET", "POST"])
def lesson_cancel(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Cancel a session that has not begun."""
    session = _own_lesson(request, uid)
    assert session.batch is not None
    batch = session.batch
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            reason = form.cleaned_data["reason"]
            service.cancel_lesson(session=session, reason=reason, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("The session is cancelled."))
            return redirect(_address(batch))
    title = _("Cancel %(title)s") % {"title": session.topic}
    return form_page(
        request, form, title=title, cancel_url=_address(batch), submit=_("Cancel the session"), danger=True
    )


def _copied(request: Request, made: list[Session]) -> None:
    text = ngettext("%(count)d session copied.", "%(count)d sessions copied.", len(made))
    messages.success(request, text % {"count": len(made)})


@require_http_methods(["GET", "POST"])
def timetable_copy_day(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Copy a day of the timetable to another."""
    batch = own_batch(request, uid, number)
    days = [day for day, _rows in days_of(batch, cancelled=False)]
    form = CopyDayForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid():
        made: list[Session] = []

        def act() -> None:
            made.extend(service.copy_day(batch=batch, **form.cleaned_data, by=request.actor, at=clock.now()))

        if attempt(form, act):
            _copied(request, made)
            return redirect(_address(batch))
    title = _("Copy a day of batch %(number)d") % {"number": number}
    return form_page(request, form, title=title, cancel_url=_address(batch), submit=_("Copy"))


@require_http_methods(["GET", "POST"])
def timetable_copy(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Copy the timetable of another batch of the class, moved to this one's days."""
    batch = own_batch(request, uid, number)
    form = CopyTimetableForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        made: list[Session] = []

        def act() -> None:
            source = form.cleaned_data["source"]
            made.extend(service.copy_timetable(source=source, target=batch, by=request.actor, at=clock.now()))

        if attempt(form, act):
            _copied(request, made)
            return redirect(_address(batch))
    title = _("Copy a timetable to batch %(number)d") % {"number": number}
    lead = _("Sessions are moved by the days between the first days of the two batches.")
    return form_page(request, form, title=title, cancel_url=_address(batch), submit=_("Copy"), lead=lead)
