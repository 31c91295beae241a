"""The pool of instructors, rooms, and rating an instructor."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.training.forms.teaching import InstructorForm, RatingForm, RoomForm
from courses.training.models import Instructor, Room, Session
from courses.training.permissions.classes import can_keep_instructor, can_run
from courses.training.queries import teaching as reading
from courses.training.queries.calendar import known_ids, sessions_of
from courses.training.services import teaching as service
from courses.training.views.classes import form_page
from lianbing.kit import clock
from lianbing.people.queries import units_in
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 40


def _tried(form: Any, act: Any) -> bool:
    try:
        act()
    except service.TeachingRefused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


@require_GET
def instructor_list(request: Request) -> HttpResponse:
    """The pool: subjects, level, load, rating."""
    text, level = request.GET.get("q", "").strip()[:50], request.GET.get("level", "")
    closed = request.GET.get("closed") == "1"
    found = reading.pool(text=text, level=level if level in Instructor.Level else "", closed=closed)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": reading.lines(list(page.object_list), clock.today()),
        "levels": Instructor.Level.choices,
        "chosen": {"q": text, "level": level, "closed": closed},
        "runs": request.actor.has(Role.TRAINER),
    }
    return render(request, "training/teaching/pool.html", context)


@require_GET
def instructor(request: Request, pk: int) -> HttpResponse:
    """One instructor: load, average rating, and what was said, without who said it.

    Instructors who look at themselves see the average from three ratings on, and no words: those could
    show who rated.
    """
    found = get_object_or_404(Instructor.objects.select_related("unit", "officer"), pk=pk)
    line = reading.lines([found], clock.today())[0]
    oneself = found.officer_id is not None and found.officer_id == request.actor.officer_id
    hidden = oneself and line.rating.count < reading.FEWEST_FOR_OWN
    context = {
        "one": found,
        "line": line,
        "rating": reading.Rating() if hidden else line.rating,
        "oneself": oneself,
        "comments": [] if oneself else reading.comments_of(found),
        "keeps": can_keep_instructor(request.actor, found),
        "sessions": found.sessions.exclude(state=Session.State.CANCELLED)
        .select_related("unit", "batch__training_class")
        .order_by("-starts_at")[:20],
    }
    return render(request, "training/teaching/instructor.html", context)


def _instructor_form(request: Request, found: Instructor | None, title: str) -> HttpResponse:
    form = InstructorForm(request.POST or None, instance=found, actor=request.actor, today=clock.today())
    address = reverse("training:instructor_list")
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.save_instructor(values=form.values(), by=request.actor, at=clock.now(), instructor=found)

        if _tried(form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return form_page(request, form, title=title, cancel_url=address)


@require_http_methods(["GET", "POST"])
def instructor_new(request: Request) -> HttpResponse:
    """Take somebody into the pool."""
    return _instructor_form(request, None, _("New instructor"))


@require_http_methods(["GET", "POST"])
def instructor_edit(request: Request, pk: int) -> HttpResponse:
    """Change an entry of the pool."""
    found = get_object_or_404(Instructor.objects.select_related("unit", "officer"), pk=pk)
    if not can_keep_instructor(request.actor, found):
        raise Http404
    return _instructor_form(request, found, found.name)


@require_GET
def room_list(request: Request) -> HttpResponse:
    """The rooms of one's units."""
    units = units_in(request.actor.scopes(Role.TRAINER))
    rows = Room.objects.filter(unit__in=units).select_related("unit").order_by("closed", "unit__path", "name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/teaching/rooms.html", {"page_obj": page})


def _room_form(request: Request, found: Room | None, title: str) -> HttpResponse:
    form = RoomForm(request.POST or None, instance=found, actor=request.actor)
    address = reverse("training:room_list")
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.save_room(values=form.cleaned_data, by=request.actor, at=clock.now(), room=found)

        if _tried(form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return form_page(request, form, title=title, cancel_url=address)


@require_http_methods(["GET", "POST"])
def room_new(request: Request) -> HttpResponse:
    """A new room."""
    return _room_form(request, None, _("New room"))


@require_http_methods(["GET", "POST"])
def room_edit(request: Request, pk: int) -> HttpResponse:
    """Change a room."""
    found = get_object_or_404(Room.objects.select_related("unit"), pk=pk)
    if not can_run(request.actor, found.unit.path):
        raise Http404
    return _room_form(request, found, found.name)


@require_http_methods(["GET", "POST"])
def rate(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Say what one thought of an instructor at a session one attended."""
    mine = sessions_of(known_ids(request.actor.officer_id))
    session = get_object_or_404(mine, uid=uid)
    found = get_object_or_404(Instructor.objects.select_related("officer"), pk=pk, sessions=session)
    now = clock.now()
    address = reverse("training:home")
    refusal = service.rating_refusal(session=session, instructor=found, by=request.actor, at=now)
    if refusal:
        messages.error(request, refusal)
        return redirect(address)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.rate(session=session, instructor=found, **form.cleaned_data, by=request.actor, at=now)

        if _tried(form, act):
            messages.success(request, _("Thank you. The instructor does not see who rated."))
            return redirect(address)
    title = _("Rate %(name)s") % {"name": found.name}
    lead = _("%(topic)s. You rate once; nobody sees who rated.") % {"topic": session.topic}
    return form_page(request, form, title=title, cancel_url=address, submit=_("Send"), lead=lead)
