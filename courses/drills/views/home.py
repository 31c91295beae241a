"""The front page of drills: today's set, what else waits, what one may choose."""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.drills.models import DrillSet
from courses.drills.permissions.player import may_drill
from courses.drills.queries import change as changes
from courses.drills.queries import home as queries
from courses.drills.rules import periods
from courses.drills.services import sets
from courses.drills.services.answering import DrillRefused
from courses.drills.views.player import urls
from courses.drills.views.practice import begin, own_officer
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.request import Request


@never_cache
@require_GET
def home(request: Request) -> HttpResponse:
    """Today's set first. It is made here when it is not there yet, so that a phone can carry it along."""
    if not may_drill(request.actor):
        return render(request, "drills/player/home.html", {"may_drill": False, "home": {}})
    officer = own_officer(request)
    today = _today(request, officer)
    standing = queries.standing(officer, clock.now())
    context = {
        "may_drill": True,
        "today": today,
        "standing": standing,
        "changes": changes.counted(officer.pk),
        "home": {
            "officer": officer.pk,
            "csrf": get_token(request),
            "urls": urls(request),
            "carried": [reverse("drills:set", args=[one.uid]) for one in _carried(today, standing)],
        },
    }
    return render(request, "drills/player/home.html", context)


def _today(request: Request, officer: Officer) -> DrillSet | None:
    try:
        return sets.daily(officer=officer, by=request.actor, at=clock.now())
    except DrillRefused:
        return None


def _carried(today: DrillSet | None, standing: queries.Standing) -> list[DrillSet]:
    """What the phone takes along: today's set, and the question of the day while it was opened and not answered."""
    question = standing.periods.get(periods.QUESTION)
    opened = [question.drill_set] if question and not question.drill_set.finished_at else []
    return [*([today] if today else []), *opened]


@require_POST
def open_set(request: Request, kind: str) -> HttpResponse:
    """Open the question of the day or the daily, weekly or monthly set, made when it is opened first."""
    officer = own_officer(request)
    if kind not in periods.SIZES:
        return redirect("drills:home")
    return begin(
        request,
        lambda: sets.of_period(kind=kind, officer=officer, by=request.actor, at=clock.now()),
        "drills:home",
    )
