"""Warnings that certificates end: one's own, and those of one's people."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from certificates.models import EndingWarning
from certificates.permissions.warnings import reading_scopes
from certificates.queries.warnings import READ, UNREAD, of_officer, of_people, with_read
from certificates.rendering.warnings import step_words
from certificates.rules.validity import days_left
from certificates.services.warnings import mark_read
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50


def _found(request: Request) -> QuerySet[Any]:
    """The warnings this person reads: of their people, else their own."""
    scopes, today = reading_scopes(request.actor), clock.today()
    if scopes:
        return of_people(scopes, today)
    return of_officer(request.actor.officer_id or 0, today).select_related("officer")


@require_GET
def listing(request: Request) -> HttpResponse:
    """What ends when; unread first when asked for alone."""
    kind, seen = request.GET.get("kind", ""), request.GET.get("seen", "")
    kind = kind if kind in EndingWarning.Kind.values else ""
    found = with_read(_found(request), request.actor.user_id)
    if kind:
        found = found.filter(kind=kind)
    if seen in (READ, UNREAD):
        found = found.filter(read=seen == READ)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "warning": one,
            "days": days_left(one.ends_on, clock.today()),
            "step": step_words(one.step),
        }
        for one in page
    ]
    context = {
        "page_obj": page,
        "rows": rows,
        "kinds": EndingWarning.Kind.choices,
        "kind": kind,
        "seen": seen,
        "others": bool(reading_scopes(request.actor)),
        "unread": [row["warning"].pk for row in rows if not row["warning"].read],
    }
    return render(request, "certificates/warnings/list.html", context)


@require_POST
def read(request: Request) -> HttpResponse:
    """Mark the warnings of a page as read: those named, as far as this person reads them."""
    wanted = [int(pk) for pk in request.POST.getlist("warning")[:PER_PAGE] if pk.isdecimal() and len(pk) < 18]
    found = list(_found(request).filter(pk__in=wanted))
    if found:
        count = mark_read(warnings=found, by=request.actor, at=clock.now())
        messages.success(
            request,
            ngettext("%(count)d warning marked as read.", "%(count)d warnings marked as read.", count)
            % {"count": count},
        )
    return redirect("certificates:warnings")
