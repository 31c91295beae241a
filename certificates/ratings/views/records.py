"""Honours, sanctions, measures and findings: the list, one of them, recording and taking back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from certificates.ratings.forms.records import RecordFilter, RecordForm, WithdrawForm
from certificates.ratings.models import Record
from certificates.ratings.models.records import KIND_LABELS
from certificates.ratings.permissions import records as rights
from certificates.ratings.queries import records as reading
from certificates.ratings.rules.records import Kind, Standing
from certificates.ratings.services.records import RecordRefused, record, withdraw
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.request import Request

PER_PAGE = 50
STANDING_LABELS = {
    Standing.IN_FORCE: pgettext_lazy("record", "In force"),
    Standing.AHEAD: gettext_lazy("Not yet in force"),
    Standing.LAPSED: pgettext_lazy("record", "Lapsed"),
    Standing.WITHDRAWN: gettext_lazy("Withdrawn"),
}
TONES = {Kind.HONOUR: "ok", Kind.SANCTION: "bad", Kind.MEASURE: "warn", Kind.FINDING: "info"}


def _lines(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "record": one,
            "kind": KIND_LABELS[Kind(one.kind)],
            "tone": TONES[Kind(one.kind)],
            "standing": STANDING_LABELS[Standing(one.standing)],
            "holds": one.standing == Standing.IN_FORCE,
        }
        for one in rows
    ]


@require_GET
def records(request: Request) -> HttpResponse:
    """What is recorded of one's units and their people, the newest first."""
    today, actor = clock.today(), request.actor
    scopes, keeping = rights.reading_scopes(actor), rights.keeping_scopes(actor)
    form = RecordFilter(
        request.GET, paths=scopes, standings=[(s.value, label) for s, label in STANDING_LABELS.items()]
    )
    asked = form.asked()
    found = reading.in_units([asked["unit"].path] if asked["unit"] else scopes, today)
    found = reading.without_lapsed_measures(found, keeping, today)
    if asked["q"]:
        found = reading.searched(found, asked["q"])
    if asked["standing"]:
        found = found.filter(standing=asked["standing"])
    if asked["kind"]:
        found = found.filter(kind=asked["kind"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": _lines(page),
        "form": form,
        "keeps": bool(keeping),
        "imports": rights.may_import(actor),
        "kinds": KIND_LABELS.items(),
    }
    return render(request, "ratings/records/list.html", context)


@require_GET
def records_mine(request: Request) -> HttpResponse:
    """What is recorded of me, and what I answer for."""
    officer = Officer.objects.filter(pk=request.actor.officer_id or 0).first()
    found = reading.of_people(identities(officer), clock.today()) if officer else Record.objects.none()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "ratings/records/mine.html", {"page_obj": page, "rows": _lines(page), "officer": officer}
    )


def _load(request: Request, uid: uuid.UUID) -> tuple[Any, str]:
    """The record and the place that decides about it, or 404 for whoever may not see it."""
    today = clock.today()
    found = reading.by_uid(uid, today)
    if found is None:
        raise Http404
    place = reading.place_of_record(found, today)
    if not rights.may_read(request.actor, found, place):
        raise Http404
    if found.standing != Standing.IN_FORCE and not rights.sees_lapsed(request.actor, found, place):
        raise Http404
    return found, place


@require_GET
def record_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One record with where it comes from."""
    found, place = _load(request, uid)
    withdrawn = found.standing == Standing.WITHDRAWN
    context = {
        "line": _lines([found])[0],
        "record": found,
        "withdrawal": found.withdrawal if withdrawn else None,
        "withdraws": not withdrawn
        and rights.may_keep(request.actor, place, found.officer_id, found.leader_id),
        "own": rights.is_own(request.actor, found),
        "reads": request.actor.has(*rights.READERS),
    }
    return render(request, "ratings/records/record.html", context)


@require_http_methods(["GET", "POST"])
def record_new(request: Request, kind: str) -> HttpResponse:
    """Record an honour, a sanction, a measure or a finding."""
    if kind not in list(Kind):
        raise Http404
    form = RecordForm(
        request.POST or None,
        kind=Kind(kind),
        paths=rights.keeping_scopes(request.actor),
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = record(draft=form.draft(), by=request.actor, at=clock.now())
        except RecordRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Recorded."))
            return redirect(made)
    context = {"form": form, "kind": kind, "label": KIND_LABELS[Kind(kind)], "kinds": KIND_LABELS.items()}
    return render(request, "ratings/records/new.html", context)


@require_http_methods(["GET", "POST"])
def record_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask why, then take it back."""
    found, place = _load(request, uid)
    if not rights.may_keep(request.actor, place, found.officer_id, found.leader_id):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(record=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
            messages.success(request, _("Taken back. It stays readable with the reason."))
            return redirect(found)
        except RecordRefused as error:
            form.add_error(None, str(error))
    return render(request, "ratings/records/withdraw.html", {"record": found, "form": form})
