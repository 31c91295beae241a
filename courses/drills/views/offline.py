"""The service worker that carries today's set along. It is of use on https alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from lianbing.kit import keeping

NAMES = ["store", "wire", "queue", "grading", "player", "home"]


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker's script, with the addresses of what it keeps. Its scope is /drills/."""
    del request
    return keeping.worker(
        store="lianbing-pages-drills-2",
        pages=r"^/drills/(sets/[0-9a-f-]{36}/)?$",
        most_pages=8,
        files=[f"drills/{name}.js" for name in NAMES],
    )
