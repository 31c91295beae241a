"""A match before its start: teams by seat, and the questions laid out for it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams.contests.forms.contests import MatchForm
from exams.contests.models import Contest, Match
from exams.contests.permissions.authoring import sees_items
from exams.contests.queries import items as reading
from exams.contests.rendering.items import shown
from exams.contests.services import items as service
from exams.contests.services import lineups
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.views.common import own, own_match
from lianbing.kit import clock
from lianbing.people.request import Request


def _edit(request: Request, contest: Contest, match: Match | None) -> HttpResponse:
    initial: dict[str, Any] = {}
    if match is None:
        number = contest.matches.count() + 1
        initial = {"name": _("Match %(number)d") % {"number": number}, "planned_at": contest.starts_at}
    form = MatchForm(request.POST or None, instance=match, contest=contest, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = lineups.save_match(
                contest=contest,
                values={name: form.cleaned_data[name] for name in lineups.FIELDS},
                teams=form.seated(),
                by=request.actor,
                at=clock.now(),
                match=match,
            )
            messages.success(request, _("Saved."))
            if match is None:
                return redirect("contests:items", made.uid)
            return redirect("contests:contest", contest.uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    return render(request, "contests/match_edit.html", {"contest": contest, "match": match, "form": form})


@require_http_methods(["GET", "POST"])
def match_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One more match."""
    return _edit(request, own(request, uid), None)


@require_http_methods(["GET", "POST"])
def match(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a match that has not started."""
    found = own_match(request, uid)
    return _edit(request, found.contest, found)


@require_POST
def match_remove(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take out a match that has not started."""
    found = own_match(request, uid)
    try:
        lineups.remove_match(match=found, by=request.actor, at=clock.now())
        messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:contest", found.contest.uid)


@require_safe
@never_cache
def items(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The questions of a match with their keys: for organisers who do not play in it."""
    found = own_match(request, uid)
    if not sees_items(request.actor, found):
        messages.error(request, _("You play in this match: somebody else lays out its questions."))
        return redirect("contests:contest", found.contest.uid)
    rounds = reading.laid_out(found)
    context = {
        "match": found,
        "contest": found.contest,
        "rounds": shown(rounds),
        "missing": sum(one.missing for one in rounds),
        "laid": any(one.asked or one.spares for one in rounds),
        "open": found.started_at is None and found.contest.state != Contest.State.ENDED,
        "stock": len(reading.stock_of(found.contest, clock.now(), found)) if found.started_at is None else 0,
    }
    return render(request, "contests/items.html", context)


@require_POST
def items_draw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Lay the questions out anew."""
    found = own_match(request, uid)
    try:
        lacking = service.draw_items(match=found, by=request.actor, at=clock.now())
        if lacking:
            messages.warning(
                request, _("The bank does not reach for every round: see what is missing below.")
            )
        else:
            messages.success(request, _("The questions are laid out. Look them over."))
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:items", uid)


@require_POST
def item_swap(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Put another question in the place of one."""
    found = own_match(request, uid)
    row = get_object_or_404(found.items.select_related("version", "match__contest__unit"), pk=pk)
    try:
        service.swap(item=row, by=request.actor, at=clock.now())
        messages.success(request, _("Another question is laid out in its place."))
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:items", uid)
