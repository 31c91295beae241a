"""Nominations for the superior's classes: places, people, decisions."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.nominations import NominateForm, QuotaForm
from courses.training.forms.plans import ReasonForm
from courses.training.models import Nomination, NominationQuota, TrainingClass
from courses.training.permissions import nominations as rights
from courses.training.permissions.external import ENTERERS
from courses.training.queries import nominations as reading
from courses.training.services import nominations as service
from courses.training.services.nominations import NominationRefused
from courses.training.state import NominationState
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.request import Request

TONES = {
    NominationState.NOMINATED: "warn",
    NominationState.APPROVED: "ok",
    NominationState.REFUSED: "bad",
    NominationState.WITHDRAWN: "muted",
    NominationState.RETURNED: "info",
}
PER_PAGE = 20


def course_or_404(request: Request, uid: uuid.UUID) -> TrainingClass:
    """The superior's class, if it concerns this person's units."""
    found = reading.superior_classes(request.actor.scopes(*rights.STAFF))
    return get_object_or_404(found, uid=uid)


def nomination_or_404(request: Request, uid: uuid.UUID) -> Nomination:
    """The nomination, if this person may see it."""
    rows = Nomination.objects.select_related("officer", "unit", "training_class__unit", "quota__unit")
    found = get_object_or_404(rows, uid=uid)
    if not rights.can_see(request.actor, found):
        raise Http404
    return found


@require_GET
def nomination_list(request: Request) -> HttpResponse:
    """The superior's classes that concern one's units, with their places."""
    scopes = request.actor.scopes(*rights.STAFF)
    classes = reading.with_quotas(reading.superior_classes(scopes), scopes)
    page = Paginator(classes, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/nominations/list.html", {"page_obj": page, "today": clock.today()})


@require_GET
def nominations(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One class of the superior: the places of each unit and who is nominated."""
    course = course_or_404(request, uid)
    return _page(request, course, QuotaForm(course=course), None)


def _page(
    request: Request, course: TrainingClass, quota_form: QuotaForm, nominate: tuple[int, NominateForm] | None
) -> HttpResponse:
    actor, today = request.actor, clock.today()
    quotas: list[dict[str, Any]] = []
    for quota in reading.quotas_of(course, actor.scopes(*rights.STAFF)):
        quota.training_class = course
        form = nominate[1] if nominate and nominate[0] == quota.pk else NominateForm(quota=quota, today=today)
        people: list[Nomination] = getattr(quota, "people", [])
        quotas.append(
            {
                "quota": quota,
                "free": quota.places - quota.taken,
                "people": [_shown(actor, one, over=course.ends_on <= today) for one in people],
                "form": form if rights.can_nominate(actor, quota) else None,
                "late": quota.nominate_by < today,
            }
        )
    context = {
        "course": course,
        "quotas": quotas,
        "quota_form": quota_form if rights.can_share(actor, course) else None,
        "places": sum(row["quota"].places for row in quotas),
        "taken": sum(row["quota"].taken for row in quotas),
    }
    return render(request, "training/nominations/course.html", context)


def _shown(actor: Any, one: Nomination, *, over: bool) -> dict[str, Any]:
    state = NominationState(one.state)
    return {
        "nomination": one,
        "tone": TONES[state],
        "decides": state == NominationState.NOMINATED and rights.can_decide(actor, one),
        "withdraws": state in service.HOLDING and rights.can_withdraw(actor, one),
        "enters": over and state == NominationState.APPROVED and actor.has(*ENTERERS),
    }


@require_POST
def quota_set(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Give a unit places."""
    course = course_or_404(request, uid)
    form = QuotaForm(request.POST, course=course)
    if form.is_valid():
        try:
            service.set_quota(course=course, **form.cleaned_data, by=request.actor, at=clock.now())
        except NominationRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The places are given."))
            return redirect("training:nominations", uid)
    return _page(request, course, form, None)


@require_POST
def nominate(request: Request, uid: uuid.UUID, quota: int) -> HttpResponse:
    """Nominate somebody for the places of one unit."""
    course = course_or_404(request, uid)
    rows = NominationQuota.objects.select_related("unit", "training_class")
    found = get_object_or_404(rows, pk=quota, training_class=course)
    if not rights.can_nominate(request.actor, found):
        raise Http404
    form = NominateForm(request.POST, quota=found, today=clock.today())
    if form.is_valid():
        officer = form.cleaned_data["officer"]
        try:
            service.nominate(quota=found, officer=officer, by=request.actor, at=clock.now())
        except NominationRefused as error:
            form.add_error("officer", str(error))
        else:
            messages.success(request, _("%(name)s is nominated.") % {"name": officer.name})
            return redirect("training:nominations", uid)
    return _page(request, course, QuotaForm(course=course), (found.pk, form))


@require_http_methods(["GET", "POST"])
def decide(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Approve or refuse a nomination."""
    found = nomination_or_404(request, uid)
    if not rights.can_decide(request.actor, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = "refuse" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            service.decide(
                nomination=found,
                approve="refuse" not in request.POST,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
        except NominationRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("training:nominations", found.training_class.uid)
    return render(request, "training/nominations/decide.html", {"form": form, "nomination": found})


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take somebody off, with a reason."""
    found = nomination_or_404(request, uid)
    if not rights.can_withdraw(request.actor, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.withdraw(
                nomination=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except NominationRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The place is free again."))
            return redirect("training:nominations", found.training_class.uid)
    return render(request, "training/nominations/withdraw.html", {"form": form, "nomination": found})


@require_GET
def mine(request: Request) -> HttpResponse:
    """What I am or was nominated for."""
    officer = Officer.objects.filter(pk=request.actor.officer_id or 0).first()
    people = identities(officer) if officer else []
    page = Paginator(reading.of_officer(people), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "nomination": one,
            "tone": TONES[NominationState(one.state)],
            "enters": one.state == NominationState.APPROVED and one.training_class.ends_on <= clock.today(),
        }
        for one in page
    ]
    return render(request, "training/nominations/mine.html", {"page_obj": page, "rows": rows})
