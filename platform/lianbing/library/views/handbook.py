"""The enforcement handbook, served here and written at /cms/."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianbing.kit import clock
from lianbing.library import permissions, queries
from lianbing.library.models import HandbookEntry
from lianbing.library.rendering.links import Linker, texts_of
from lianbing.people.request import Request


@require_safe
def handbook(request: Request) -> HttpResponse:
    """All published entries in the order of the editor's tree."""
    entries = queries.handbook_entries()
    may_edit = permissions.can_edit_handbook(request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    may_follow = request.actor.has(*permissions.BOOK_FOLLOWERS)  # type: ignore[attr-defined]  # as above
    context = {"entries": entries, "may_edit": may_edit, "may_follow_books": may_follow}
    return render(request, "library/handbook.html", context)


@require_safe
def handbook_entry(request: Request, slug: str) -> HttpResponse:
    """One entry; its citations show the article that holds today."""
    entry = get_object_or_404(HandbookEntry.objects.live(), slug=slug)
    may_edit = permissions.can_edit_handbook(request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    linker = Linker(clock.today(), staff=may_edit).prepare([entry.summary, *texts_of(entry)])
    pieces = [_piece(block, linker.resolver) for block in entry.body]
    return render(
        request,
        "library/handbook_entry.html",
        {"entry": entry, "pieces": pieces, "linker": linker, "may_edit": may_edit},
    )


def _piece(block: Any, resolver: queries.CitationResolver) -> dict[str, Any]:
    piece = {"kind": block.block_type, "value": block.value}
    if block.block_type == "article":
        piece["resolutions"] = resolver.resolve_all(block.value["citation"])
    return piece
