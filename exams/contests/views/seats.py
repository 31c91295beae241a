"""The desk of seats: who sits where, the codes, the sheets to print; withdrawing and re-issuing."""

import uuid
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from exams.contests.models import Match, Seat
from exams.contests.permissions.pads import can_lay_seats
from exams.contests.queries import seats
from exams.contests.rules.seats import spaced
from exams.contests.services import joining
from lianbing.kit import clock, qr
from lianbing.people.request import Request

MOST_SHOWN = 100


def _match(request: Request, uid: uuid.UUID) -> Match:
    """The match, for who may lay its seats."""
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    if not can_lay_seats(request.actor, match.contest):
        raise PermissionDenied
    return match


def _seat(request: Request, pk: int) -> Seat:
    found = Seat.objects.select_related("match__contest__unit", "team", "player").filter(pk=pk).first()
    if found is None or found.role not in (Seat.Role.TEAM, Seat.Role.PLAYER, Seat.Role.AUDIENCE):
        raise Http404
    if not can_lay_seats(request.actor, found.match.contest):
        raise PermissionDenied
    return found


def address(code: str) -> str:
    """The address in the QR code of a seat."""
    return settings.PUBLIC_URL + reverse("contests:join_code", args=[code])


@lru_cache(maxsize=256)
def _picture(text: str) -> str:
    return mark_safe(qr.svg(text))  # made by the QR writer from an address of ours


def _row(seat: Seat, picture: bool = False) -> dict[str, Any]:
    """A seat as the desk and the sheets show it."""
    row = {"seat": seat, "title": joining.title(seat), "code": spaced(seat.code)}
    if picture and seat.withdrawn_at is None:
        row |= {"picture": _picture(address(seat.code)), "address": address(seat.code)}
    return row


def _teams(match: Match, picture: bool = False) -> list[dict[str, Any]]:
    """The seats of the teams, team by team."""
    return [
        {"team": team, "rows": [_row(seat, picture) for seat in rows]}
        for team, rows in groupby(seats.of_teams(match), key=lambda seat: seat.team)
    ]


@never_cache
@require_http_methods(["GET", "POST"])
def desk(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Every seat of a match with its code and whether a phone has it. POST makes the seats that are missing."""
    match = _match(request, uid)
    if request.method == "POST":
        joining.lay_seats(match=match, by=request.actor, at=clock.now())
        return redirect("contests:seats", uid)
    people = seats.audience(match)
    gate = seats.gate(match)
    context = {
        "match": match,
        "teams": _teams(match),
        "gate": _row(gate, picture=True) if gate else None,
        "audience": [_row(seat) for seat in people[:MOST_SHOWN]],
        "audience_count": people.filter(withdrawn_at=None).count(),
        "most_shown": MOST_SHOWN,
    }
    return render(request, "contests/seats.html", context)


@never_cache
@require_GET
def sheets(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One sheet to print for each team (`?team=` = one of them) with its codes, and one for the door of the hall."""
    match = _match(request, uid)
    only = request.GET.get("team", "")
    teams = [one for one in _teams(match, picture=True) if only in ("", str(one["team"].pk))]
    gate = seats.gate(match) if not only else None
    context = {"match": match, "teams": teams, "gate": _row(gate, picture=True) if gate else None}
    return render(request, "contests/seat_sheets.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask, then end a seat."""
    seat = _seat(request, pk)
    if request.method == "POST":
        if joining.withdraw(seat=seat, by=request.actor, at=clock.now()):
            messages.success(request, _("The seat is withdrawn: %(seat)s.") % {"seat": joining.title(seat)})
        return redirect("contests:seats", seat.match.uid)
    return _ask(
        request,
        seat,
        _(
            "Withdraw this seat? Its phone can answer nothing from now on, and its code takes no seat any more."
        ),
        _("Withdraw"),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def reissue(request: Request, pk: int) -> HttpResponse:
    """Ask, then give a seat a new code."""
    seat = _seat(request, pk)
    if seat.role == Seat.Role.AUDIENCE and not seat.code:
        raise Http404
    if request.method == "POST":
        fresh = joining.reissue(seat=seat, by=request.actor, at=clock.now())
        messages.success(
            request,
            _("New code of %(seat)s: %(code)s") % {"seat": joining.title(seat), "code": spaced(fresh.code)},
        )
        return redirect("contests:seats", seat.match.uid)
    return _ask(
        request,
        seat,
        _("Make a new code? The code on paper and on the screen, and the phone on this seat, end at once."),
        _("Make a new code"),
    )


def _ask(request: Request, seat: Seat, question: str, submit: str) -> HttpResponse:
    context = {
        "match": seat.match,
        "title": joining.title(seat),
        "question": question,
        "submit": submit,
        "cancel_url": reverse("contests:seats", args=[seat.match.uid]),
    }
    return render(request, "contests/seat_ask.html", context)
