"""The annual data book: on the page, as a workbook, on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certificates.ratings.forms.books import BookForm
from certificates.ratings.permissions.books import book_scopes
from certificates.ratings.queries.data_book import data_book as counted
from certificates.ratings.rendering.data_book import FIGURES, tables, trend_charts
from certificates.ratings.services.books import hand_out
from lianbing.kit import clock
from lianbing.people.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _form(request: Request) -> BookForm:
    return BookForm(request.GET, scopes=book_scopes(request.actor), this_year=clock.today().year)


@require_GET
def data_book(request: Request) -> HttpResponse:
    """The figures of a unit and a year, by branch, and over the years."""
    form = _form(request)
    unit, year = form.asked()
    if unit is None:
        raise Http404
    book = counted(unit, year, today=clock.today())
    context = {
        "form": form,
        "book": book,
        "tables": tables(book),
        "trend": [chart for chart in trend_charts(book) if chart["rows"]],
        "figures": list(FIGURES.values()),
        "query": f"unit={unit.pk}&year={year}",
    }
    return render(request, "ratings/data_book.html", context)


@require_GET
def data_book_file(request: Request, kind: str) -> HttpResponse:
    """The same as a file: `kind` is xlsx or pdf."""
    unit, year = _form(request).asked()
    if unit is None or kind not in {"xlsx", "pdf"}:
        raise Http404
    made, _book = hand_out(unit=unit, year=year, as_pdf=kind == "pdf", by=request.actor, at=clock.now())
    response = HttpResponse(made, content_type="application/pdf" if kind == "pdf" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="data-book-{year}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
