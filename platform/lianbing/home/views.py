"""The front page of each role, and the page that shows every component."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianbing.home import queries
from lianbing.home.forms import SampleForm
from lianbing.kit import charts, clock

SPREAD = (0, 0, 1, 2, 4, 9, 15, 23, 18, 8)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What to do next, for whoever is signed in; a short public page for a stranger."""
    if not request.user.is_authenticated:
        return render(request, "home/stranger.html")
    if request.user.must_change_password:  # the route is public, so the door has not looked at this
        return redirect("people:password_change")
    at = clock.now()
    actor = request.actor  # type: ignore[attr-defined]  # set by AccessMiddleware
    context = {"panels": queries.panels(actor, at), "search": queries.search_box(actor), "at": at}
    return render(request, "home/front.html", context)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page, for those who build and translate pages."""
    spread = [charts.Value(f"{low}", count) for low, count in zip(range(0, 100, 10), SPREAD, strict=True)]
    words: dict[str, Any] = {"title": _("Score"), "heading": _("Score"), "unit": _("People")}
    sample = {
        "tones": ["ok", "warn", "bad", "info", "muted"],
        "form": SampleForm({"name": "", "kind": "officer", "starts_on": "2026-02-30"}),
        "errors": [{"sheet": "人员", "row": 7, "column": "工号", "message": _("This field is required.")}],
        "rows": [
            {"name": "林小满", "unit": "东湖中队", "score": "92.5", "state": _("Passed"), "tone": "ok"},
            {"name": "陈立夏", "unit": "西岭中队", "score": "56", "state": _("Failed"), "tone": "bad"},
        ],
        "bars": charts.bars(spread[5:], **words),
        "histogram": charts.histogram(spread, rule_after=6, **words),
        "line": charts.line(spread[4:], **words),
    }
    return render(request, "home/style.html", sample)
