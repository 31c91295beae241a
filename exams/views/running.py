"""The day of the exam: the live board, extra time, handing in, closing, latecomers, the room list."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exams.forms import ExtendForm, LatecomerForm, ReasonForm
from exams.models import Candidate, Sitting
from exams.permissions import can_act_on, watched_paths
from exams.queries.sittings import board as read_board
from exams.queries.sittings import candidates_watched, state_of
from exams.rendering import latecomer_text, staff_refusal_text
from exams.services import invigilation, papers
from exams.views.setting import own_sitting
from lianbing.kit import clock
from lianbing.people.request import Request


def watched_sitting(request: Request, uid: uuid.UUID) -> Sitting:
    """A frozen sitting of which the actor may watch somebody. Any other does not exist for them."""
    found = Sitting.objects.select_related("unit", "blueprint").filter(papers_frozen_at__isnull=False)
    sitting = get_object_or_404(found, uid=uid)
    paths = watched_paths(request.actor, sitting)
    if paths != [""] and not candidates_watched(request.actor, sitting).exists():
        raise Http404
    return sitting


def _board_context(request: Request, sitting: Sitting) -> dict[str, Any]:
    now = clock.now()
    found = read_board(request.actor, sitting, now)
    show = request.GET.get("show", "")
    return {
        "sitting": sitting,
        "state": state_of(sitting, now),
        "board": found,
        "rows": found.only(show),
        "show": show,
        "questions": sum(line.count for line in sitting.blueprint.lines.all()),
        "everybody": watched_paths(request.actor, sitting) == [""],
        "own_officer": request.actor.officer_id,
        "at": now,
    }


@require_GET
def board(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The live board of a sitting. Asked for by htmx, only what moves."""
    context = _board_context(request, watched_sitting(request, uid))
    return render(request, "exams/_board.html" if request.htmx else "exams/board.html", context)


@require_GET
def room_list(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The list for the door of the room: who is invited, with a place to sign."""
    sitting = watched_sitting(request, uid)
    candidates = list(candidates_watched(request.actor, sitting))
    return render(request, "exams/room_list.html", {"sitting": sitting, "candidates": candidates})


def _act(
    request: Request,
    *,
    sitting: Sitting,
    form: Any,
    title: str,
    submit: str,
    act: Callable[[], str],
    danger: bool = False,
) -> HttpResponse:
    """A form that asks for a reason, and the act that follows; refusals come back beside the form."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
            return redirect("exams:board", sitting.uid)
        except invigilation.Refused as refused:
            form.add_error(None, staff_refusal_text(refused.code))
        except papers.CannotAdd as refused:
            form.add_error(None, latecomer_text(refused.code))
        except papers.Shortfall:
            form.add_error(None, latecomer_text("shortfall"))
    context = {"sitting": sitting, "form": form, "title": title, "submit": submit, "danger": danger}
    return render(request, "exams/act.html", context)


def _candidate(request: Request, uid: uuid.UUID) -> Candidate:
    """A candidate one may act on. Oneself and people elsewhere do not exist for this."""
    found = Candidate.objects.select_related("sitting__unit", "unit", "attempt")
    candidate = get_object_or_404(found, uid=uid)
    if not can_act_on(request.actor, candidate):
        raise Http404
    return candidate


@require_http_methods(["GET", "POST"])
def extend(request: Request, uid: uuid.UUID) -> HttpResponse:
    """More time for one candidate."""
    candidate = _candidate(request, uid)
    form = ExtendForm(request.POST or None)

    def act() -> str:
        total = invigilation.extend(
            candidate=candidate,
            seconds=form.cleaned_data["minutes"] * 60,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        )
        return _("%(name)s now has %(minutes)d extra minutes.") % {
            "name": candidate.name,
            "minutes": total // 60,
        }

    title = _("More time for %(name)s") % {"name": candidate.name}
    return _act(request, sitting=candidate.sitting, form=form, title=title, submit=_("Give time"), act=act)


@require_http_methods(["GET", "POST"])
def extend_all(request: Request, uid: uuid.UUID) -> HttpResponse:
    """More time for everybody who has not handed in."""
    sitting = watched_sitting(request, uid)
    if watched_paths(request.actor, sitting) != [""]:
        raise Http404
    form = ExtendForm(request.POST or None)

    def act() -> str:
        count = invigilation.extend_all(
            sitting=sitting,
            seconds=form.cleaned_data["minutes"] * 60,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        )
        return _("%(count)d candidates have been given time.") % {"count": count}

    title = _("More time for everybody")
    return _act(request, sitting=sitting, form=form, title=title, submit=_("Give time"), act=act)


@require_http_methods(["GET", "POST"])
def force_submit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand in for a candidate what the server has."""
    candidate = _candidate(request, uid)
    if not hasattr(candidate, "attempt"):
        raise Http404
    form = ReasonForm(request.POST or None)

    def act() -> str:
        invigilation.force_submit(
            attempt=candidate.attempt, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        )
        return _("Handed in for %(name)s.") % {"name": candidate.name}

    title = _("Hand in for %(name)s") % {"name": candidate.name}
    sitting = candidate.sitting
    return _act(
        request, sitting=sitting, form=form, title=title, submit=_("Hand in by force"), act=act, danger=True
    )


@require_http_methods(["GET", "POST"])
def close(request: Request, uid: uuid.UUID) -> HttpResponse:
    """End a sitting before its time."""
    sitting = own_sitting(request, uid)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        count = invigilation.close_sitting(
            sitting=sitting, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        )
        return _("The sitting is closed; %(count)d attempts were handed in.") % {"count": count}

    title = _("Close %(title)s now") % {"title": sitting.title}
    return _act(request, sitting=sitting, form=form, title=title, submit=_("Close"), act=act, danger=True)


@require_http_methods(["GET", "POST"])
def latecomer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Admit somebody who was not invited when the papers were frozen."""
    sitting = own_sitting(request, uid)
    form = LatecomerForm(request.POST or None)

    def act() -> str:
        assert form.officer is not None
        papers.add_candidate(
            sitting=sitting,
            officer=form.officer,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        )
        return _("%(name)s has been admitted with a paper of their own.") % {"name": form.officer.name}

    title = _("Admit a latecomer")
    return _act(request, sitting=sitting, form=form, title=title, submit=_("Admit"), act=act)
