"""The public pages of a quiz: what it is, joining, the ranking, the prize draw that anybody can do again."""

import json
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exams.contests.forms.quiz_guest import JoinForm, PrizeForm
from exams.contests.models import Quiz, QuizGuest
from exams.contests.queries import quiz as queries
from exams.contests.rendering import quiz as rendering
from exams.contests.rules.lottery import Entry, list_text
from exams.contests.rules.quiz import Stage, masked
from exams.contests.services import code_brake, lottery, quiz_taking
from exams.contests.services.quiz_setting import QuizRefused
from exams.contests.views.quiz_gate import busy, found_quiz, guest_of, remember, too_many
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50


@never_cache
@require_GET
def quiz(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What a quiz is, its rules in words, and what one may do now. `?g=` names one's community beforehand."""
    now = clock.now()
    if too_many(request, "read", now):
        return busy(request)
    found = found_quiz(uid)
    guest = guest_of(request, found)
    form = None
    if guest is None:
        code = request.GET.get("g", "")[:20].replace("\x00", "")
        chosen = found.groups.filter(code=code).first() if code else None
        form = JoinForm(quiz=found, initial={"group": chosen})
    return _page(request, found, guest, form)


def _page(request: Request, found: Quiz, guest: QuizGuest | None, form: JoinForm | None) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {
        "quiz": found,
        "stage": queries.stage_of(found, now),
        "asked": sum(line.count for line in found.lines.all()),
        "prizes": list(found.prizes.all()),
        "guest": guest,
        "form": form,
    }
    if guest is not None:
        context |= _own(found, guest)
    return render(request, "contests/quiz/quiz.html", context)


def _own(found: Quiz, guest: QuizGuest) -> dict[str, Any]:
    """What a guest sees of themselves. An attempt whose time is up is handed in first."""
    now = clock.now()
    running = quiz_taking.running_of(guest)
    if running is not None and running.ends_at <= now:
        quiz_taking.hand_in(guest=guest, number=running.number, answers=(), at=now)
        guest.refresh_from_db()
        running = None
    attempts = queries.attempts_of(guest)
    return {
        "attempts": attempts,
        "running": running,
        "left": max(found.attempts - len(attempts), 0),
        "place": queries.place_of(guest),
        "certified": rendering.earns_certificate(found, guest),
        "offer": queries.offer_to(guest) if hasattr(found, "draw") else None,
    }


@require_POST
def join(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take part: a cookie, a nickname, perhaps a community and a code."""
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    if too_many(request, "join", now):
        return busy(request)
    found = found_quiz(uid)
    if found.codes_only and code_brake.is_braked(address, now):
        return busy(request)
    if guest_of(request, found) is not None:
        return redirect("contests:quiz", uid)
    form = JoinForm(request.POST, quiz=found)
    if not form.is_valid():
        return _page(request, found, None, form)
    data = form.cleaned_data
    try:
        joined = quiz_taking.join(
            quiz=found,
            nickname=data["nickname"],
            group=data.get("group"),
            code=data.get("code", ""),
            consents=data["consents"],
            at=now,
        )
    except QuizRefused as error:
        if error.code == "code":
            code_brake.count_wrong(address, now)
        field = {"consent": "consents"}.get(error.code, error.code)
        form.add_error(field if field in form.fields else None, str(error))
        return _page(request, found, None, form)
    response = redirect("contests:quiz", uid)
    remember(response, found, joined.token, now)
    return response


@never_cache
@require_GET
def ranking(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Everybody who handed in, by score and then time, under masked nicknames."""
    if too_many(request, "read", clock.now()):
        return busy(request)
    found = found_quiz(uid)
    guest = guest_of(request, found)
    page = Paginator(queries.ranking(found), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, masked(row.nickname), rendering.span(row.best_seconds or 0)) for row in page.object_list]
    context = {
        "quiz": found,
        "page_obj": page,
        "rows": rows,
        "guest": guest,
        "place": queries.place_of(guest) if guest else None,
    }
    return render(request, "contests/quiz/ranking.html", context)


@never_cache
@require_GET
def prizes(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The prize draw: what was committed to, who is in it, what came of it, how to do it again."""
    now = clock.now()
    if too_many(request, "read", now):
        return busy(request)
    found = found_quiz(uid)
    if found.draw_from is None:
        raise Http404
    return _prizes(request, found, PrizeForm())


def _prizes(request: Request, found: Quiz, form: PrizeForm, status: int = 200) -> HttpResponse:
    guest = guest_of(request, found)
    listed = getattr(found, "eligible", None)
    context = {
        "quiz": found,
        "stage": queries.stage_of(found, clock.now()),
        "prizes": list(found.prizes.all()),
        "listed": listed,
        "drawn": getattr(found, "draw", None),
        "offers": [(one, masked(one.guest.nickname)) for one in queries.offers_of(found)],
        "guest": guest,
        "in_it": bool(guest and listed and any(number == guest.number for number, _name in listed.entries)),
        "offer": queries.offer_to(guest) if guest else None,
        "form": form,
        "now": clock.now(),
    }
    return render(request, "contests/quiz/prizes.html", context, status=status)


@require_POST
def prize_answer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A winner takes their prize, and says how to reach them where the quiz asks."""
    now = clock.now()
    if too_many(request, "join", now):
        return busy(request)
    found = found_quiz(uid)
    guest = guest_of(request, found)
    if guest is None:
        raise Http404
    form = PrizeForm(request.POST)
    if not form.is_valid():
        return _prizes(request, found, form)
    data = form.cleaned_data
    try:
        lottery.answer(guest=guest, contact=data["contact"], consents=data["consents"], at=now)
    except QuizRefused as error:
        field = {"contact": "contact", "consent": "consents"}.get(error.code)
        form.add_error(field, str(error))
        return _prizes(request, found, form)
    return redirect("contests:quiz_prizes", uid)


@never_cache
@require_GET
def draw_file(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The draw as a file for `manage.py verify_draw`; before it was made there is none."""
    if too_many(request, "read", clock.now()):
        return busy(request)
    found = found_quiz(uid)
    if queries.stage_of(found, clock.now()) is Stage.STOPPED or not hasattr(found, "draw"):
        raise Http404
    told = rendering.draw_document(found, found.eligible, found.draw)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="prize-draw.json"'
    return response


@never_cache
@require_GET
def list_file(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The list of those in the draw: the very bytes whose hash is published."""
    if too_many(request, "read", clock.now()):
        return busy(request)
    found = found_quiz(uid)
    if not hasattr(found, "eligible"):
        raise Http404
    data = list_text([Entry(*one) for one in found.eligible.entries])
    response = HttpResponse(data, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="prize-draw-list.txt"'
    return response
