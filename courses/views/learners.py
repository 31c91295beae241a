"""How far the people one looks after are in a course."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.forms.learning import STATES, LearnersForm
from courses.permissions.learning import FOLLOWERS
from courses.queries import learners as queries
from courses.queries.learning import newest_edition_of
from lianbing.kit import clock
from lianbing.people.queries import unit_names, units_in
from lianbing.people.request import Request

PER_PAGE = 50
TONES = {"not_begun": "muted", "learning": "warn", "completed": "ok"}


@require_GET
def learners(request: Request, pk: int) -> HttpResponse:
    """Who has completed the course, who is under way, who has not begun, by unit."""
    edition = newest_edition_of(pk)
    if edition is None:
        raise Http404
    found = queries.people(request.actor, pk, clock.today())
    units = units_in(request.actor.scopes(*FOLLOWERS))
    names = unit_names({unit.path for unit in units})
    form = LearnersForm(request.GET, units=list(names.items()))
    wanted = form.cleaned_data if form.is_valid() else {"unit": "", "state": ""}
    shown = queries.narrowed(found, wanted["unit"], wanted["state"])
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "form": form,
        "tallies": queries.tallies(queries.narrowed(found, wanted["unit"], "")),
        "page_obj": page,
        "rows": queries.rows_of(page.object_list, pk),
        "labels": dict(STATES),
        "tones": TONES,
    }
    return render(request, "courses/learning/learners.html", context)
