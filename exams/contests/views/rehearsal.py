"""The rehearsal: one address, the list of pads for who runs the match, the measuring page for who holds a seat."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exams.contests.models import Match, Seat
from exams.contests.permissions.pads import can_lay_seats
from exams.contests.queries import rehearsal, seats
from exams.contests.rendering.fitness_words import words
from exams.contests.services import joining, tickets
from exams.contests.services import rehearsal as trying
from exams.contests.views.joining import ask_code
from lianbing.kit import clock
from lianbing.people.request import Request

PRESSING = (Seat.Role.TEAM, Seat.Role.PLAYER)


@never_cache
@require_GET
def page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The phone of a team or a player measures itself; who runs the match sees every pad with its verdict.

    `?list`: the list also on a machine that holds a seat; `?list=part`: its changing part alone.
    """
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    held = seats.of_phone(uid, request.COOKIES.get(f"contest_seat_{uid.hex}", ""))
    measures = held is not None and held.role in PRESSING and held.withdrawn_at is None
    if held is not None and measures and "list" not in request.GET:
        context = {"match": match, "title": joining.title(held), "seat": held, "ticket": tickets.issue(held)}
        return render(request, "contests/rehearsal_pad.html", context)
    if not can_lay_seats(request.actor, match.contest):
        return ask_code(request, "none")
    part = request.GET.get("list") == "part"
    return render(request, f"contests/{'_rehearsal_list' if part else 'rehearsal'}.html", _desk(match))


def _desk(match: Match) -> dict[str, Any]:
    rows = rehearsal.pads(match, clock.now())
    cap = rehearsal.rules_of(match).cap_ms
    shown = [
        {
            "title": joining.title(row.seat),
            "team": row.seat.team.name if row.seat.team else "",
            "is_team": row.seat.player is None,
            "check": row.check,
            "fit": row.verdict.fit,
            "absent": "absent" in row.verdict.unfit,
            "unfit": words(row.verdict.unfit, row.check, cap),
            "notes": words(row.verdict.notes, row.check, cap),
            "todo": words(row.verdict.todo, row.check, cap) if row.verdict.fit else [],
        }
        for row in rows
    ]
    tried = [
        {"place": one.place, "title": joining.title(one.seat), "team": one.seat.team, "press": one}
        for one in rehearsal.trial(rows, match)
    ]
    return {
        "match": match,
        "rows": shown,
        "cap": cap,
        "fit": sum(row["fit"] for row in shown),
        "tried": tried,
        "waits": match.phase == Match.Phase.WAITING,
    }


@never_cache
@require_POST
def trial(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Open a press on trial on all pads."""
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    try:
        trying.open_trial(match=match, by=request.actor, at=clock.now())
    except trying.NoTrial:
        messages.error(request, _("A press on trial is possible only before the match, by who runs it."))
    return redirect("contests:rehearsal", uid)
