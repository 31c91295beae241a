"""The front page of each role, and the page that shows every component."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianbing.home import queries
from lianbing.kit import clock


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What to do next, for whoever is signed in; a short public page for a stranger."""
    if not request.user.is_authenticated:
        return render(request, "home/stranger.html")
    at = clock.now()
    return render(request, "home/front.html", {"panels": queries.panels(request.actor, at), "at": at})  # type: ignore[attr-defined]


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page, for those who build and translate pages."""
    return render(request, "home/style.html")
