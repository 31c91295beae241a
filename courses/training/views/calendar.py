"""One's own training: today, coming, past, and as a file for the phone's calendar."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.training import ports
from courses.training.models import Session, Trainee
from courses.training.queries import calendar as reading
from courses.training.rendering.calendar import ics
from courses.training.state import ClassState
from lianbing.kit import clock
from lianbing.people.request import Request

MOST_COMING, MOST_PAST, PER_PAGE = 40, 8, 30


@require_GET
def home(request: Request) -> HttpResponse:
    """Today, coming and the last few past sessions, one's classes, and links to everything of one's own."""
    now = clock.now()
    officers = reading.known_ids(request.actor.officer_id)
    begin, end = reading.day_bounds(clock.today(), timezone.get_default_timezone())
    mine = reading.sessions_of(officers) if officers else Session.objects.none()
    ahead = list(mine.filter(ends_at__gte=begin)[:MOST_COMING])
    past = list(mine.filter(ends_at__lt=begin).order_by("-starts_at")[:MOST_PAST])
    rows = reading.described([*ahead, *past], officers, request.actor, now)
    context = {
        "today": [one for one in rows if one.session.starts_at < end and one.session.ends_at >= begin],
        "coming": [one for one in rows if one.session.starts_at >= end],
        "past": [one for one in rows if one.session.ends_at < begin],
        "classes": _classes(officers),
        "links": ports.own_links(request.actor),
        "now": now,
    }
    return render(request, "training/calendar/home.html", context)


def _classes(officers: list[int]) -> list[Trainee]:
    """The classes one is enrolled in that are not over."""
    live = [ClassState.OPEN, ClassState.RUNNING]
    rows = Trainee.objects.filter(officer__in=officers, training_class__state__in=live)
    rows = rows.exclude(state=Trainee.State.WITHDRAWN).select_related("batch", "training_class")
    return list(rows.order_by("batch__starts_on")[:20])


@require_GET
def past(request: Request) -> HttpResponse:
    """All one's past sessions."""
    officers = reading.known_ids(request.actor.officer_id)
    begin, _end = reading.day_bounds(clock.today(), timezone.get_default_timezone())
    mine = reading.sessions_of(officers).filter(ends_at__lt=begin).order_by("-starts_at", "-pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    rows = reading.described(list(page.object_list), officers, request.actor, clock.now())
    return render(request, "training/calendar/past.html", {"page_obj": page, "rows": rows})


@require_GET
def calendar(request: Request) -> HttpResponse:
    """Today's and coming sessions as an .ics file."""
    officers = reading.known_ids(request.actor.officer_id)
    begin, _end = reading.day_bounds(clock.today(), timezone.get_default_timezone())
    mine = reading.sessions_of(officers).filter(ends_at__gte=begin)[:200]
    response = HttpResponse(ics(mine, clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="training.ics"'
    return response
