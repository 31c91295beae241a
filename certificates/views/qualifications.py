"""The register of qualifications gained outside, and who reviews decisions without one."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.qualifications import QualificationForm, StrikeForm
from certificates.models import Qualification
from certificates.permissions import qualifications as rights
from certificates.queries.qualifications import in_units, reviewers
from certificates.queries.register import unit_path_of
from certificates.rules.legal_review import LAW, Standing
from certificates.services.issuing import NoReason
from certificates.services.qualifications import QualificationRefused, enter, strike_out
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50
STANDINGS: dict[Standing, tuple[str, Any]] = {
    Standing.QUALIFIED: ("ok", gettext_lazy("Holds it")),
    Standing.EARLIER: ("muted", gettext_lazy("Reviewed before 2018: not bound")),
    Standing.LACKING: ("bad", gettext_lazy("Lacks it")),
}


@require_GET
def listing(request: Request) -> HttpResponse:
    """Who holds what, and above it who reviews decisions and how they stand to art. 58."""
    scopes, today = rights.reading_scopes(request.actor), clock.today()
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:50]
    kind = kind if kind in Qualification.Kind.values else ""
    page = Paginator(in_units(scopes, today, kind=kind, text=text), PER_PAGE).get_page(
        request.GET.get("page")
    )
    legal = [
        {"reviewer": one, "tone": STANDINGS[one.standing][0], "label": STANDINGS[one.standing][1]}
        for one in reviewers(scopes, today)
    ]
    context = {
        "page_obj": page,
        "kinds": Qualification.Kind.choices,
        "kind": kind,
        "text": text,
        "legal": legal,
        "lacking": sum(one["reviewer"].standing is Standing.LACKING for one in legal),
        "law": LAW,
        "keeps": request.actor.has(Role.HR),
    }
    return render(request, "certificates/qualifications/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter a qualification."""
    form = QualificationForm(
        request.POST or None,
        initial={"officer": request.GET.get("staff_number", "")[:32]},
        paths=request.actor.scopes(Role.HR),
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid():
        officer = form.cleaned_data["officer"]
        try:
            enter(officer=officer, document=form.document(), by=request.actor, at=clock.now())
        except QualificationRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Entered for %(name)s.") % {"name": officer.name})
            return redirect("certificates:qualifications")
    return render(request, "certificates/qualifications/new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def strike(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask why, then strike out."""
    found = get_object_or_404(Qualification.objects.select_related("officer"), uid=uid, struck_at=None)
    if not rights.may_keep(request.actor, unit_path_of(found.officer, clock.today())):
        raise Http404
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            strike_out(
                qualification=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except NoReason as error:
            form.add_error("reason", str(error))
        except QualificationRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Struck out. It counts no longer and stays readable."))
            return redirect("certificates:qualifications")
    return render(request, "certificates/qualifications/strike.html", {"form": form, "one": found})
