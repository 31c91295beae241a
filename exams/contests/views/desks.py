"""The host's desk, the judges' desk and the big screen: three pages that follow a match live."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from exams.contests.models import ContestStaff, Match, Seat
from exams.contests.permissions import desks
from exams.contests.queries import facts, matches, seats
from exams.contests.rendering import screen as shown
from exams.contests.services import desk_seats, tickets
from lianbing.kit import clock
from lianbing.people.request import Request


def _match(uid: uuid.UUID) -> Match:
    return get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)


def _room(match: Match, seat: Seat) -> dict[str, str]:
    """What a page needs to enter the room."""
    found = {name: reverse(f"contests:{name}", args=[match.uid]) for name in ("snapshot", "act", "move")}
    return found | {"url": f"/ws/contests/{match.uid}/", "ticket": tickets.issue(seat)}


def _me(request: Request, roles: Collection[str]) -> dict[str, str]:
    """Who sits at the desk: name, roles in words, roles as codes, account."""
    held = [role for role in ContestStaff.Role if role in roles]
    return {
        "name": request.actor.name,
        "words": " · ".join(str(role.label) for role in held),
        "roles": " ".join(held),
        "user": str(request.actor.user_id),
    }


def _desk(request: Request, match: Match, role: Seat.Role, roles: Collection[str]) -> dict[str, Any]:
    seat = desk_seats.take(match=match, role=role, by=request.actor, at=clock.now())
    back = reverse("contests:contest", args=[match.contest.uid])
    return {
        "match": match,
        "room": _room(match, seat),
        "me": _me(request, roles),
        "back": back,
        "barred": shown.barred(request.actor, facts.load_facts(match)),
    }


@never_cache
@ensure_csrf_cookie
@require_GET
def host(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The host's desk: every legal move with its key, the next question, undo."""
    match = _match(uid)
    roles = matches.roles_at(match.contest, request.actor)
    if not desks.sits_at_host_desk(roles):
        raise PermissionDenied
    return render(request, "contests/host.html", _desk(request, match, Seat.Role.HOST, roles))


@never_cache
@ensure_csrf_cookie
@require_GET
def judge(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The judges' desk: rulings, marks, fouls; the chief referee overrides and confirms."""
    match = _match(uid)
    roles = matches.roles_at(match.contest, request.actor)
    if not desks.sits_at_judges_desk(roles):
        raise PermissionDenied
    return render(request, "contests/judge.html", _desk(request, match, Seat.Role.JUDGE, roles))


@never_cache
@require_GET
def screen(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The big screen of the hall. Before the start: the rules in words, and how to join."""
    match = _match(uid)
    roles = matches.roles_at(match.contest, request.actor)
    if not desks.puts_up_screen(request.actor, match.contest, roles):
        raise PermissionDenied
    seat = desk_seats.take(match=match, role=Seat.Role.SCREEN, by=request.actor, at=clock.now())
    context = {
        "match": match,
        "room": _room(match, seat),
        "rules": shown.rules(facts.load_facts(match).rulebook),
        "join": shown.join(seats.gate(match)),
    }
    return render(request, "contests/screen.html", context)
