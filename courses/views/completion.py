"""Who has done which item of a path or list, for the units one looks after (R19)."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.forms.assignments import MatrixForm
from courses.permissions.assignments import WATCHERS
from courses.queries import assignments as reading
from courses.queries import completion
from courses.rendering.completion import matrix_workbook
from lianbing.kit import clock
from lianbing.library.views.impact import workbook
from lianbing.people.queries import units_in
from lianbing.people.request import Request

PER_PAGE = 50


@require_safe
def matrix(request: Request, uid: uuid.UUID) -> HttpResponse:
    """People by items and units by items; ?file=xlsx gives the workbook, ?all=on everybody on one page."""
    found, today = reading.named(uid), clock.today()
    if found is None or found.is_draft:
        raise Http404
    scopes = request.actor.scopes(*WATCHERS)
    form = MatrixForm(request.GET, units=units_in(scopes))
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = said.get("unit")
    items = list(reading.items_of(found))
    everybody = completion.meant(found, scopes, today, unit.path if unit else "")
    table = completion.table(everybody, items, today)
    units, shown = completion.by_unit(table), table.shown(said.get("show", ""))
    if request.GET.get("file") == "xlsx":
        book = matrix_workbook(items, completion.lines(everybody, table, shown), units)
        return workbook(book, f"completion-{today:%Y-%m-%d}")
    size = max(len(shown), 1) if "all" in request.GET else PER_PAGE
    page = Paginator(shown, size).get_page(request.GET.get("page"))
    query = request.GET.copy()
    for name in ("page", "all", "file"):
        query.pop(name, None)
    context = {
        "assignment": found,
        "items": items,
        "form": form,
        "units": units,
        "total": completion.total(units),
        "page_obj": page,
        "lines": completion.lines(everybody, table, list(page.object_list)),
        "query": query.urlencode(),
        "today": today,
    }
    return render(request, "courses/assignments/matrix.html", context)
