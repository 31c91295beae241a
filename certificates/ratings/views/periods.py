"""The desk of periods: what is assessed when, and the steps from the evidence to the closed period."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.ratings.forms.periods import ConfirmForm, NoteForm, PeriodForm, PublishForm, ReasonForm
from certificates.ratings.models import Period
from certificates.ratings.models.labels import SOURCE_LABELS
from certificates.ratings.permissions.pages import confirms, reading_scopes, runs
from certificates.ratings.queries import desk
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.rendering.steps import ACT_WORDS, FORWARD, PHASE_TONES, act_title, steps_of
from certificates.ratings.services import gathering, periods
from certificates.ratings.services.refusals import Refused
from certificates.ratings.state import Act, Phase, legal
from certificates.ratings.views.common import dressed, readable_period, sees_unpublished
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Actor, Role

PER_PAGE = 30
MIDDLE = "<!-- the steps -->"
FORMS: dict[Act, Callable[..., Form] | None] = {
    Act.COMPUTED: None,
    Act.REVIEWED: NoteForm,
    Act.CONFIRMED: ConfirmForm,
    Act.PUBLISHED: PublishForm,
    Act.LOCKED: None,
    Act.REOPENED: ReasonForm,
    Act.CORRECTED: ReasonForm,
}


@require_safe
def period_list(request: Request) -> HttpResponse:
    """Every period the reader has to do with, newest first."""
    rows = desk.periods_in(reading_scopes(request.actor))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for period in page.object_list:
        tone = PHASE_TONES[Phase(period.phase)]
        dressed(period, name=period_name(period.kind, period.first), tone=tone)
    return render(request, "ratings/periods.html", {"page_obj": page, "opens": request.actor.has(Role.HR)})


@require_http_methods(["GET", "POST"])
def period_new(request: Request) -> HttpResponse:
    """Open a period."""
    form = PeriodForm(request.POST or None, actor=request.actor, today=clock.today())
    if request.method == "POST" and form.is_valid():
        kind, first = form.chosen()
        try:
            made = periods.open_period(
                scheme=form.cleaned_data["scheme"],
                kind=kind,
                first=first,
                unit=form.cleaned_data["unit"],
                by=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("The period is open. Next: gather the evidence."))
            return redirect("ratings:period", made.uid)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "ratings/period_new.html", {"form": form})


@require_safe
def period_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One period: its steps with who did what when, what may be done now, its statements and figures."""
    period = readable_period(request, uid)
    told, works = desk.statements_of(period), sees_unpublished(request, period)
    shown = told if works else [one for one in told if one.published_at]
    events = list(period.events.select_related("statement").order_by("pk")) if works else []
    acts = _may(request.actor, period)
    context = {
        "period": period,
        "name": period_name(period.kind, period.first),
        "told": shown,
        "newest": shown[0] if shown else None,
        "figures": desk.figures_of(shown[0].statement, reading_scopes(request.actor)) if shown else None,
        "steps": steps_of(period, events) if works else [],
        "history": events[::-1],
        "in_force": next((one for one in shown if one.published_at), None),
        "acts": [(act, ACT_WORDS[act]) for act in acts],
        "next_act": next((act for act in acts if act in FORWARD), None),
        "gathers": runs(request.actor, period) and Act.GATHERED in legal(Phase(period.phase)),
        "waiting": desk.appeals_in(reading_scopes(request.actor), "filed")
        .filter(result__statement__period=period)
        .count(),
    }
    return render(request, "ratings/period.html", context)


def _may(actor: Actor, period: Period) -> list[Act]:
    """The acts this person may do now, gathering apart."""
    found = [act for act in legal(Phase(period.phase)) if act in FORMS]
    return [act for act in found if (confirms if act == Act.CONFIRMED else runs)(actor, period)]


@require_http_methods(["GET", "POST"])
def period_do(request: Request, uid: uuid.UUID, act: str) -> HttpResponse:
    """One step, with what it means and what it asks. Nothing happens before the button."""
    period = readable_period(request, uid)
    wanted = next((one for one in _may(request.actor, period) if one.value == act), None)
    if wanted is None:
        if request.method == "GET" and act in set(FORMS) and confirms(request.actor, period):
            messages.warning(request, _("This step is not what comes next."))
            return redirect("ratings:period", uid)
        raise Http404
    form = _form(wanted, request)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(period, wanted, form.cleaned_data if form else {}, request.actor, clock.now())
            messages.success(request, str(ACT_WORDS[wanted].done))
            return redirect("ratings:period", uid)
        except Refused as refused:
            messages.error(request, str(refused))
    told = desk.statements_of(period)
    context = {
        "period": period,
        "name": period_name(period.kind, period.first),
        "form": form,
        "words": ACT_WORDS[wanted],
        "title": act_title(wanted),
        "newest": told[0] if told and wanted not in (Act.COMPUTED, Act.CORRECTED) else None,
        "figures": desk.figures_of(told[0].statement, [period.unit.path]) if told else None,
    }
    return render(request, "ratings/period_do.html", context)


def _form(act: Act, request: Request) -> Form | None:
    made = FORMS[act]
    if made is None:
        return None
    extra: dict[str, Any] = {"today": clock.today()} if act == Act.PUBLISHED else {}
    initial = {"reason": request.GET.get("reason", "")[:300]}
    return made(request.POST if request.method == "POST" else None, initial=initial, **extra)


def _do(period: Period, act: Act, said: dict[str, Any], by: Actor, at: datetime.datetime) -> None:
    if act == Act.COMPUTED:
        periods.compute(period=period, by=by, at=at)
    elif act == Act.REVIEWED:
        periods.review(period=period, by=by, at=at, reason=said["reason"])
    elif act == Act.CONFIRMED:
        periods.confirm(period=period, by=by, at=at)
    elif act == Act.PUBLISHED:
        periods.publish(period=period, by=by, at=at, appeals_until=said["appeals_until"])
    elif act == Act.LOCKED:
        periods.lock(period=period, by=by, at=at)
    elif act == Act.REOPENED:
        periods.reopen(period=period, reason=said["reason"], by=by, at=at)
    else:
        periods.correct(period=period, reason=said["reason"], by=by, at=at)


@require_POST
def period_gather(request: Request, uid: uuid.UUID) -> HttpResponseBase:
    """Gather the evidence. The page grows line by line while it works; leaving it and coming again does no harm."""
    period = readable_period(request, uid)
    if not runs(request.actor, period) or Act.GATHERED not in legal(Phase(period.phase)):
        raise Http404
    context = {"period": period, "name": period_name(period.kind, period.first), "middle": MIDDLE}
    head, tail = render_to_string("ratings/gathering.html", context, request).split(MIDDLE)
    steps = gathering.gathering(period=period, by=request.actor, at=clock.now())
    return StreamingHttpResponse(_lines(head, steps, tail), headers={"X-Accel-Buffering": "no"})


def _lines(head: str, steps: Iterator[Any], tail: str) -> Iterator[str]:
    """The page in pieces. What goes wrong on the way becomes a line of it: its beginning is sent already."""
    yield head
    try:
        for step in steps:
            yield format_html(
                '<li class="list-row"><span>{}</span><span class="num">{} / {}</span></li>',
                SOURCE_LABELS[step.source],
                step.done,
                step.total,
            )
    except Refused as refused:
        yield format_html('<li class="alert alert-bad">{}</li>', str(refused))
    yield tail
