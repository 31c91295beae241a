"""The list of contests, the page of one, and setting one up."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams.contests import rounds
from exams.contests.forms.contests import ContestForm
from exams.contests.models import Contest, Match
from exams.contests.permissions.authoring import ORGANISERS, organises, sees_items
from exams.contests.queries import contests as reading
from exams.contests.queries.matches import roles_at
from exams.contests.rendering.rules_told import preset_cards, told
from exams.contests.rules import presets
from exams.contests.rules.rulebook import to_json
from exams.contests.services import authoring
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.views.common import own, readable
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 20


@require_safe
def home(request: Request) -> HttpResponse:
    """Contests running, coming and past; for organisers their drafts among them."""
    page = Paginator(reading.past(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    ahead = reading.cards(request.actor, list(reading.coming(request.actor)[: reading.MOST_COMING]))
    context = {
        "page_obj": page,
        "past": reading.cards(request.actor, list(page.object_list)),
        "running": [one for one in ahead if one.state == "running"],
        "coming": [one for one in ahead if one.state == "coming"],
        "drafts": [one for one in ahead if one.state == "draft"],
        "sets": request.actor.has(*ORGANISERS),
    }
    return render(request, "contests/home.html", context)


@require_safe
def contest(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One contest for everybody: its rules in words, teams, matches and results."""
    found = readable(request, uid)
    sets = organises(request.actor, found)
    roles = roles_at(found, request.actor)
    matches = reading.matches_of(found)
    context: dict[str, Any] = {
        "contest": found,
        "rules": told(found.rulebook),
        "matches": matches,
        "teams": reading.teams_of(found),
        "sets": sets and found.state != Contest.State.ENDED,
        "organises": sets,
        "roles": roles,
        "hosts": bool({"host", "chief_referee"} & roles),
        "judges": bool({"judge", "chief_referee"} & roles),
        "running": [one for one in matches if one.phase == Match.Phase.RUNNING],
        "staff": reading.staff_of(found),
        "steps": reading.steps(found, matches) if sets else [],
        "eyes": {one.pk for one in matches if sets and sees_items(request.actor, one)} if sets else set(),
    }
    return render(request, "contests/contest.html", context)


@require_safe
def new(request: Request) -> HttpResponse:
    """Choose the rules to begin with."""
    return render(request, "contests/new.html", {"presets": preset_cards()})


@require_http_methods(["GET", "POST"])
def new_from(request: Request, preset: str) -> HttpResponse:
    """A new contest with these rules, which can be changed afterwards."""
    book = presets.PRESETS.get(preset)
    if book is None:
        raise Http404
    kind = Contest.Kind.CLASSROOM if preset == "classroom" else Contest.Kind.KNOWLEDGE
    form = ContestForm(request.POST or None, actor=request.actor, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        try:
            made = authoring.save_contest(
                values=_values(form), rulebook=to_json(rounds.parse(book)), by=request.actor, at=clock.now()
            )
            messages.success(
                request, _("The contest is a draft that only organisers see. Go through the steps.")
            )
            return redirect("contests:contest", made.uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    card = next(one for one in preset_cards() if one.name == preset)
    return render(request, "contests/edit.html", {"form": form, "contest": None, "card": card})


def _values(form: ContestForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in authoring.FIELDS}


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change title, time, place, bank and heat."""
    found = own(request, uid)
    form = ContestForm(request.POST or None, instance=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            authoring.save_contest(values=_values(form), by=request.actor, at=clock.now(), contest=found)
            messages.success(request, _("Saved."))
            return redirect("contests:contest", uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    return render(request, "contests/edit.html", {"form": form, "contest": found, "card": None})


def _do(request: Request, uid: uuid.UUID, service: Any, done: str) -> HttpResponse:
    found = own(request, uid)
    try:
        service(contest=found, by=request.actor, at=clock.now())
        messages.success(request, done)
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:contest", uid)


@require_POST
def announce(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Show it to everybody."""
    return _do(
        request, uid, authoring.announce, _("The contest is announced: everybody reads its rules and teams.")
    )


@require_POST
def take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Make it a draft again."""
    return _do(request, uid, authoring.take_back, _("The contest is a draft again."))


@require_POST
def end(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Close it for good."""
    return _do(request, uid, authoring.end, _("The contest is closed."))


@require_http_methods(["GET", "POST"])
def discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    found = own(request, uid)
    if request.method == "POST":
        try:
            authoring.discard(contest=found, by=request.actor, at=clock.now())
        except AuthoringRefused as refused:
            messages.error(request, refused.text)
            return redirect("contests:contest", uid)
        messages.success(request, _("The draft is thrown away."))
        return redirect("contests:home")
    return render(request, "contests/discard.html", {"contest": found})
