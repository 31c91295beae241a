"""External training: entering it, the desk that checks it, its evidence."""

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.external import ExternalForm
from courses.training.forms.plans import ReasonForm
from courses.training.models import External, ExternalFile, Nomination
from courses.training.models.external import EXTERNAL_STATE_LABELS
from courses.training.permissions import external as rights
from courses.training.permissions import nominations as nomination_rights
from courses.training.queries import external as reading
from courses.training.services import external as service
from courses.training.services.external import ExternalRefused
from courses.training.services.hours import HoursRefused
from courses.training.services.locks import PeriodLocked
from courses.training.state import ExternalState, NominationState
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.request import Request

TONES = {
    ExternalState.ENTERED: "warn",
    ExternalState.ACCEPTED: "ok",
    ExternalState.REFUSED: "bad",
    ExternalState.WITHDRAWN: "muted",
}
PER_PAGE = 30
REFUSALS = (ExternalRefused, PeriodLocked, HoursRefused)


def record_or_404(request: Request, uid: uuid.UUID) -> External:
    """The record, if this person may read it."""
    rows = External.objects.select_related("officer", "unit", "category", "nomination__training_class")
    found = get_object_or_404(rows, uid=uid)
    if not rights.can_read(request.actor, found):
        raise Http404
    return found


def _rows(page: Any) -> list[dict[str, Any]]:
    return [{"record": one, "tone": TONES[ExternalState(one.state)]} for one in page]


@require_GET
def external_list(request: Request) -> HttpResponse:
    """The records of the people of one's units; first those that wait."""
    scopes = request.actor.scopes(*rights.READERS)
    state = request.GET.get("state", ExternalState.ENTERED.value)
    state = state if state in {*ExternalState, ""} else ""
    page = Paginator(reading.in_units(scopes, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": _rows(page),
        "state": state,
        "states": [(one.value, label) for one, label in EXTERNAL_STATE_LABELS.items()],
    }
    return render(request, "training/external/list.html", context)


@require_GET
def mine(request: Request) -> HttpResponse:
    """My own external training."""
    officer = Officer.objects.filter(pk=request.actor.officer_id or 0).first()
    people = identities(officer) if officer else []
    page = Paginator(reading.of_officer(people), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": _rows(page), "own": officer is not None}
    return render(request, "training/external/mine.html", context)


@require_http_methods(["GET", "POST"])
def mine_new(request: Request) -> HttpResponse:
    """Enter my own external training; `?nomination=` of a class I came back from."""
    officer = get_object_or_404(Officer, pk=request.actor.officer_id or 0)
    return _enter(request, officer, _nomination(request))


@require_http_methods(["GET", "POST"])
def external_new(request: Request) -> HttpResponse:
    """Enter external training of somebody of one's units; `?nomination=` of whom came back from a class."""
    nomination = _nomination(request)
    return _enter(request, nomination.officer if nomination else None, nomination)


def _nomination(request: Request) -> Nomination | None:
    text = request.GET.get("nomination", "")
    if not text:
        return None
    try:
        uid = uuid.UUID(text)
    except ValueError:
        raise Http404 from None
    rows = Nomination.objects.select_related("officer", "unit", "training_class")
    found = get_object_or_404(rows, uid=uid, state=NominationState.APPROVED.value)
    if not nomination_rights.can_see(request.actor, found):
        raise Http404
    return found


def _initial(nomination: Nomination | None) -> dict[str, Any]:
    """What a class of the superior says already."""
    if nomination is None:
        return {}
    course = nomination.training_class
    return {
        "title": course.title,
        "category": course.category_id,
        "starts_on": course.starts_on,
        "ends_on": course.ends_on,
    }


def _enter(request: Request, officer: Officer | None, nomination: Nomination | None) -> HttpResponse:
    form = ExternalForm(
        request.POST or None,
        request.FILES or None,
        initial=_initial(nomination),
        today=clock.today(),
        paths=request.actor.scopes(*rights.ENTERERS),
        for_others=officer is None,
    )
    if request.method == "POST" and form.is_valid():
        record = form.save(commit=False)
        record.officer = officer or form.cleaned_data["officer"]
        try:
            service.enter(
                record=record,
                files=form.cleaned_data["evidence"],
                nomination=nomination,
                by=request.actor,
                at=clock.now(),
            )
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Entered. The personnel office checks it."))
            return redirect("training:external", record.uid)
    context = {"form": form, "officer": officer, "nomination": nomination}
    return render(request, "training/external/new.html", context)


@require_GET
def external(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One record with its evidence, and what may be done with it."""
    return _page(request, record_or_404(request, uid), ReasonForm())


def _page(request: Request, record: External, form: ReasonForm) -> HttpResponse:
    files = list(record.files.all())
    context = {
        "record": record,
        "tone": TONES[ExternalState(record.state)],
        "images": [one for one in files if one.content_type != "application/pdf"],
        "others": [one for one in files if one.content_type == "application/pdf"],
        "own": request.actor.officer_id == record.officer_id,
        "checks": rights.can_check(request.actor, record),
        "withdraws": rights.can_withdraw(request.actor, record),
        "form": form,
    }
    return render(request, "training/external/record.html", context)


@require_GET
def file(request: Request, uid: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """A piece of evidence, to whoever may read the record. Nothing that was uploaded runs anything here."""
    record = record_or_404(request, uid)
    kept = get_object_or_404(ExternalFile, external=record, uid=file)
    try:
        content = kept.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(content, content_type=kept.content_type)
    kind = "attachment" if kept.content_type == "application/pdf" else "inline"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(kept.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    # Browsers show a bare picture in a page that they style themselves, inline.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Accept a record, which gives its hours, or refuse it with a reason."""
    record = record_or_404(request, uid)
    form = ReasonForm(request.POST)
    form.fields["reason"].required = "refuse" in request.POST
    if not form.is_valid():
        return _page(request, record, form)
    try:
        if "refuse" in request.POST:
            service.refuse(
                record=record, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
            messages.success(request, _("Refused; the reason stays with the record."))
        else:
            service.accept(record=record, by=request.actor, at=clock.now())
            messages.success(request, _("Accepted: %(hours)s hours.") % {"hours": record.hours})
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect("training:external", uid)
    return redirect("training:external_list")


@require_POST
def withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a record back nobody has decided on."""
    record = record_or_404(request, uid)
    try:
        service.withdraw(record=record, by=request.actor, at=clock.now())
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect("training:external", uid)
