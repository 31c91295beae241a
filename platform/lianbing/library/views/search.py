"""The search box over titles and articles, and the synonyms the legal section keeps for it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import permissions
from lianbing.library.forms import SearchForm, SynonymForm, WithdrawForm
from lianbing.library.models import SynonymGroup
from lianbing.library.queries import search as searching
from lianbing.library.rendering import search as rendering
from lianbing.library.rules.search_words import BOX_LENGTH
from lianbing.library.services import synonyms as keeping
from lianbing.people.request import Request

PER_PAGE = 20


@require_safe
def search(request: Request) -> HttpResponse:
    """What the box finds. The whole search stands in the address, so that it can be kept and sent."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    form = SearchForm(request.GET)
    wanted = form.wanted()
    on = wanted.pop("on") or clock.today()
    found = searching.search(
        text, on=on, filters=searching.Filters(**wanted), synonyms=request.GET.get("same") != "0"
    )
    form.count(found.counts)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "q": text[:BOX_LENGTH],
        "form": form,
        "found": found,
        "page_obj": page,
        "lines": rendering.lines(found, found.hits(page.object_list)),
        "asked": not found.box.empty,
        "narrowed": form.narrowed,
        "other_day": on if on != clock.today() else None,
        "may_keep": permissions.can_keep(request.actor),  # type: ignore[attr-defined]  # set by AccessMiddleware
    }
    return render(request, "library/search.html", context)


@require_safe
def synonyms(request: Request) -> HttpResponse:
    """Every group of words that mean the same, with who changed it when."""
    page = Paginator(SynonymGroup.objects.prefetch_related("synonyms"), 50).get_page(request.GET.get("page"))
    return render(request, "library/synonyms.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
def synonym_edit(request: Request, group: int | None = None) -> HttpResponse:
    """Add a group, or change one."""
    found = get_object_or_404(SynonymGroup, pk=group) if group else None
    start = {"words": "\n".join(str(s) for s in found.synonyms.all()), "note": found.note} if found else None
    form = SynonymForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.keep_synonyms(
                group=found,
                words=form.cleaned_data["words"],
                note=form.cleaned_data["note"],
                reason=form.cleaned_data["reason"],
                by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
                at=clock.now(),
            )
        except keeping.WordTaken as taken:
            form.add_error(
                "words", _("Another group holds these words already: %(words)s") % {"words": taken}
            )
        except keeping.GroupGone:
            form.add_error(None, _("Somebody else has removed these synonyms meanwhile."))
        else:
            messages.success(request, _("The synonyms hold from the next search on."))
            return redirect("library:synonyms")
    return render(request, "library/synonym_edit.html", {"form": form, "group": found})


@require_http_methods(["GET", "POST"])
def synonym_remove(request: Request, group: int) -> HttpResponse:
    """Take a group away, with a reason."""
    found = get_object_or_404(SynonymGroup, pk=group)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keeping.remove_synonyms(
            group=found,
            reason=form.cleaned_data["reason"],
            by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
            at=clock.now(),
        )
        messages.success(request, _("The synonyms were removed."))
        return redirect("library:synonyms")
    return render(request, "library/synonym_remove.html", {"form": form, "group": found})
