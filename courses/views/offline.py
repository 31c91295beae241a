"""The service worker that keeps opened lessons for the way; films are too large for it. Of use on https alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from lianbing.kit import keeping

NAMES = ["store", "wire", "films", "presence", "tries", "player"]


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker's script, with the addresses of what it keeps. Its scope is /courses/."""
    del request
    return keeping.worker(
        store="lianbing-pages-courses-2",
        pages=r"^/courses/learning/[0-9a-f-]{36}/\d+/$",
        most_pages=6,
        files=[f"courses/learning/{name}.js" for name in NAMES],
    )
