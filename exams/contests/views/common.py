"""What the pages of contests share: finding a contest one may read or set up, and saying what was refused."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from exams.contests.models import Contest, Match
from exams.contests.permissions.authoring import organises, reads
from lianbing.people.request import Request


def readable(request: Request, uid: uuid.UUID) -> Contest:
    """A contest the actor may read about. Any other does not exist for them."""
    rows = Contest.objects.select_related("unit", "bank", "heat")
    contest = get_object_or_404(rows, uid=uid)
    if not reads(request.actor, contest):
        raise Http404
    return contest


def own(request: Request, uid: uuid.UUID) -> Contest:
    """A contest the actor sets up. Any other does not exist for them."""
    contest = readable(request, uid)
    if not organises(request.actor, contest):
        raise Http404
    return contest


def own_match(request: Request, uid: uuid.UUID) -> Match:
    """A match of a contest the actor sets up. Any other does not exist for them."""
    match = get_object_or_404(Match.objects.select_related("contest__unit", "contest__bank"), uid=uid)
    if not organises(request.actor, match.contest):
        raise Http404
    return match
