"""Assessment schemes: read by everybody once adopted, written and adopted by HR of the bureau."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.ratings.forms.schemes import AdoptForm, NewSchemeForm, SchemeForm
from certificates.ratings.models import Scheme, SchemeVersion
from certificates.ratings.permissions.pages import reading_scopes, sets_rules
from certificates.ratings.queries.schemes import catalogue, indicators_of, scheme_of, schemes_with_versions
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.rendering.problems import problem_text
from certificates.ratings.rendering.schemes import told
from certificates.ratings.rules import presets
from certificates.ratings.rules.schemes import check
from certificates.ratings.services import preview as previewing
from certificates.ratings.services import schemes as services
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50


@require_safe
def schemes(request: Request) -> HttpResponse:
    """Every scheme with what is in force; drafts for those who write them."""
    sets = sets_rules(request.actor)
    rows = [row for row in schemes_with_versions() if sets or row["adopted"]]
    return render(request, "ratings/schemes.html", {"rows": rows, "sets": sets})


@require_safe
def scheme(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A scheme in words: one version whole, the others to choose."""
    found = get_object_or_404(Scheme, uid=uid)
    sets = sets_rules(request.actor)
    versions = [one for one in found.versions.all() if sets or one.adopted_at]
    if not versions:
        raise Http404
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), None) or _first(versions)
    shown.scheme = found
    rules = scheme_of(shown)
    indicators = indicators_of(rules)
    draft = next((one for one in versions if one.adopted_at is None), None)
    context = {
        "scheme": found,
        "versions": versions,
        "shown": shown,
        "told": told(rules, indicators),
        "draft": draft,
        "sets": sets,
        "previews": request.actor.has(Role.HR, Role.LEADER),
        "problems": [problem_text(one) for one in check(rules, indicators)] if shown == draft else [],
    }
    return render(request, "ratings/scheme.html", context)


def _first(versions: list[SchemeVersion]) -> SchemeVersion:
    """What a reader wants to see: what is in force or will be; before that the draft."""
    return next((one for one in versions if one.adopted_at), versions[0])


@require_http_methods(["GET", "POST"])
def scheme_new(request: Request) -> HttpResponse:
    """A new scheme from a preset."""
    if not sets_rules(request.actor):
        raise Http404
    form = NewSchemeForm(request.POST or None, initial={"preset": presets.PRESETS[0].code})
    if request.method == "POST" and form.is_valid():
        preset = presets.preset(form.cleaned_data["preset"])
        try:
            made = services.from_preset(
                preset=preset, title=form.cleaned_data["title"], by=request.actor, at=clock.now()
            )
            messages.success(request, _("A draft. Look through it, try it on past data, then adopt it."))
            return redirect("ratings:scheme", made.scheme.uid)
        except services.SchemeRefused as refused:
            form.add_error(None, refused.text or "；".join(map(problem_text, refused.problems)))
    rows = [{"preset": one, "told": told(one.scheme, _own(one))} for one in presets.PRESETS]
    return render(request, "ratings/scheme_new.html", {"form": form, "rows": rows})


def _own(preset: presets.Preset) -> dict[Any, Any]:
    return {(one.code, one.version): one for one in preset.indicators}


def _draft(request: Request, uid: uuid.UUID) -> SchemeVersion:
    """The draft of a scheme for whoever may set it. None there = nothing to find."""
    if not sets_rules(request.actor):
        raise Http404
    rows = SchemeVersion.objects.select_related("scheme")
    return get_object_or_404(rows, scheme__uid=uid, adopted_at=None)


@require_http_methods(["GET", "POST"])
def scheme_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change the draft, or begin one from what is in force."""
    found = get_object_or_404(Scheme, uid=uid)
    if not sets_rules(request.actor):
        raise Http404
    newest = found.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    newest.scheme = found
    if request.method == "POST" and "discard" in request.POST and newest.adopted_at is None:
        services.discard(version=newest, by=request.actor, at=clock.now())
        messages.success(request, _("The draft is thrown away."))
        return redirect("ratings:schemes")
    form = SchemeForm(request.POST or None, scheme=scheme_of(newest), title=found.title, entries=catalogue())
    seen = None
    if request.method == "POST" and form.is_valid():
        rules = form.rules()
        indicators = indicators_of(rules)
        if not request.htmx:
            try:
                services.save_draft(
                    scheme=found,
                    title=form.cleaned_data["title"],
                    rules_=rules,
                    by=request.actor,
                    at=clock.now(),
                )
                messages.success(request, _("The draft is saved."))
                return redirect("ratings:scheme", uid)
            except services.SchemeRefused as refused:
                form.add_error(None, refused.text)
        seen = {
            "told": told(rules, indicators),
            "problems": [problem_text(x) for x in check(rules, indicators)],
        }
    elif request.method == "GET":
        rules = scheme_of(newest)
        indicators = indicators_of(rules)
        seen = {
            "told": told(rules, indicators),
            "problems": [problem_text(x) for x in check(rules, indicators)],
        }
    context = {"scheme": found, "newest": newest, "form": form, "seen": seen}
    name = "ratings/_scheme_seen.html" if request.htmx else "ratings/scheme_edit.html"
    return render(request, name, context)


@require_safe
def scheme_preview(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who would change and why, if the newest version had held in a past period."""
    found = get_object_or_404(Scheme, uid=uid)
    sets, scopes = sets_rules(request.actor), reading_scopes(request.actor)
    versions = [one for one in found.versions.all() if sets or one.adopted_at]
    if not versions:
        raise Http404
    periods = previewing.past_periods(found, scopes)
    wanted = request.GET.get("period", "")
    period = next((one for one in periods if str(one.uid) == wanted), periods[0] if periods else None)
    versions[0].scheme = found
    seen = previewing.preview(version=versions[0], period=period, scopes=scopes) if period else None
    context = {
        "scheme": found,
        "version": versions[0],
        "periods": [(one, period_name(one.kind, one.first)) for one in periods],
        "period": period,
        "preview": seen,
        "page_obj": Paginator(seen.changes if seen else [], PER_PAGE).get_page(request.GET.get("page")),
        "sets": sets and versions[0].adopted_at is None,
    }
    return render(request, "ratings/scheme_preview.html", context)


@require_http_methods(["GET", "POST"])
def scheme_adopt(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put the draft in force."""
    version = _draft(request, uid)
    today = clock.today()
    form = AdoptForm(request.POST or None, initial={"starts_on": today.replace(day=1)})
    if request.method == "POST" and form.is_valid():
        try:
            services.adopt(
                version=version,
                starts_on=form.cleaned_data["starts_on"],
                by=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Adopted. Periods that begin from then on are assessed by it."))
            return redirect("ratings:scheme", uid)
        except services.SchemeRefused as refused:
            for text in [refused.text] if refused.text else map(problem_text, refused.problems):
                form.add_error(None, text)
    context = {
        "form": form,
        "scheme": version.scheme,
        "version": version,
        "problems": [problem_text(one) for one in services.problems_of(version)],
    }
    return render(request, "ratings/scheme_adopt.html", context)
