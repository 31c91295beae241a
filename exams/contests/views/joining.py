"""How a phone comes to its seat: a code typed, or the address in a QR code opened."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exams.contests.models import Seat
from exams.contests.queries import seats
from exams.contests.rules.seats import NAME_LIMIT, tidy_code
from exams.contests.services import code_brake, joining
from exams.contests.services.joining import Held, JoinRefused
from exams.contests.views.quiz_gate import busy, too_many
from lianbing.kit import clock
from lianbing.people.request import Request

COOKIE_HOURS = 24
WORDS = {
    "malformed": _(
        "A code has six or eight letters and digits. Look at it again: it has no 0, O, 1, I or L."
    ),
    "unknown": _("No seat has this code. Look at the screen or at the sheet of your team and type it again."),
    "braked": _(
        "Too many codes that do not exist came from this network. Wait a minute, then type it again."
    ),
    "over": _("This match is over. Nobody can take a seat any more."),
    "full": _("The audience is full."),
    "taken": _("Just now another phone took this seat."),
    "withdrawn": _("The host has withdrawn the seat of this phone. Please speak to the host."),
    "none": _("This phone holds no seat in this match, or another phone has taken it over."),
}
STATUS = {"malformed": 400, "unknown": 404, "braked": 429, "over": 410, "withdrawn": 403, "none": 403}


def cookie_name(seat: Seat) -> str:
    """The cookie in which a phone keeps its seat: one for a match, so that a phone has one seat in each."""
    return f"contest_seat_{seat.match.uid.hex}"


def held_by(request: HttpRequest, seat: Seat) -> Seat | None:
    """The seat this phone holds in the match of `seat`, if it holds one."""
    return seats.of_phone(seat.match.uid, request.COOKIES.get(cookie_name(seat), ""))


def ask_code(request: HttpRequest, refusal: str = "", typed: str = "") -> HttpResponse:
    """The page on which one types a code, with the reason why the last one led nowhere."""
    context = {"refusal": WORDS.get(refusal, ""), "typed": typed[:20]}
    return render(request, "contests/join.html", context, status=STATUS.get(refusal, 409 if refusal else 200))


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: Request) -> HttpResponse:
    """Type the code of a hall or of a seat."""
    if request.method == "GET":
        return ask_code(request)
    typed = request.POST.get("code", "")
    code = tidy_code(typed)
    if not code:
        return ask_code(request, "malformed", typed)
    return redirect("contests:join_code", code)


@never_cache
@require_http_methods(["GET", "POST"])
def join_code(request: Request, code: str) -> HttpResponse:
    """What one is about to join; POST takes the seat."""
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    seat = seats.by_code(tidy_code(code))
    # The code of a hall hangs on its wall: whoever tries codes from there keeps nobody else out.
    if not (seat and _is_gate(seat)) and code_brake.is_braked(address, now):
        return ask_code(request, "braked", code)
    if seat is None:
        code_brake.count_wrong(address, now)
        return ask_code(request, "unknown", code)
    held = held_by(request, seat)
    if held is not None and held.withdrawn_at is not None:
        return ask_code(request, "withdrawn")
    if held is not None and (held.pk == seat.pk or (_is_gate(seat) and not _goes_home(request))):
        return redirect("contests:pad", seat.match.uid)
    if request.method == "GET":
        return _page(request, seat, held)
    if _is_gate(seat) and too_many(request, "seat", now):
        return busy(request)
    return _sit_down(request, seat, held, now)


def _is_gate(seat: Seat) -> bool:
    return seat.role == Seat.Role.AUDIENCE


def _goes_home(request: Request) -> bool:
    """Whether somebody who sits in the audience now asks for the seat they have as a player."""
    return request.method == "POST" and request.POST.get("as") == "player"


def _sit_down(request: Request, seat: Seat, held: Seat | None, now: datetime.datetime) -> HttpResponse:
    """Take the seat: one's own as a player where it is asked for, else the one of the code."""
    wanted: Seat | None = seat
    if _is_gate(seat) and _goes_home(request):
        wanted = seats.of_officer(seat.match, request.actor.officer_id)
    try:
        if wanted is None:
            raise JoinRefused("unknown")
        if _is_gate(wanted):
            got = joining.join_audience(code=wanted.code, name=request.POST.get("name", ""), at=now)
        else:
            got = joining.take(seat=wanted, seen=_seen(request), leaving=held, by=request.actor, at=now)
    except JoinRefused as refused:
        return _page(request, seat, held, refused.code)
    return seated(got)


def _seen(request: Request) -> int | None:
    """The state of the seat that the person agreed to end, None when they agreed to nothing."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdigit() and text.isascii() and len(text) < 9 else None


def _page(request: Request, seat: Seat, held: Seat | None, refusal: str = "") -> HttpResponse:
    """What one joins here: contest, match, team, and who sits there already."""
    own = seats.of_officer(seat.match, request.actor.officer_id) if _is_gate(seat) else None
    if refusal == "taken":
        seat.refresh_from_db(fields=["secret", "generation", "taken_at"])
    context = {
        "seat": seat,
        "match": seat.match,
        "contest": seat.match.contest,
        "title": joining.title(seat),
        "is_gate": _is_gate(seat),
        "own": own,
        "held": held,
        "held_title": joining.title(held) if held is not None else "",
        "over": seat.match.phase in joining.OVER,
        "refusal": WORDS.get(refusal, ""),
        "name_limit": NAME_LIMIT,
    }
    return render(request, "contests/join_seat.html", context, status=409 if refusal else 200)


def seated(held: Held) -> HttpResponse:
    """On to the pad, with the cookie that holds the seat."""
    response = redirect("contests:pad", held.seat.match.uid)
    response.set_cookie(
        cookie_name(held.seat),
        held.token,
        max_age=COOKIE_HOURS * 3600,
        path="/contests/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
