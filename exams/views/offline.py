"""What lets the exam page be reloaded while offline: a service worker and an empty page. Nobody's data."""

import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

NAMES = [
    "canonical",
    "clock",
    "journal",
    "client",
    "wire",
    "sync",
    "rich",
    "kinds",
    "kind_choice",
    "kind_text",
    "kind_blank",
    "kind_ordering",
    "kind_case",
    "typing",
    "paper",
    "handin",
    "view",
    "dialogs",
    "session",
    "taking",
]
FILES = ["kit/lianbing.css", "kit/logo.svg", *(f"exams/{name}.js" for name in NAMES)]
_SOURCE = Path(__file__).resolve().parent.parent / "static" / "exams" / "worker.js"


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker's script, with the addresses of what it keeps. Its scope is /exams/."""
    del request
    kept = json.dumps([static(name) for name in FILES])
    text = f"const FILES = {kept};\nconst SHELL = {json.dumps(reverse('exams:shell'))};\n{_source()}"
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The exam page without an exam; its scripts look for the paper this browser holds."""
    return render(request, "exams/taking/page.html", {"attempt_data": None})
