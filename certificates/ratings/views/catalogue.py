"""The catalogue of indicators: what is measured, in words, with its versions and the schemes that use it."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.ratings.forms.indicators import IndicatorForm
from certificates.ratings.models import Indicator
from certificates.ratings.models.labels import KIND_LABELS, SOURCE_LABELS
from certificates.ratings.permissions.pages import sets_rules
from certificates.ratings.queries.schemes import catalogue, newest_version, rules_of, uses_of
from certificates.ratings.rendering.words import formula
from certificates.ratings.rules import catalogue as rules
from certificates.ratings.rules.indicators import Indicator as Rules
from certificates.ratings.rules.words import Kind
from certificates.ratings.services import catalogue as services
from lianbing.kit import clock
from lianbing.people.request import Request

TONES = {Kind.SCORE: "info", Kind.BONUS: "ok", Kind.DEDUCTION: "warn", Kind.VETO: "bad"}


def _told(found: Rules) -> dict[str, Any]:
    return {
        "rules": found,
        "kind": KIND_LABELS[found.kind],
        "source": SOURCE_LABELS[found.source],
        "formula": formula(found, found.full if found.kind is Kind.SCORE else Decimal(1)),
        "tone": TONES[found.kind],
    }


@require_safe
def indicators(request: Request) -> HttpResponse:
    """The whole catalogue with its formulas, and what the law refuses."""
    rows = [{"entry": one, **_told(one.rules)} for one in catalogue()]
    context = {
        "rows": rows,
        "retired": [{"entry": one, **_told(one.rules)} for one in catalogue(retired=True)],
        "sets": sets_rules(request.actor),
        "law": rules.LAW,
    }
    return render(request, "ratings/indicators.html", context)


@require_safe
def indicator(request: Request, code: str) -> HttpResponse:
    """One indicator: every version in words, and the schemes that use it."""
    found = get_object_or_404(Indicator, code=code)
    versions = [
        {"version": one, **_told(rules_of(one, found.code))} for one in found.versions.order_by("-number")
    ]
    uses = [
        {"version": one, "line": next(x for x in one.spec["lines"] if x["code"] == found.code)}
        for one in uses_of(found)
    ]
    context = {
        "indicator": found,
        "title": versions[0]["rules"].title,
        "versions": versions,
        "uses": uses,
        "sets": sets_rules(request.actor),
    }
    return render(request, "ratings/indicator.html", context)


@require_http_methods(["GET", "POST"])
def indicator_new(request: Request) -> HttpResponse:
    """A new indicator."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: Request, code: str) -> HttpResponse:
    """Another version of an indicator, or its draft."""
    return _edit(request, get_object_or_404(Indicator, code=code))


def _edit(request: Request, known: Indicator | None) -> HttpResponse:
    if not sets_rules(request.actor):
        raise Http404
    newest = newest_version(known) if known else None
    number = 1 if newest is None else newest.number + (newest.frozen_at is not None)
    form = IndicatorForm(
        request.POST or None,
        known=rules_of(newest, known.code) if newest and known else None,
        number=number,
    )
    made: Rules | None = None
    if request.method == "POST" and form.is_valid():
        made = form.indicator()
        if not request.htmx and "save" in request.POST:
            if known is None and Indicator.objects.filter(code=made.code).exists():
                form.add_error("code", _("There is an indicator with this code already."))
            elif _saved(form, made, request):
                messages.success(request, _("Saved. Schemes take it when they are changed next."))
                return redirect("ratings:indicator", made.code)
        else:
            form.refuse(rules.check(made))
    context = {
        "form": form,
        "indicator": known,
        "newest": newest,
        "told": _told(made) if made and not form.errors else None,
        "law": rules.LAW,
    }
    name = "ratings/_indicator_form.html" if request.htmx else "ratings/indicator_edit.html"
    return render(request, name, context)


def _saved(form: IndicatorForm, made: Rules, request: Request) -> bool:
    try:
        services.save(indicator=made, by=request.actor, at=clock.now())
    except services.IndicatorRefused as refused:
        form.refuse(refused.problems)
        return False
    except services.CatalogueBusy as busy:
        form.add_error(None, str(busy))
        return False
    return True


@require_POST
def indicator_retire(request: Request, code: str) -> HttpResponse:
    """Take an indicator out of the catalogue, or put it back."""
    found = get_object_or_404(Indicator, code=code)
    if not sets_rules(request.actor):
        raise Http404
    back = found.retired_at is not None
    services.retire(indicator=found, by=request.actor, at=clock.now(), back=back)
    messages.success(
        request,
        _("It stands in the catalogue again.")
        if back
        else _("Taken out of the catalogue. Schemes that use it go on."),
    )
    return redirect("ratings:indicators")
