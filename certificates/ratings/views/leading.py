"""The leader's page (five numbers, the three worst risks) and HR's desk (the same by unit, with ways to act)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certificates.ratings.forms.books import BookForm
from certificates.ratings.permissions.leading import leading_scopes
from certificates.ratings.queries.leading import Leading
from certificates.ratings.queries.leading import leading as counted
from certificates.ratings.rendering.data_book import trend_charts, written
from certificates.ratings.rendering.leading import COLUMNS, line, numbers, pictures, told
from certificates.ratings.services.books import hand_out_circular
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

DESK_RISKS = 10
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _form(request: Request) -> BookForm:
    return BookForm(request.GET, scopes=leading_scopes(request.actor), this_year=clock.today().year)


def _found(form: BookForm, most_risks: int = 3) -> Leading:
    unit, _year = form.asked()
    if unit is None:
        raise Http404
    return counted(unit, clock.today(), most_risks=most_risks)


@require_GET
def leader(request: Request) -> HttpResponse:
    """One page for a phone, once a week."""
    form = _form(request)
    found = _found(form)
    context = {
        "form": form,
        "units": len(form.units),
        "unit": found.whole.row.unit,
        "today": clock.today(),
        "numbers": numbers(found),
        "risks": [told(risk, unit) for risk, unit in found.risks],
        "pictures": pictures(found),
    }
    return render(request, "ratings/leader.html", context)


@require_GET
def desk(request: Request) -> HttpResponse:
    """HR's desk: figures by unit, pictures, the years, risks, and the ways to every list and file."""
    form = _form(request)
    found = _found(form, DESK_RISKS)
    context = {
        "form": form,
        "unit": found.whole.row.unit,
        "today": clock.today(),
        "numbers": numbers(found),
        "risks": [told(risk, unit) for risk, unit in found.risks],
        "headings": [heading for _name, heading in COLUMNS],
        "rows": [
            (branch.row.unit, [written(value) for value in line(branch)])
            for branch in (found.whole, *found.branches)
        ],
        "pictures": pictures(found),
        "trend": [chart for chart in trend_charts(found.book) if chart["rows"]],
        "is_hr": request.actor.has(Role.HR),
    }
    return render(request, "ratings/desk.html", context)


@require_GET
def circular(request: Request) -> HttpResponse:
    """The circular of a unit in Word, as it stands today."""
    unit, _year = _form(request).asked()
    if unit is None:
        raise Http404
    made = hand_out_circular(unit=unit, by=request.actor, at=clock.now())
    response = HttpResponse(made, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="circular-{clock.today():%Y%m%d}.docx"'
    return response
