"""The service worker of pages that go on without a signal: one script, told what to keep. Of use on https alone."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.http import HttpResponse
from django.templatetags.static import static

# What every page shows, and the script by which it keeps records.
SHARED = ("kit/lianbing.css", "kit/lianbing.js", "kit/logo.svg", "kit/icons.svg", "kit/keeping.js")
_SOURCE = Path(__file__).resolve().parent / "static" / "kit" / "keeping_worker.js"


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def worker(*, store: str, pages: str, most_pages: int, files: Iterable[str]) -> HttpResponse:
    """The script of a worker that keeps the static `files` and the last `most_pages` pages.

    `pages` is a JavaScript pattern of their paths; `store` names the cache and ends in a number: a new
    number clears what workers before it kept. Its scope is the folder it is served from.
    """
    told = {
        "STORE": store,
        "PAGES": pages,
        "MOST_PAGES": most_pages,
        "FILES": [static(name) for name in (*SHARED, *files)],
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in told.items()]
    text = "\n".join([*lines, _source()])
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
