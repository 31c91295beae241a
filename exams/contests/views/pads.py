"""The pad of a team, of a player or of somebody in the audience: the page, to whoever holds the seat."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from exams.contests.models import Seat
from exams.contests.queries import seats
from exams.contests.services import joining, tickets
from exams.contests.views.joining import ask_code
from lianbing.people.request import Request

PADS = (Seat.Role.TEAM, Seat.Role.PLAYER, Seat.Role.AUDIENCE)


@never_cache
@require_GET
def pad(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The seat this phone holds, with a ticket for the room; without one, the page to type a code."""
    seat = seats.of_phone(uid, request.COOKIES.get(f"contest_seat_{uid.hex}", ""))
    if seat is None or seat.role not in PADS:
        return ask_code(request, "none")
    if seat.withdrawn_at is not None:
        return ask_code(request, "withdrawn")
    context = {
        "seat": seat,
        "match": seat.match,
        "contest": seat.match.contest,
        "title": joining.title(seat),
        "ticket": tickets.issue(seat),
        "room": f"/ws/contests/{uid}/",
        "snapshot": reverse("contests:snapshot", args=[uid]),
        "act": reverse("contests:act", args=[uid]),
    }
    return render(request, "contests/pad.html", context)
