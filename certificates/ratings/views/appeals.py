"""Appeals: the form of the person concerned, the desk of those who decide."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.ratings.forms.periods import AppealForm, DecisionForm
from certificates.ratings.models import Appeal
from certificates.ratings.permissions.pages import reading_scopes, runs
from certificates.ratings.queries import desk
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.rendering.results import APPEAL_TONES
from certificates.ratings.services import appeals as services
from certificates.ratings.state import Act, Phase, legal
from certificates.ratings.views.common import dressed, readable_appeal, readable_result
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def appeal(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Appeal against one's own result."""
    result, _mine = readable_result(request, uid)
    now = clock.now()
    if why := services.why_not(result=result, by=request.actor, at=now):
        messages.error(request, why)
        return redirect(result)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.file(result=result, text=form.cleaned_data["text"], by=request.actor, at=now)
            messages.success(request, _("Your appeal is on record. You read the decision here."))
            return redirect("ratings:appeal_page", made.uid)
        except services.AppealRefused as refused:
            form.add_error(None, str(refused))
    period = result.statement.period
    context = {
        "form": form,
        "result": result,
        "period": period,
        "name": period_name(period.kind, period.first),
    }
    return render(request, "ratings/appeal.html", context)


@require_safe
def appeals(request: Request) -> HttpResponse:
    """The appeals of those one looks after, the open ones first."""
    state = request.GET.get("state", "")
    rows = desk.appeals_in(reading_scopes(request.actor), state if state in Appeal.State else "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for one in page.object_list:
        period = one.result.statement.period
        tone = APPEAL_TONES[Appeal.State(one.state)]
        dressed(one, name=period_name(period.kind, period.first), tone=tone)
    context = {"page_obj": page, "state": state, "states": [("", _("All")), *Appeal.State.choices]}
    return render(request, "ratings/appeals.html", context)


@require_http_methods(["GET", "POST"])
def appeal_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One appeal with its decision, or the form to decide it."""
    found, mine = readable_appeal(request, uid)
    result, period = found.result, found.result.statement.period
    barred = services.why_not_decide(appeal=found, by=request.actor)
    decides = not barred and found.state == Appeal.State.FILED
    form = DecisionForm(request.POST if request.method == "POST" else None) if decides else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                services.decide(appeal=found, by=request.actor, at=clock.now(), **form.cleaned_data)
                messages.success(request, _("Decided. The person reads it at once."))
                return redirect("ratings:appeal_page", uid)
            except services.AppealRefused as refused:
                form.add_error(None, str(refused))
    dressed(found, tone=APPEAL_TONES[Appeal.State(found.state)])
    upheld = found.state == Appeal.State.UPHELD
    context = {
        "appeal": found,
        "result": result,
        "period": period,
        "name": period_name(period.kind, period.first),
        "form": form,
        "barred": barred if not mine and found.state == Appeal.State.FILED else "",
        "withdraws": found.state == Appeal.State.FILED and services.concerns(result, request.actor),
        "corrects": upheld and runs(request.actor, period) and Act.CORRECTED in legal(Phase(period.phase)),
        # Without the name: others whose results stand in the same statement may come to read it.
        "reason": _("An appeal was upheld: %(decision)s") % {"decision": found.decision[:200]},
    }
    return render(request, "ratings/appeal_page.html", context)


@require_POST
def appeal_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take one's own appeal back."""
    found, _mine = readable_appeal(request, uid)
    try:
        services.withdraw(appeal=found, by=request.actor, at=clock.now())
        messages.success(request, _("The appeal is withdrawn."))
    except services.AppealRefused as refused:
        messages.error(request, str(refused))
    return redirect("ratings:appeal_page", uid)
