"""Bring laws in from the browser: upload or paste, look, choose, confirm, and see it done."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import services
from lianbing.library.formats import held as uploads
from lianbing.library.formats.held import Held
from lianbing.library.formats.sources import Sources
from lianbing.library.forms import PasteForm, UploadForm
from lianbing.library.models import Law
from lianbing.library.rendering import planned
from lianbing.library.rendering.reasons import say
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.people.request import Request

PAGE = 10
KINDS = ("new_law", "new_edition", "unchanged", "skipped", "refused")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _owner(request: Request) -> int:
    """The account an upload belongs to; the access matrix lets no stranger come here."""
    assert request.user.pk is not None
    return request.user.pk


@require_http_methods(["GET", "POST"])
def import_laws(request: Request) -> HttpResponse:
    """Take a file or a pasted text and lead to its preview."""
    pasting = request.method == "POST" and "text" in request.POST
    upload = UploadForm(None if pasting else request.POST or None, request.FILES or None)
    paste = PasteForm(request.POST if pasting else None)
    if pasting and paste.is_valid():
        name = paste.cleaned_data["name"] or _("Pasted text")
        return _hold(request, [paste.cleaned_data["text"].encode()], f"{name}.txt")
    if request.method == "POST" and not pasting and upload.is_valid():
        file = upload.cleaned_data["file"]
        try:
            return _hold(request, file.chunks(), file.name)
        except uploads.TooLarge:
            upload.add_error("file", _("The file is larger than 20 MB."))
    return render(request, "library/import.html", {"form": upload, "paste": paste})


def _hold(request: Request, chunks: Iterable[bytes], name: str) -> HttpResponse:
    """Keep the upload and look through its first files. Raises TooLarge."""
    at = clock.now()
    held = uploads.hold(chunks, name=name, owner=_owner(request), now=at.timestamp())
    services.plan_upload(held=held, by=request.actor, at=at)  # type: ignore[attr-defined]  # set by AccessMiddleware
    return redirect("library:import_review", uuid.UUID(held.token))


def _held(request: Request, token: uuid.UUID) -> Held:
    held = uploads.load(token.hex, owner=_owner(request))
    if held is None:
        raise Http404
    return held


@require_http_methods(["GET", "POST"])
def import_review(request: Request, token: uuid.UUID) -> HttpResponse:
    """What the upload would do, file by file; after confirming, step by step what was done."""
    held = _held(request, token)
    if request.method == "POST":
        return _step(request, held, token)
    report, kind = held.report if held.started else held.plan, "journal" if held.started else "planned"
    show = request.GET.get("show", "")
    places = _places(held, kind, show)
    page = Paginator(places, PAGE).get_page(request.GET.get("page"))
    left_out = set(held.left_out)
    context = {
        "held": held,
        "token": token,
        "report": report,
        "files": [
            row | {"word": planned.words_of_kind(row["kind"]), "left_out": row["place"] in left_out}
            for row in held.rows(kind, page.object_list)
        ],
        "page_obj": page,
        "show": show,
        "filters": _filters(held, kind),
        "levels": dict(Law.Level.choices),
        "working": not held.looked_through or (held.started and not held.finished),
        "usable": _usable(held),
        "may_keep_documents": not held.started and held.path.exists(),
    }
    return render(request, "library/import_review.html", context)


def _step(request: Request, held: Held, token: uuid.UUID) -> HttpResponse:
    """One step forward, or a choice about files."""
    choice = request.POST.get("choice")
    if choice and not held.started:
        services.choose(held=held, places=_chosen(request, held), leave_out=choice.startswith("leave"))
    elif not held.looked_through:
        services.plan_upload(held=held, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
    elif not held.finished:
        services.import_step(held=held, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
    back = reverse("library:import_review", args=[token])
    asked = request.GET.urlencode()
    return redirect(f"{back}?{asked}" if choice and asked else back)


def _chosen(request: Request, held: Held) -> list[int]:
    """The places a choice is about: one file, or all doubtful ones, or all."""
    if request.POST.get("choice") == "leave_doubtful":
        return [place for place, (_kind, doubtful, _at) in enumerate(held.planned) if doubtful]
    place = request.POST.get("file", "")
    if place.isascii() and place.isdigit():
        return [int(place[:9])]
    return list(range(held.total)) if request.POST.get("choice") == "take_all" else []


def _places(held: Held, kind: str, show: str) -> list[int]:
    rows = enumerate(getattr(held, kind))
    if show == "doubtful":
        return [place for place, (_kind, doubtful, _at) in rows if doubtful]
    if show == "left_out":
        return [place for place, _row in rows if place in set(held.left_out)]
    return [place for place, (one, _doubtful, _at) in rows if show not in KINDS or one == show]


def _filters(held: Held, kind: str) -> list[tuple[str, str, int]]:
    """What the list may be narrowed to: its name in the address, in words, and how many there are."""
    names = [("", _("All")), ("doubtful", _("Doubtful"))]
    names += [(one, planned.words_of_kind(one)) for one in KINDS]
    names += [("left_out", _("Left out"))]
    counted = [(name, words, len(_places(held, kind, name))) for name, words in names]
    return [row for row in counted if row[2] or not row[0]]


def _usable(held: Held) -> bool:
    """Whether confirming would save anything."""
    left_out = set(held.left_out)
    new = {"new_law", "new_edition"}
    return any(kind in new and place not in left_out for place, (kind, _d, _at) in enumerate(held.planned))


@require_safe
def import_report(request: Request, token: uuid.UUID) -> HttpResponse:
    """The whole preview or result as a spreadsheet, one row a file."""
    held = _held(request, token)
    kind = "journal" if held.started else "planned"
    data = planned.workbook(held.rows(kind, range(len(getattr(held, kind)))))
    response = HttpResponse(data, content_type=WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="import-laws.xlsx"'
    return response


@require_POST
def keep_as_document(request: Request, token: uuid.UUID) -> HttpResponse:
    """Make a draft of a document from a file that is no law, and lead to it in the editor."""
    held, place = _held(request, token), request.POST.get("file", "")
    known = place.isascii() and place.isdigit() and len(place) < 8 and int(place) < held.total
    if not known or held.started or not held.path.exists():
        raise Http404
    with Sources([held.path]) as sources:
        source = next(sources.since(int(place)))
        try:
            made = services.keep_as_document(source=source, by=request.actor, at=clock.now())
        except (NotALaw, Unreadable) as error:
            messages.error(
                request, _("It cannot be kept as a document: %(why)s") % {"why": say(error.finding)}
            )
            return redirect("library:import_review", token)
    messages.success(request, _("A draft was made. Look through it and publish it in the editor."))
    return redirect("wagtailadmin_pages:edit", made.pk)
