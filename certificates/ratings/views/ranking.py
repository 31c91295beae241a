"""Rankings: of one statement, and as of any past day."""

import datetime
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.ratings.forms.ranking import AsOfForm, UnitForm
from certificates.ratings.models import Statement
from certificates.ratings.permissions.pages import reading_scopes
from certificates.ratings.queries import desk
from certificates.ratings.queries.schemes import scheme_of
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.rendering.results import moved
from certificates.ratings.rules.words import Subject
from certificates.ratings.views.common import dressed, readable_statement
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 60


@require_safe
def statement_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One statement as it was computed, however old."""
    statement = readable_statement(request, uid)
    form = UnitForm(request.GET, scopes=reading_scopes(request.actor))
    return render(request, "ratings/ranking.html", {"form": form, **_page(request, statement, form.path())})


@require_safe
def as_of(request: Request) -> HttpResponse:
    """What anybody read of a scheme at the end of a day."""
    scopes = reading_scopes(request.actor)
    form = AsOfForm(request.GET or None, scopes=scopes, today=clock.today())
    scheme, kind, day = form.asked()
    found = desk.newest_of_scheme(scheme.pk, kind, scopes, day) if scheme else None
    context: dict[str, Any] = {"form": form, "day": day}
    if found is not None:
        context |= _page(request, found, form.path(), day)
    return render(request, "ratings/ranking.html", context)


def _page(
    request: Request, statement: Statement, path: str, day: datetime.date | None = None
) -> dict[str, Any]:
    period, scopes = statement.period, reading_scopes(request.actor)
    rules = scheme_of(statement.scheme_version)
    of_units = rules.subject == Subject.UNIT
    page = Paginator(desk.results_in(statement, scopes, path).defer("lines", "parts"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    bases = desk.bases_of(statement, [row.roll.unit_path for row in rows]) if of_units else {}
    for row in rows:
        word, tone = moved(row.why)
        dressed(row, moved=word, tone=tone, base=bases.get(row.roll.unit_path))
    told = desk.statements_of(period)
    published = [one for one in told if one.published_at]
    mine = next((one for one in told if one.statement.pk == statement.pk), None)
    return {
        "period": period,
        "name": period_name(period.kind, period.first),
        "statement": statement,
        "published_at": mine.published_at if mine else None,
        "newer": published[0] if published and published[0] != mine and day is None else None,
        "rows": rows,
        "page_obj": page,
        "of_units": of_units,
        "stars": rules.gives_stars(period.kind),
        "excluded": desk.excluded_in(statement, scopes, path),
    }
