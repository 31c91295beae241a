"""What came of a match and of a contest, for everybody who may read about it."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from exams.contests.models import Match
from exams.contests.permissions.authoring import organises, reads
from exams.contests.queries import contests as reading
from exams.contests.queries.matches import roles_at
from exams.contests.rendering.result import match_page
from exams.contests.views.common import readable
from lianbing.people.request import Request


@require_safe
def result(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Places and points of a match, each point with the event behind it. Until it is confirmed it says so."""
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    if not reads(request.actor, match.contest):
        raise Http404
    if match.started_at is None:
        return redirect("contests:contest", match.contest.uid)
    context = {
        "match": match,
        "contest": match.contest,
        "page": match_page(match),
        "staff": organises(request.actor, match.contest) or bool(roles_at(match.contest, request.actor)),
    }
    return render(request, "contests/result.html", context)


@require_safe
def results(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Every confirmed match of a contest with its places, for printing."""
    contest = readable(request, uid)
    matches = [one for one in reading.matches_of(contest) if one.phase == Match.Phase.CONFIRMED]
    return render(request, "contests/results.html", {"contest": contest, "matches": matches})
