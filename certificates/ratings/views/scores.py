"""Scores from outside: the list, one of them with the row it came from, taking it back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.ratings.forms.files import ScoreFilter
from certificates.ratings.forms.records import WithdrawForm
from certificates.ratings.models import ImportedScore
from certificates.ratings.permissions import records as rights
from certificates.ratings.queries import scores as reading
from certificates.ratings.queries.records import whereabouts
from certificates.ratings.services.records import RecordRefused
from certificates.ratings.services.scores import withdraw_score
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50


@require_GET
def scores(request: Request) -> HttpResponse:
    """The newest number of every score of one's units and their people."""
    form = ScoreFilter(request.GET)
    form.is_valid()
    found = reading.in_units(rights.reading_scopes(request.actor), clock.today())
    if source := form.cleaned_data.get("source"):
        found = found.filter(source=source)
    if text := (form.cleaned_data.get("q") or "").strip():
        found = reading.searched(found, text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "imports": rights.may_import(request.actor)}
    return render(request, "ratings/records/scores.html", context)


def _load(request: Request, uid: uuid.UUID) -> tuple[ImportedScore, str]:
    """The score and the place that decides about it, or 404 for whoever may not see it."""
    score = get_object_or_404(ImportedScore.objects.select_related("officer", "unit"), uid=uid)
    place = whereabouts(score.officer, clock.today()) or score.unit.path
    known = {score.officer.pk, score.officer.merged_into_id} if score.officer else set()
    own = request.actor.officer_id is not None and request.actor.officer_id in known
    unit_s = score.officer_id is None and request.actor.unit_path.startswith(score.unit.path)
    if not (own or unit_s or request.actor.covers(place, *rights.READERS)):
        raise Http404
    return score, place


@require_GET
def score_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One score, the row it came from, and what stood before it."""
    score, place = _load(request, uid)
    numbers = reading.history(score)
    context: dict[str, Any] = {
        "score": score,
        "numbers": numbers,
        "newest": numbers[0],
        "withdraws": numbers[0].pk == score.pk
        and not score.gone
        and rights.may_keep(request.actor, place, score.officer_id),
        "reads": request.actor.has(*rights.READERS),
    }
    return render(request, "ratings/records/score.html", context)


@require_http_methods(["GET", "POST"])
def score_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask why, then take it back."""
    score, place = _load(request, uid)
    if not rights.may_keep(request.actor, place, score.officer_id):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = withdraw_score(
                score=score, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except RecordRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Taken back. It stays readable with the reason."))
            return redirect(made)
    return render(request, "ratings/records/score_withdraw.html", {"score": score, "form": form})
