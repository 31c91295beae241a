"""Results for staff: the list, the figures, and releasing them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exams.permissions import can_mark
from exams.queries import results as queries
from exams.queries.marking import markers_of, waiting_at
from exams.queries.sittings import state_of
from exams.rendering import release_text
from exams.services import results
from exams.views.setting import own_sitting
from lianbing.kit import clock
from lianbing.people.request import Request

SHOWN = {"passed", "failed", "absent", "waiting"}


@require_GET
def result_list(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What came of everybody: score, passed or failed, absent."""
    sitting = own_sitting(request, uid)
    found = queries.outcomes(sitting)
    show = request.GET.get("show", "")
    rows = [one for one in found if one.state == show] if show in SHOWN else found
    figures = queries.spread(found)
    context = {
        "sitting": sitting,
        "state": state_of(sitting, clock.now()),
        "rows": rows,
        "show": show,
        "spread": figures,
        "highest": max((count for _low, _high, count in figures.bands), default=0),
    }
    return render(request, "exams/result_list.html", context)


@require_http_methods(["GET", "POST"])
def release(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Release the results, after a look at what that does."""
    sitting = own_sitting(request, uid)
    error = ""
    if request.method == "POST":
        try:
            count = results.release_results(sitting=sitting, by=request.actor, at=clock.now())
            messages.success(request, _("%(count)d results are released.") % {"count": count})
            return redirect("exams:results", uid)
        except results.CannotRelease as refused:
            error = release_text(refused.code)
    context = {
        "sitting": sitting,
        "error": error,
        "state": state_of(sitting, clock.now()),
        "spread": queries.spread(queries.outcomes(sitting)),
        "waiting": waiting_at(sitting),
        "markers": markers_of(sitting, timezone.localdate(clock.now())),
        "marks": can_mark(request.actor, sitting),
    }
    return render(request, "exams/release.html", context, status=409 if error else 200)
