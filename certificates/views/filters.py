"""Saving a filter of a list and removing it. Both lead back to that list, and to no other address."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certificates.rules.filters import LONGEST_QUERY, tidy
from certificates.services import filters
from lianbing.kit import clock
from lianbing.people.request import Request


def _list(page: str, query: str) -> str:
    """The address of a list with a filter. One too long for any address is left out."""
    kept = tidy(query) if len(query) <= 4 * LONGEST_QUERY else ""
    return reverse(page) + (f"?{kept}" if kept else "")


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep the filter a list shows under a name; in words why not."""
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    title = request.POST.get("title", "")
    try:
        kept = filters.save(page=page, title=title, query=query, by=request.actor, at=clock.now())
    except filters.UnknownPage as error:
        raise Http404 from error
    except filters.FilterRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Filter saved: %(title)s") % {"title": kept.title})
    return redirect(_list(page, query))


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Keep a filter no more. The list still shows it, so that it can be saved again."""
    gone = filters.remove(pk=pk, by=request.actor)
    if gone is None:
        raise Http404
    messages.success(
        request,
        _("Filter removed: %(title)s. The list still shows it; you can save it again.")
        % {"title": gone.title},
    )
    return redirect(_list(gone.page, gone.query))
