"""Campaigns: the public page, the organisers' calendar and desk, the report."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.contests.forms.campaigns import ACTIVITIES, ActivityForm, CampaignForm, GoalForm, MaterialForm
from exams.contests.models import Campaign, CampaignMaterial
from exams.contests.permissions.quiz import may_organise, organising_scopes
from exams.contests.queries import campaigns as queries
from exams.contests.queries.quiz import stage_of as quiz_stage_of
from exams.contests.rendering.campaigns import report_pdf
from exams.contests.rendering.quiz import PRESETS
from exams.contests.rules import campaigns as rules
from exams.contests.services import campaigns as services
from exams.contests.services.campaigns import CampaignRefused
from exams.contests.views.quiz_desk import code_for, public_address
from exams.contests.views.quiz_gate import busy, too_many
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 40


@never_cache
@require_GET
def campaign(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The public page: what it is about, what to read, which quizzes are open. It opens and closes by its days."""
    now = clock.now()
    if too_many(request, "read", now):
        return busy(request)
    found = queries.public_campaign(uid)
    if found is None:
        raise Http404
    stage = queries.stage_of(found, clock.today())
    shown = stage is not rules.Stage.COMING
    context = {
        "campaign": found,
        "stage": stage,
        "materials": queries.materials_of(found) if shown else [],
        "quizzes": [(one, quiz_stage_of(one, now)) for one in queries.quizzes_of(found)] if shown else [],
    }
    return render(request, "contests/campaigns/public.html", context)


def _followed(request: Request, uid: uuid.UUID) -> Campaign:
    """A campaign whose desk the actor sees. Any other does not exist for them."""
    return get_object_or_404(queries.followed(request.actor), uid=uid)


def _own(request: Request, uid: uuid.UUID) -> Campaign:
    """A campaign the actor organises."""
    found = _followed(request, uid)
    if not may_organise(request.actor, found.unit.path):
        raise Http404
    return found


@require_GET
def campaigns(request: Request) -> HttpResponse:
    """The calendar of the yearly days to come, and the campaigns of one's units."""
    today = clock.today()
    page = Paginator(queries.followed(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(one, queries.stage_of(one, today)) for one in page.object_list],
        "calendar": queries.calendar(request.actor, today),
        "organises": bool(organising_scopes(request.actor)),
    }
    return render(request, "contests/campaigns/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new campaign; `?day=` names the yearly day it is held for."""
    return _form(request, None, _("New campaign"))


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a campaign."""
    found = _own(request, uid)
    return _form(request, found, found.title)


def _form(request: Request, found: Campaign | None, title: str) -> HttpResponse:
    form = CampaignForm(
        request.POST or None,
        instance=found,
        actor=request.actor,
        initial=_preset(request) if not found else None,
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        try:
            saved = services.save_campaign(values=values, by=request.actor, at=clock.now(), campaign=found)
            return redirect("contests:campaign_desk", saved.uid)
        except CampaignRefused as error:
            form.add_error(None, str(error))
    return render(request, "contests/campaigns/edit.html", {"form": form, "title": title})


def _preset(request: Request) -> dict[str, object]:
    """What the form begins with when it was opened from the calendar."""
    code = request.GET.get("day", "")
    span = next((one for one in rules.coming(clock.today()) if one.preset.code == code), None)
    if span is None:
        return {}
    title = f"{span.first.year} {PRESETS[code]}"
    return {"preset": code, "starts_on": span.first, "ends_on": span.last, "title": title}


@require_GET
def desk(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One campaign: its page, what is to be read there, its quizzes, what was planned and done."""
    found = _followed(request, uid)
    now = clock.now()
    address = public_address("contests:campaign", found.uid)
    context = {
        "campaign": found,
        "stage": queries.stage_of(found, clock.today()),
        "organises": may_organise(request.actor, found.unit.path),
        "materials": queries.materials_of(found),
        "quizzes": [(one, quiz_stage_of(one, now)) for one in found.quizzes.select_related("stop")],
        "goals": queries.goals_of(found),
        "material_form": MaterialForm(),
        "goal_form": GoalForm(),
        "activity_form": ActivityForm(campaign=found),
        "activities": ACTIVITIES,
        "address": address,
        "code": code_for(address),
    }
    return render(request, "contests/campaigns/desk.html", context)


@require_POST
def publish(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put a campaign before the public, or take it back."""
    found = _own(request, uid)
    public = request.POST.get("public") == "1"
    services.publish(campaign=found, public=public, by=request.actor, at=clock.now())
    done = _("Published. It opens and closes by itself.") if public else _("Taken back: nobody can open it.")
    messages.success(request, done)
    return redirect("contests:campaign_desk", uid)


def _say_errors(request: Request, form: MaterialForm | GoalForm | ActivityForm) -> None:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label} {' '.join(map(str, errors))}".strip())


@require_POST
def material(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put something to read on the page."""
    found = _own(request, uid)
    form = MaterialForm(request.POST)
    if form.is_valid():
        services.add_material(campaign=found, values=form.values(), by=request.actor, at=clock.now())
    else:
        _say_errors(request, form)
    return redirect("contests:campaign_desk", uid)


@require_POST
def material_remove(request: Request, pk: int) -> HttpResponse:
    """Take something off the page."""
    one = get_object_or_404(CampaignMaterial.objects.select_related("campaign"), pk=pk)
    found = _own(request, one.campaign.uid)
    services.remove_material(material=one, by=request.actor, at=clock.now())
    return redirect("contests:campaign_desk", found.uid)


@require_POST
def goal(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Plan an activity with its number."""
    found = _own(request, uid)
    form = GoalForm(request.POST)
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("contests:campaign_desk", uid)
    data = form.cleaned_data
    try:
        services.set_goal(
            campaign=found, activity=data["activity"], target=data["target"], by=request.actor, at=clock.now()
        )
    except CampaignRefused as error:
        messages.error(request, str(error))
    return redirect("contests:campaign_desk", uid)


@require_POST
def activity(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write down an activity that took place."""
    found = _own(request, uid)
    form = ActivityForm(request.POST, campaign=found)
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("contests:campaign_desk", uid)
    try:
        services.record_activity(**form.cleaned_data, by=request.actor, at=clock.now())
    except CampaignRefused as error:
        messages.error(request, str(error))
    return redirect("contests:campaign_desk", uid)


@require_GET
def report(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The report of a campaign as PDF."""
    found = _followed(request, uid)
    data = report_pdf(found, queries.report(found), clock.now())
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="campaign-report.pdf"'
    return response
