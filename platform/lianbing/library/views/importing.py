"""Bring laws in from the browser: upload, look, confirm, and see it done."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianbing.kit import clock
from lianbing.library import services
from lianbing.library.formats import held as uploads
from lianbing.library.forms import UploadForm
from lianbing.library.rendering import reader
from lianbing.library.rendering.reasons import say
from lianbing.library.rules.law_tree import LawText
from lianbing.people.request import Request

SHOWN = 200


def _owner(request: Request) -> int:
    """The account an upload belongs to; the access matrix lets no stranger come here."""
    assert request.user.pk is not None
    return request.user.pk


@require_http_methods(["GET", "POST"])
def import_laws(request: Request) -> HttpResponse:
    """Take a file and lead to its preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, at = form.cleaned_data["file"], clock.now()
        try:
            held = uploads.hold(file.chunks(), name=file.name, owner=_owner(request), now=at.timestamp())
        except uploads.TooLarge:
            form.add_error("file", _("The file is larger than 20 MB."))
        else:
            services.plan_upload(held=held, by=request.actor, at=at)  # type: ignore[attr-defined]  # set by AccessMiddleware
            return redirect("library:import_review", uuid.UUID(held.token))
    return render(request, "library/import.html", {"form": form})


@require_http_methods(["GET", "POST"])
def import_review(request: Request, token: uuid.UUID) -> HttpResponse:
    """What the upload would do; after confirming, step by step what was done."""
    held = uploads.load(token.hex, owner=_owner(request))
    if held is None:
        raise Http404
    if request.method == "POST":
        if not held.finished:
            services.import_step(held=held, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        return redirect("library:import_review", token)
    report = held.report if held.started else held.plan
    context = {
        "held": held,
        "report": report,
        "lists": [(title, report[key][:SHOWN], len(report[key])) for title, key in _lists()],
        "shown": SHOWN,
        "trees": [] if held.started else [_tree(text) for text in services.trees_of(held=held)],
        "usable": bool(report["editions_created"]),
    }
    return render(request, "library/import_review.html", context)


def _lists() -> list[tuple[str, str]]:
    return [
        (_("Refused files"), "refused"),
        (_("Doubtful files"), "doubtful"),
        (_("Skipped files"), "skipped"),
    ]


def _tree(text: LawText) -> dict[str, object]:
    headings = [
        {"kind": h.kind, "text": h.text, "anchor": h.anchor, "before": h.before, "notes": h.notes}
        for h in text.headings
    ]
    rows = [(a.position, a.label, a.anchor, a.text) for a in text.articles]
    return {
        "text": text,
        "doubts": [say(doubt) for doubt in text.doubts],
        "body": reader.body(headings, rows, "\n".join(text.preamble)),
    }
