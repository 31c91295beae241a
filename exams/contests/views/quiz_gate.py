"""The door of the public pages: who a cookie belongs to, and how much one address may ask in a minute.

A hall behind one address must get through; a script that tries is slowed down all the same. Addresses are
counted in memory for two minutes and stored nowhere.
"""

import datetime
import uuid

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render

from exams.contests.models import Quiz, QuizGuest
from exams.contests.queries import quiz as queries
from lianbing.people.request import Request

# A hall sits down within minutes ("seat"); a script does not take all its seats at once.
MOST_A_MINUTE = {"join": 120, "seat": 600, "write": 3000, "read": 2000}
KEPT_AFTER_CLOSE = datetime.timedelta(days=120)


def too_many(request: Request, what: str, at: datetime.datetime) -> bool:
    """Count a request against its address in this minute; whether it is one too many."""
    minute = int(at.timestamp()) // 60
    key = f"quiz:{what}:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > MOST_A_MINUTE[what]
    except ValueError:  # the counter was evicted between the two calls
        return False


def busy(request: Request) -> HttpResponse:
    """The page for an address that asks too much."""
    return render(request, "contests/quiz/busy.html", status=429)


def found_quiz(uid: uuid.UUID) -> Quiz:
    """A published quiz. Anything else does not exist for the public."""
    quiz = queries.public_quiz(uid)
    if quiz is None:
        raise Http404
    return quiz


def cookie_name(quiz: Quiz) -> str:
    """The cookie in which a browser keeps that it is a guest of this quiz."""
    return f"quiz_{quiz.uid.hex}"


def guest_of(request: Request, quiz: Quiz) -> QuizGuest | None:
    """The guest of a quiz who asks."""
    return queries.guest_of(quiz, request.COOKIES.get(cookie_name(quiz), ""))


def remember(response: HttpResponse, quiz: Quiz, token: str, at: datetime.datetime) -> None:
    """Give the browser its cookie: no script reads it, no other site sends it, no other page gets it."""
    response.set_cookie(
        cookie_name(quiz),
        token,
        max_age=quiz.closes_at + KEPT_AFTER_CLOSE - at,
        path=f"/contests/quiz/{quiz.uid}/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
