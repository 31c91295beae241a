"""The hours desk: units, their people, one person's entries; as a workbook too."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.training.forms.hours import DeskForm
from courses.training.permissions.hours import may_correct, may_read, may_set_rules, reading_scopes
from courses.training.queries.desk import Asked, Line, claims_of, lines, unit_of, units
from courses.training.queries.hours_wording import missing_words
from courses.training.queries.locks import active as active_locks
from courses.training.queries.locks import lock_words
from courses.training.queries.standing import report_day, standings, targets_of
from courses.training.rules.periods import whole_year
from courses.training.services.hour_exports import export
from courses.training.views.hours_own import day_asked, person_or_404, rows_of, year_asked, year_context
from lianbing.kit import clock
from lianbing.people.queries import identities
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: Request) -> tuple[DeskForm, Asked]:
    form = DeskForm(request.GET or None, scopes=reading_scopes(request.actor), year=clock.today().year)
    said: dict[str, Any] = form.asked() if form.is_bound else {"year": form.this_year, "paths": form.scopes}
    return form, Asked(
        year=said["year"],
        paths=tuple(said["paths"]),
        search=said.get("search", ""),
        standing=said.get("standing", ""),
        as_of=said.get("as_of"),
    )


def shown(line: Line) -> dict[str, Any]:
    """One row of the desk."""
    return {"line": line, "missing": missing_words(line.found.standing)}


@require_GET
def manage(request: Request) -> HttpResponse:
    """Who has how many hours, who lacks some, unit by unit and person by person."""
    form, asked = _asked(request)
    today = clock.today()
    everybody = lines(Asked(asked.year, asked.paths, asked.search, "", asked.as_of), today)
    met = [line for line in everybody if line.found.standing and line.found.standing.met]
    lacking = [line for line in everybody if line.found.lacking]
    chosen = {"": everybody, "met": met, "lacking": lacking}[asked.standing]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    hr = request.actor.has(Role.HR)
    context = {
        "form": form,
        "asked": asked,
        "tiles": [
            ("", len(everybody), "info"),
            ("met", len(met), "ok"),
            ("lacking", len(lacking), "bad" if lacking else "ok"),
        ],
        "units": units(everybody, asked),
        "page_obj": page,
        "rows": [shown(line) for line in page],
        "on": report_day(asked.year, today, asked.as_of),
        "targets": any(line.found.target for line in everybody) or targets_of(asked.year),
        "locks": [lock_words(lock) for lock in active_locks(*whole_year(asked.year))],
        "manages": hr,
        "sets_rules": hr and may_set_rules(request.actor),
        "waiting": claims_of(request.actor, today).filter(decided_at=None).count() if hr else 0,
        "query": request.GET.urlencode(),
    }
    return render(request, "training/hours/manage.html", context)


@require_GET
def export_xlsx(request: Request) -> HttpResponse:
    """The same people, all of them, and their entries, as a workbook."""
    _form, asked = _asked(request)
    book, _rows = export(asked=asked, by=request.actor, at=clock.now())
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="hours-{asked.year}.xlsx"'
    return response


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person's year with every entry; HR corrects from here."""
    officer, today = person_or_404(pk), clock.today()
    year, as_of = year_asked(request, today), day_asked(request)
    path, unit = unit_of(officer, today)
    ids = identities(officer)
    if not may_read(request.actor, ids, path):
        raise Http404
    on = report_day(year, today, as_of)
    context = {
        "officer": officer,
        "unit": unit,
        "year": year,
        "as_of": as_of,
        "last_year": year - 1,
        "next_year": year + 1,
        "rows": rows_of(pk, year, as_of),
        "corrects": may_correct(request.actor, ids, path),
    } | year_context(standings([pk], year, on, as_of)[pk], year, as_of)
    return render(request, "training/hours/person.html", context)
