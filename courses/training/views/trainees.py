"""The people of a batch: the list, drawing from the audience, adding, withdrawing, substituting, printing."""

import datetime
import uuid

from django.contrib import messages
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.queries.audience import people_of
from courses.rules.audience import from_json
from courses.training.forms.classes import MoveForm, PeopleForm, ReasonForm, SubstituteForm
from courses.training.models import Batch, Trainee, TrainingClass
from courses.training.permissions.classes import can_read_class, can_run_class, reading_scopes
from courses.training.queries import classes as reading
from courses.training.queries.coverage import COVERED, full_time, rotation
from courses.training.services import trainees as service
from courses.training.services.classes import CLASS_LIVE
from courses.training.services.locks import PeriodLocked
from courses.training.views.classes import attempt, batch_or_404, form_page, own_batch
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.request import Request
from lianbing.people.rules import Role

MOST_SHOWN = 1000


def _address(batch: Batch) -> str:
    return reverse("training:batch_people", args=[batch.training_class.uid, batch.number])


@require_GET
def batch_people(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Who is in a batch. Readers of another unit see their own people only."""
    batch = batch_or_404(request, uid, number)
    rows = reading.trainees_of(batch)
    if not can_read_class(request.actor, batch.training_class):
        rows = rows.filter(reading.inside(reading_scopes(request.actor)))
    context = {
        "batch": batch,
        "one": batch.training_class,
        "rows": list(rows),
        "runs": can_run_class(request.actor, batch.training_class),
        "live": batch.training_class.state in CLASS_LIVE,
        "others": batch.training_class.batches.exclude(pk=batch.pk).exists(),
    }
    return render(request, "training/classes/people.html", context)


@require_GET
def batch_names(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The name list of a batch, to be printed and signed."""
    batch = batch_or_404(request, uid, number)
    rows = reading.trainees_of(batch).exclude(state=Trainee.State.WITHDRAWN)
    if not can_read_class(request.actor, batch.training_class):
        rows = rows.filter(reading.inside(reading_scopes(request.actor)))
    context = {"batch": batch, "one": batch.training_class, "rows": list(rows)}
    return render(request, "training/classes/names.html", context)


def _candidates(request: Request, batch: Batch, today: datetime.date) -> list[tuple[object, bool]]:
    """The audience of the class, in one's own units, without those in a batch of it: (appointment, been).

    `been`: the cycle, or the year's full-time training, has reached them already; they come last.
    """
    audience = from_json(batch.training_class.audience)
    there = Trainee.objects.filter(training_class=batch.training_class, officer=OuterRef("officer")).exclude(
        state=Trainee.State.WITHDRAWN
    )
    rows = people_of(audience, today).filter(
        ~Exists(there), reading.inside(request.actor.scopes(Role.TRAINER))
    )
    been = _been(batch.training_class, request.actor.scopes(Role.TRAINER), today)
    if been:  # with nobody in it the order would be a bare number, which PostgreSQL takes for a column
        order = Case(When(officer__in=been, then=Value(1)), default=Value(0), output_field=IntegerField())
        rows = rows.alias(later=order).order_by("later", "unit__path", "officer__staff_number")
    return [(one, one.officer_id in been) for one in rows[:MOST_SHOWN]]


def _been(found: TrainingClass, paths: list[str], today: datetime.date) -> set[int]:
    if found.cycle_id and found.cycle:
        lines = rotation(found.cycle, paths, today)
    elif found.kind == TrainingClass.Kind.FULL_TIME:
        lines = full_time(paths, found.starts_on.year, today)
    else:
        return set()
    return {line.appointment.officer_id for line in lines if line.state == COVERED}


@require_http_methods(["GET", "POST"])
def batch_draw(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Draw people from the audience of the class: tick, enrol. Who cannot come is named with the reason."""
    batch = own_batch(request, uid, number)
    found = _candidates(request, batch, clock.today())
    left_out: list[str] = []
    if request.method == "POST":
        ticked = set(request.POST.getlist("officer"))
        officers = [one.officer for one, _been in found if str(one.officer_id) in ticked]  # type: ignore[attr-defined]  # an appointment
        try:
            done = service.enrol(
                batch=batch,
                officers=officers,
                source=Trainee.Source.AUDIENCE,
                by=request.actor,
                at=clock.now(),
                skip=True,
            )
        except (service.EnrolRefused, PeriodLocked) as error:
            left_out = [str(error)]
        else:
            _tell(request, len(done.trainees))
            left_out = list(done.left_out.values())
            if not left_out:
                return redirect(_address(batch))
            found = _candidates(request, batch, clock.today())
            batch.refresh_from_db(fields=["taken"])
    free = max(batch.capacity - batch.taken, 0) if batch.capacity else None
    rows = [
        (one, been, not been and (free is None or place < free)) for place, (one, been) in enumerate(found)
    ]
    context = {"batch": batch, "one": batch.training_class, "rows": rows, "left_out": left_out, "free": free}
    return render(request, "training/classes/draw.html", context, status=409 if left_out else 200)


def _tell(request: Request, count: int) -> None:
    text = ngettext("%(count)d person enrolled.", "%(count)d people enrolled.", count)
    messages.success(request, text % {"count": count})


@require_http_methods(["GET", "POST"])
def batch_add(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Add people by name, one a line; all of them or none."""
    batch = own_batch(request, uid, number)
    paths = request.actor.scopes(Role.TRAINER)
    form = PeopleForm(request.POST or None, paths=paths, today=clock.today())
    if request.method == "POST" and form.is_valid():
        officers: list[Officer] = form.cleaned_data["people"]

        def act() -> None:
            source = Trainee.Source.HAND
            service.enrol(batch=batch, officers=officers, source=source, by=request.actor, at=clock.now())

        if attempt(form, act):
            _tell(request, len(officers))
            return redirect(_address(batch))
    title = _("Add people to batch %(number)d") % {"number": number}
    return form_page(request, form, title=title, cancel_url=_address(batch), submit=_("Enrol"))


def _own_trainee(request: Request, pk: int) -> Trainee:
    rows = Trainee.objects.select_related("officer", "unit", "batch", "training_class__unit")
    trainee = get_object_or_404(rows, pk=pk, state=Trainee.State.ENROLLED)
    if not can_run_class(request.actor, trainee.training_class):
        raise Http404
    trainee.batch.training_class = trainee.training_class
    return trainee


@require_http_methods(["GET", "POST"])
def trainee_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take somebody out of a batch, with a reason."""
    trainee = _own_trainee(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            reason = form.cleaned_data["reason"]
            service.withdraw(trainee=trainee, reason=reason, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("%(name)s is withdrawn.") % {"name": trainee.officer.name})
            return redirect(_address(trainee.batch))
    title = _("Withdraw %(name)s") % {"name": trainee.officer.name}
    return form_page(
        request,
        form,
        title=title,
        cancel_url=_address(trainee.batch),
        submit=_("Take off the list"),
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def trainee_move(request: Request, pk: int) -> HttpResponse:
    """Move somebody to another batch of the class, in one step."""
    trainee = _own_trainee(request, pk)
    form = MoveForm(request.POST or None, leaving=trainee.batch)
    if request.method == "POST" and form.is_valid():
        batch: Batch = form.cleaned_data["batch"]

        def act() -> None:
            service.move(trainee=trainee, batch=batch, by=request.actor, at=clock.now())

        if attempt(form, act):
            said = {"name": trainee.officer.name, "number": batch.number}
            messages.success(request, _("%(name)s is in batch %(number)d now.") % said)
            return redirect(_address(trainee.batch))
    title = _("Move %(name)s to another batch") % {"name": trainee.officer.name}
    return form_page(request, form, title=title, cancel_url=_address(trainee.batch), submit=_("Move"))


@require_http_methods(["GET", "POST"])
def trainee_substitute(request: Request, pk: int) -> HttpResponse:
    """Send somebody else instead."""
    trainee = _own_trainee(request, pk)
    paths = request.actor.scopes(Role.TRAINER)
    form = SubstituteForm(request.POST or None, paths=paths, today=clock.today())
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.substitute(trainee=trainee, **form.cleaned_data, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(
                request, _("%(name)s comes instead.") % {"name": form.cleaned_data["officer"].name}
            )
            return redirect(_address(trainee.batch))
    title = _("Somebody else instead of %(name)s") % {"name": trainee.officer.name}
    return form_page(request, form, title=title, cancel_url=_address(trainee.batch))
