"""HR's one page: who is certified, whose certificate ends, who failed, who did not sit."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from certificates.forms.training import OverviewForm
from certificates.models.labels import OUTCOME_LABELS, OUTCOME_TONES, STANDING_LABELS, STANDING_TONES
from certificates.permissions.training import reading_scopes
from certificates.queries.overview import CERTIFIED, UNCERTIFIED, counts, lines, people, standing_only
from certificates.services.exporting import export
from certificates.state.training import State
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 50
MOST_ON_ONE = 2000
TILES = (
    ("", "people", "info"),
    (CERTIFIED, CERTIFIED, "ok"),
    (State.EXPIRING.value, State.EXPIRING.value, "warn"),
    (UNCERTIFIED, UNCERTIFIED, "bad"),
    ("failed", "failed", "bad"),
    ("absent", "absent", "warn"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CountedPaginator(Paginator):
    """Pages over rows whose number is known already from the tiles."""

    def __init__(self, rows: Any, per_page: int, known: int) -> None:
        super().__init__(rows, per_page)
        self._known = known

    @cached_property
    def count(self) -> int:
        return self._known


def _tiles(totals: Counter[str], chosen: str, query: QueryDict) -> list[dict[str, Any]]:
    kept = {key: value for key, value in query.items() if key not in {"standing", "page"} and value}
    return [
        {
            "label": STANDING_LABELS.get(key),
            "count": totals[key],
            "tone": tone,
            "current": chosen == standing,
            "url": "?" + urlencode({**kept, "standing": standing} if standing else kept),
        }
        for standing, key, tone in TILES
    ]


@require_GET
def overview(request: Request) -> HttpResponse:
    """The page. Counts on top are those of the filters without the standing, so that tapping one changes none."""
    form = OverviewForm(request.GET, scopes=reading_scopes(request.actor))
    asked, today = form.asked(), clock.today()
    everybody = people(asked, today)
    totals = counts(everybody)
    known = totals[asked.standing] if asked.standing else totals["people"]
    per_page = MOST_ON_ONE if request.GET.get("page") == "all" else PER_PAGE
    page = CountedPaginator(standing_only(everybody, asked.standing), per_page, known).get_page(
        request.GET.get("page")
    )
    rows = [
        {
            "line": line,
            "standing": STANDING_LABELS[line.standing],
            "tone": STANDING_TONES[line.standing],
            "outcome": OUTCOME_LABELS.get(line.outcome, ""),
            "outcome_tone": OUTCOME_TONES.get(line.outcome, "muted"),
        }
        for line in lines(page.object_list, today)
    ]
    context = {
        "form": form,
        "tiles": _tiles(totals, asked.standing, request.GET),
        "rows": rows,
        "page_obj": page,
        "today": today,
        "query": request.GET.urlencode(),
        "manages": request.actor.has(Role.HR),
    }
    return render(request, "certificates/overview.html", context)


@require_GET
def overview_export(request: Request) -> HttpResponse:
    """The same rows, all of them, as a workbook."""
    form = OverviewForm(request.GET, scopes=reading_scopes(request.actor))
    book, _rows = export(asked=form.asked(), by=request.actor, at=clock.now())
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="certification-{clock.today():%Y%m%d}.xlsx"'
    return response
