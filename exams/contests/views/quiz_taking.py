"""Taking a quiz on a phone: the attempt's page, answers as they are given, handing in, what came of it."""

import datetime
import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exams.contests.forms.quiz_guest import Unreadable, attempt_number, said_in, said_in_form
from exams.contests.models import Quiz, QuizAttempt, QuizGuest
from exams.contests.queries import quiz as queries
from exams.contests.rendering import quiz as rendering
from exams.contests.services import quiz_taking
from exams.contests.services.quiz_setting import QuizRefused
from exams.contests.views.quiz_gate import busy, found_quiz, guest_of, too_many
from lianbing.kit import clock
from lianbing.people.request import Request

MAX_BODY = 32 * 1024


def _guest(request: Request, quiz: Quiz) -> QuizGuest:
    """The guest who asks. Whoever is none has no attempt."""
    guest = guest_of(request, quiz)
    if guest is None:
        raise Http404
    return guest


@require_POST
def start(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Begin an attempt, or go on with the one that runs."""
    now = clock.now()
    if too_many(request, "write", now):
        return busy(request)
    found = found_quiz(uid)
    guest = guest_of(request, found)
    if guest is None:
        return redirect("contests:quiz", uid)
    try:
        quiz_taking.start(quiz=found, guest=guest, at=now)
    except QuizRefused as error:
        messages.error(request, str(error))
        return redirect("contests:quiz", uid)
    return redirect("contests:quiz_attempt", uid)


@never_cache
@require_GET
def attempt(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The running attempt: all its questions with what was saved, and how much time the server gives it."""
    now = clock.now()
    if too_many(request, "read", now):
        return busy(request)
    found = found_quiz(uid)
    guest = guest_of(request, found)
    running = quiz_taking.running_of(guest) if guest else None
    if guest is None or running is None or running.ends_at <= now or hasattr(found, "stop"):
        return redirect("contests:quiz", uid)
    versions = queries.versions_of(running)
    context = {
        "quiz": found,
        "attempt": running,
        "cards": rendering.asked(running, versions),
        "left_ms": _left_ms(running, now),
        "pictures": {},
    }
    return render(request, "contests/quiz/attempt.html", context)


def _left_ms(running: QuizAttempt, now: datetime.datetime) -> int:
    return max(int((running.ends_at - now).total_seconds() * 1000), 0)


def _body(request: Request) -> dict[str, Any]:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise Unreadable
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(data, dict):
        raise Unreadable
    return data


@never_cache
@require_POST
def answers(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Keep answers as they are given. Sent again, they change nothing and get the same reply."""
    now = clock.now()
    if too_many(request, "write", now):
        return JsonResponse({"code": "busy"}, status=429)
    found = found_quiz(uid)
    if hasattr(found, "stop"):
        return JsonResponse({"code": "ended", "text": _("This quiz was called off.")}, status=409)
    guest = _guest(request, found)
    try:
        data = _body(request)
        number = attempt_number(data.get("attempt"))
        kept = quiz_taking.save(guest=guest, number=number, answers=said_in(data), at=now)
    except Unreadable:
        text = _("The server could not read what this page sent. Please reload.")
        return JsonResponse({"code": "unreadable", "text": text}, status=400)
    except QuizRefused as error:
        status = 409 if error.code == "ended" else 400
        return JsonResponse({"code": error.code, "text": str(error)}, status=status)
    running = quiz_taking.running_of(guest)
    left = _left_ms(running, now) if running else 0
    return JsonResponse({"kept": {str(item): n for item, n in kept.items()}, "left_ms": left})


@require_POST
def submit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand the attempt of this page in. Pressed twice, or after the time, it leads to what came of it."""
    now = clock.now()
    if too_many(request, "write", now):
        return busy(request)
    found = found_quiz(uid)
    guest = _guest(request, found)
    try:
        number = attempt_number(request.POST.get("attempt", ""))
        running = quiz_taking.running_of(guest)
        said = _said(request, running) if running and running.number == number else []
        handed = quiz_taking.hand_in(guest=guest, number=number, answers=said, at=now)
    except Unreadable:
        raise Http404 from None
    except QuizRefused as error:
        messages.error(request, str(error))
        return redirect("contests:quiz", uid)
    return redirect("contests:quiz_result", uid, handed.number)


def _said(request: Request, running: QuizAttempt) -> list[quiz_taking.Said]:
    counts = {int(place): told[0] for place, told in running.answers.items()}
    return said_in_form(request.POST, len(running.items), counts)


@never_cache
@require_GET
def result(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """What came of an attempt; the key and the explanations when the quiz shows them."""
    now = clock.now()
    if too_many(request, "read", now):
        return busy(request)
    found = found_quiz(uid)
    guest = _guest(request, found)
    handed = next((one for one in queries.attempts_of(guest) if one.number == number), None)
    if handed is None or handed.submitted_at is None or handed.seconds is None:
        raise Http404
    shows = found.reveal == Quiz.Reveal.HANDED_IN or found.closes_at <= now
    cards = rendering.answered(handed, queries.versions_of(handed, cited=True)) if shows else []
    context = {
        "quiz": found,
        "attempt": handed,
        "right": sum(handed.marks),
        "asked": len(handed.marks),
        "used": rendering.span(handed.seconds),
        "is_best": (handed.score, handed.seconds) == (guest.best_score, guest.best_seconds),
        "cards": cards,
        "certified": rendering.earns_certificate(found, guest),
        "pictures": {},
    }
    return render(request, "contests/quiz/result.html", context)


@never_cache
@require_GET
def certificate(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The participation certificate of whoever reached its score."""
    if too_many(request, "join", clock.now()):
        return busy(request)
    found = found_quiz(uid)
    guest = _guest(request, found)
    if not rendering.earns_certificate(found, guest):
        raise Http404
    response = HttpResponse(rendering.certificate_pdf(found, guest), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="participation.pdf"'
    return response
