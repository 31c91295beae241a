"""Classes and their batches: the list, one class, making, announcing, cancelling, postponing."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.queries.audience import words
from courses.rules.audience import from_json
from courses.training.forms.classes import BatchForm, ClassForm, PostponeForm, ReasonForm
from courses.training.models import Batch, Instructor, Room, TrainingClass
from courses.training.permissions.classes import can_read_class, can_run_class
from courses.training.queries import classes as reading
from courses.training.rules.timetable import Clash
from courses.training.services import classes as service
from courses.training.services.locks import PeriodLocked
from courses.training.services.trainees import EnrolRefused
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 30
STAGE_TONES = {
    "draft": "muted",
    "open": "info",
    "running": "ok",
    "over": "warn",
    "finished": "ok",
    "cancelled": "bad",
}


def stage_words(stage: str) -> str:
    """The name of a stage for people."""
    if stage == "over":
        return _("To be finished")
    return str(dict(TrainingClass.State.choices)[TrainingClass.State(stage)])


def class_or_404(request: Request, uid: uuid.UUID) -> TrainingClass:
    """A class one may look at."""
    return get_object_or_404(reading.visible_classes(request.actor), uid=uid)


def own_class(request: Request, uid: uuid.UUID) -> TrainingClass:
    """A class one may change. Any other does not exist for that."""
    found = get_object_or_404(TrainingClass.objects.select_related("unit", "category"), uid=uid)
    if not can_run_class(request.actor, found):
        raise Http404
    return found


def own_batch(request: Request, uid: uuid.UUID, number: int) -> Batch:
    """A batch of a class one may change."""
    found = own_class(request, uid)
    batch = get_object_or_404(Batch, training_class=found, number=number)
    batch.training_class = found
    return batch


def batch_or_404(request: Request, uid: uuid.UUID, number: int) -> Batch:
    """A batch of a class one may look at."""
    found = class_or_404(request, uid)
    batch = get_object_or_404(Batch, training_class=found, number=number)
    batch.training_class = found
    return batch


def clash_texts(found: Sequence[Clash]) -> list[str]:
    """Clashes as sentences that name who or what, and both places. Three statements at most."""
    ids: dict[str, set[int]] = {"person": set(), "room": set(), "instructor": set()}
    for clash in found:
        ids[clash.kind].add(clash.who)
    names = {
        "person": dict(Officer.objects.filter(pk__in=ids["person"]).values_list("pk", "name")),
        "room": dict(Room.objects.filter(pk__in=ids["room"]).values_list("pk", "name")),
        "instructor": dict(Instructor.objects.filter(pk__in=ids["instructor"]).values_list("pk", "name")),
    }
    return [
        _("%(name)s cannot be at both: “%(one)s” and “%(other)s”.")
        % {
            "name": names[clash.kind].get(clash.who, "—"),
            "one": clash.one.label,
            "other": clash.other.label,
        }
        for clash in found
    ]


def attempt(form: forms.BaseForm, act: Callable[[], Any]) -> bool:
    """Do `act`; a refusal comes back beside the form in words. Whether it was done."""
    try:
        act()
    except service.TimetableClash as error:
        for text in clash_texts(error.clashes):
            form.add_error(None, text)
    except service.ClassRefused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except EnrolRefused as error:
        for text in error.texts:
            form.add_error(None, text)
    except PeriodLocked as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def form_page(
    request: Request,
    form: forms.BaseForm,
    *,
    title: str,
    cancel_url: str,
    submit: str = "",
    lead: str = "",
    danger: bool = False,
) -> HttpResponse:
    """The page of a form that stands alone; 409 where something was refused."""
    context = {
        "form": form,
        "title": title,
        "cancel_url": cancel_url,
        "submit": submit or _("Save"),
        "lead": lead,
        "danger": danger,
    }
    return render(request, "training/classes/form.html", context, status=409 if form.errors else 200)


@require_GET
def class_list(request: Request) -> HttpResponse:
    """The classes of one's units, the latest first; by state, kind and words."""
    found, today = reading.visible_classes(request.actor), clock.today()
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    text = request.GET.get("q", "").strip()[:50]
    if state in TrainingClass.State:
        found = found.filter(state=state)
    if kind in TrainingClass.Kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(title__icontains=text) | found.filter(topic__icontains=text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    stages = [reading.stage_of(one, today) for one in page.object_list]
    context = {
        "page_obj": page,
        "rows": [
            (one, stage_words(stage), STAGE_TONES[stage])
            for one, stage in zip(page.object_list, stages, strict=True)
        ],
        "runs": request.actor.has(Role.TRAINER),
        "states": TrainingClass.State.choices,
        "kinds": TrainingClass.Kind.choices,
        "chosen": {"state": state, "kind": kind, "q": text},
        "topical": reading.topical_count(_scopes(request), today.year),
        "year": today.year,
    }
    return render(request, "training/classes/list.html", context)


def _scopes(request: Request) -> list[str]:
    return reading.reading_scopes(request.actor)


@require_http_methods(["GET", "POST"])
def class_new(request: Request) -> HttpResponse:
    """A new class with its batches."""
    today = clock.today()
    form = ClassForm(request.POST or None, actor=request.actor, today=today)
    made: list[TrainingClass] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: made.append(_saved(request, form)))
    ):
        messages.success(request, _("The class is made. Now look after its batches and people."))
        return redirect("training:class", made[0].uid)
    return form_page(request, form, title=_("New class"), cancel_url=reverse("training:class_list"))


def _saved(request: Request, form: ClassForm, of: TrainingClass | None = None) -> TrainingClass:
    data = form.cleaned_data
    return service.save_class(
        values={name: data[name] for name in service.CLASS_FIELDS},
        audience=data["audience"],
        by=request.actor,
        at=clock.now(),
        training_class=of,
        batches=data.get("batches", 0),
    )


@require_http_methods(["GET", "POST"])
def class_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a class that is not over."""
    found = own_class(request, uid)
    address = reverse("training:class", args=[uid])
    if found.state not in service.CLASS_LIVE:
        messages.error(request, _("This class is finished or cancelled."))
        return redirect(address)
    title = found.title
    form = ClassForm(request.POST or None, instance=found, actor=request.actor, today=clock.today())
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _saved(request, form, found)):
        messages.success(request, _("Saved."))
        return redirect(address)
    return form_page(request, form, title=title, cancel_url=address)


@require_GET
def class_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One class: what it is, for whom, its batches, and what may be done next."""
    found, today = class_or_404(request, uid), clock.today()
    stage = reading.stage_of(found, today)
    runs = can_run_class(request.actor, found)
    context = {
        "one": found,
        "stage": stage,
        "stage_words": stage_words(stage),
        "tone": STAGE_TONES[stage],
        "runs": runs,
        "reads_all": runs or can_read_class(request.actor, found),
        "live": found.state in service.CLASS_LIVE,
        "announced": found.state in ("open", "running"),
        "batches": list(reading.batches_of(found)),
        "audience": words(from_json(found.audience)),
    }
    return render(request, "training/classes/class.html", context)


@require_http_methods(["GET", "POST"])
def class_announce(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Announce a class."""
    found = own_class(request, uid)
    address = reverse("training:class", args=[uid])
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.announce(training_class=found, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("Announced: its people see the class in their calendars."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Announce %(title)s") % {"title": found.title},
        cancel_url=address,
        submit=_("Announce"),
        lead=_("Everybody enrolled sees the class and its timetable from now on."),
    )


@require_http_methods(["GET", "POST"])
def class_cancel(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Cancel a class with a reason."""
    found = own_class(request, uid)
    address = reverse("training:class", args=[uid])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            reason = form.cleaned_data["reason"]
            service.cancel(training_class=found, reason=reason, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("The class is cancelled."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Cancel %(title)s") % {"title": found.title},
        cancel_url=address,
        submit=_("Cancel the class"),
        lead=_(
            "Sessions that have not begun are cancelled too. Hours already earned stay. This cannot be undone."
        ),
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def class_postpone(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Move a class with everything that belongs to it."""
    found = own_class(request, uid)
    address = reverse("training:class", args=[uid])
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.postpone(training_class=found, **form.cleaned_data, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("The class is moved."))
            return redirect(address)
    title = _("Move %(title)s to other days") % {"title": found.title}
    return form_page(request, form, title=title, cancel_url=address, submit=_("Move"))


def _batch_form(request: Request, found: TrainingClass, batch: Batch | None, title: str) -> HttpResponse:
    address = reverse("training:class", args=[found.uid])
    initial = {
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "number": _next_number(found),
        "capacity": 0,
    }
    form = BatchForm(request.POST or None, instance=batch, initial=None if batch else initial)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service.save_batch(
                training_class=found,
                values=form.cleaned_data,
                by=request.actor,
                at=clock.now(),
                batch=batch,
            )

        if attempt(form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return form_page(request, form, title=title, cancel_url=address)


def _next_number(found: TrainingClass) -> int:
    last = found.batches.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


@require_http_methods(["GET", "POST"])
def batch_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One more batch."""
    return _batch_form(request, own_class(request, uid), None, _("New batch"))


@require_http_methods(["GET", "POST"])
def batch_edit(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """Change number, days and places of a batch."""
    batch = own_batch(request, uid, number)
    title = _("Batch %(number)d") % {"number": number}
    return _batch_form(request, batch.training_class, batch, title)
