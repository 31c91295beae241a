"""The training desk: what happens today, what waits, and the way to every page of training."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.training import ports
from courses.training.queries.classes import running_today
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

MOST_TODAY = 30


def _group_words(group: str) -> str:
    return {
        "classes": _("Classes and sessions"),
        "plans": _("Plans and rules"),
        "people": _("People and hours"),
        "records": _("Records"),
    }[group]


@require_GET
def manage(request: Request) -> HttpResponse:
    """The desk."""
    now = clock.now()
    links = ports.desk_links(request.actor)
    context = {
        "today": list(running_today(request.actor, clock.today())[:MOST_TODAY]),
        "waiting": ports.all_waiting(request.actor, now),
        "groups": [
            (_group_words(group), list(some)) for group, some in groupby(links, key=lambda link: link.group)
        ],
        "runs": request.actor.has(Role.TRAINER),
        "now": now,
    }
    return render(request, "training/desk/desk.html", context)
