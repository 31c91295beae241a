"""Who is out of the base of their unit: by name, reason, approver and last day."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.ratings.forms.records import ExclusionForm, WithdrawForm
from certificates.ratings.models import Exclusion
from certificates.ratings.permissions import records as rights
from certificates.ratings.queries import exclusions as reading
from certificates.ratings.queries.records import whereabouts
from certificates.ratings.services.exclusions import exclude, withdraw_exclusion
from certificates.ratings.services.records import RecordRefused
from lianbing.kit import clock
from lianbing.people.queries import latest_appointments
from lianbing.people.request import Request

PER_PAGE = 50


@require_GET
def exclusions(request: Request) -> HttpResponse:
    """Who is out of the base in one's units, now or at any time."""
    today, scopes = clock.today(), rights.reading_scopes(request.actor)
    found = reading.in_units(scopes, today)
    everything = request.GET.get("all") == "1"
    page = Paginator(found if everything else reading.holding(found, today), PER_PAGE).get_page(
        request.GET.get("page")
    )
    places = latest_appointments([row.officer for row in page], today)
    keeping = rights.keeping_scopes(request.actor)
    context = {
        "page_obj": page,
        "rows": [
            {
                "exclusion": row,
                "place": places.get(row.officer_id),
                "holds": row.holds_on(today),
                "over": row.until_on < today or row.withdrawn_at is not None,
            }
            for row in page
        ],
        "everything": everything,
        "keeps": bool(keeping),
    }
    return render(request, "ratings/records/exclusions.html", context)


@require_http_methods(["GET", "POST"])
def exclusion_new(request: Request) -> HttpResponse:
    """Leave somebody out of the base for a while."""
    form = ExclusionForm(
        request.POST or None, paths=rights.keeping_scopes(request.actor), today=clock.today()
    )
    if request.method == "POST" and form.is_valid():
        try:
            exclude(**form.cleaned_data, by=request.actor, at=clock.now())
        except RecordRefused as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Out of the base from the next gathering on."))
            return redirect("ratings:exclusions")
    return render(request, "ratings/records/exclusion_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def exclusion_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Count somebody in the base again."""
    found = get_object_or_404(Exclusion.objects.select_related("officer"), uid=uid)
    if not rights.may_keep(request.actor, whereabouts(found.officer, clock.today()), found.officer_id):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_exclusion(
                exclusion=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except RecordRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Counted again from the next gathering on."))
            return redirect("ratings:exclusions")
    return render(request, "ratings/records/exclusion_withdraw.html", {"exclusion": found, "form": form})
