"""The service worker that carries today's set along. It is of use on https alone."""

import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_GET

NAMES = ["store", "wire", "queue", "grading", "player", "home"]
FILES = ["kit/lianbing.css", "kit/lianbing.js", "kit/logo.svg", "kit/icons.svg"]
_SOURCE = Path(__file__).resolve().parent.parent / "static" / "drills" / "worker.js"


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker's script, with the addresses of what it keeps. Its scope is /drills/."""
    del request
    kept = json.dumps([static(name) for name in (*FILES, *(f"drills/{name}.js" for name in NAMES))])
    text = f"const FILES = {kept};\n{_source()}"
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
