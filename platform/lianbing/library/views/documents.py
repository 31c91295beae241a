"""Documents without articles: the list, one document, its file and film."""

import re
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.documents.models import Document

from lianbing.kit import clock
from lianbing.library import permissions
from lianbing.library.forms import DocumentFilterForm
from lianbing.library.models import LibraryDocument
from lianbing.library.queries import documents as reading
from lianbing.library.queries import receipts
from lianbing.library.rendering import documents as rendering
from lianbing.people.request import Request

PER_PAGE = 30
# What the browser may show itself; everything else is a download.
FILM = "video/mp4"
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# A player asks again for what follows; nobody holds a whole film in memory.
MOST_AT_ONCE = 2 * 1024 * 1024


@require_safe
def documents(request: Request) -> HttpResponse:
    """Published documents under filters, latest first."""
    today = clock.today()
    form = DocumentFilterForm(request.GET, years=reading.years())
    form.is_valid()
    wanted = form.cleaned_data
    found = reading.documents(
        today,
        search=wanted.get("q") or "",
        category=wanted.get("category") or "",
        year=wanted.get("year"),
        status=wanted.get("status") or "",
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(one, rendering.chip(one, today)) for one in page.object_list],
        "filtered": any(wanted.values()),
        "may_edit": permissions.can_edit_handbook(request.actor),
        "may_circulate": permissions.can_circulate(request.actor),
    }
    return render(request, "library/documents.html", context)


def live_or_404(slug: str) -> LibraryDocument:
    """The published document with this slug."""
    found = LibraryDocument.objects.live().select_related("superseded_by", "file", "film", "live_revision")
    return get_object_or_404(found, slug=slug)


def shown(found: LibraryDocument) -> dict[str, Any]:
    """What `library/_document.html` shows."""
    today = clock.today()
    pieces = rendering.pieces(found)
    return {
        "document": found,
        "pieces": pieces,
        "linker": rendering.linker(found, pieces, today),
        "chip": rendering.chip(found, today),
        "plays": found.film is not None and found.film.filename.lower().endswith(".mp4"),
    }


@require_safe
def document(request: Request, slug: str) -> HttpResponse:
    """One document as it was last published."""
    found = live_or_404(slug)
    followed = permissions.can_circulate(request.actor)
    mine = receipts.to_read(request.actor.officer_id, clock.today()).filter(circulation__document=found)
    context = {
        "may_edit": permissions.can_edit_handbook(request.actor),
        "may_circulate": followed,
        "circulations": list(found.circulations.all()[:5]) if followed else [],
        "mine": mine.first() if request.actor.officer_id else None,
    }
    return render(request, "library/document.html", shown(found) | context)


@require_safe
def document_file(request: Request, slug: str, which: str) -> HttpResponseBase:
    """The file of a document to keep, or its film to play."""
    return one_of(request, live_or_404(slug), which)


def one_of(request: HttpRequest, found: LibraryDocument, which: str) -> HttpResponseBase:
    """`which` is "file" or "film"."""
    kept = {"file": found.file, "film": found.film}.get(which)
    if kept is None:
        raise Http404
    return send(request, kept, plays=which == "film")


def send(request: HttpRequest, kept: Document, *, plays: bool = False) -> HttpResponseBase:
    """A stored file. Only a film is shown in the page; nothing that was uploaded runs anything here."""
    try:
        file = kept.file.open("rb")
    except OSError:
        raise Http404 from None
    film = plays and kept.filename.lower().endswith(".mp4")
    response: HttpResponseBase = _part(request, file, kept) if film else FileResponse(file)
    response["Content-Type"] = FILM if film else "application/octet-stream"
    kind = "inline" if film else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(kept.filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    return response


def _part(request: HttpRequest, file: Any, kept: Document) -> HttpResponseBase:
    """The range of bytes a player asks for (RFC 9110, one range), so that it can go back and forth."""
    size = kept.file.size
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        whole = FileResponse(file)
        whole["Accept-Ranges"] = "bytes"
        return whole
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    length = min(end - start + 1, MOST_AT_ONCE)
    end = start + length - 1
    with file:
        data = file.read(length)
    headers = {"Content-Range": f"bytes {start}-{end}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(data, status=206, headers=headers)


@require_safe
def cms_file(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A file as the editor links to it; only those whom the matrix lets into /cms/ come here."""
    kept = get_object_or_404(Document, pk=document_id)
    if kept.filename != document_filename:
        raise Http404
    return send(request, kept)
