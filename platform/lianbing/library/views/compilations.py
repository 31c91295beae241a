"""Compilations: the list, reading, printing, composing."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import permissions
from lianbing.library.forms import CompilationForm, HeadingForm, PutLawForm
from lianbing.library.models import Compilation, CompilationItem, Law
from lianbing.library.queries import compilations as reading
from lianbing.library.queries import open_citations, timelines
from lianbing.library.rendering import compilations as rendering
from lianbing.library.services import compilations as services
from lianbing.library.services.compilations import CompilationRefused
from lianbing.people.request import Request

PER_PAGE = 30
WORDS = {
    "no_text": lambda detail: (
        _("No text of 《%(law)s》 holds on the day of this compilation.") % {"law": detail}
    ),
    "no_chapter": lambda detail: _("There is no such chapter."),
    "no_article": lambda detail: _("No article was read in it: %(detail)s") % {"detail": detail},
    "too_long": lambda detail: (
        _("A compilation holds %(most)s at most. Make a second one.") % {"most": detail}
    ),
    "no_place": lambda detail: _("It stands at the end already."),
}


def _compilation(request: Request, uid: uuid.UUID, *, change: bool = False) -> Compilation:
    found = reading.compilation_named(uid, request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    if found is None:
        raise Http404
    if change and not permissions.can_change(request.actor, found):  # type: ignore[attr-defined]  # as above
        raise PermissionDenied
    return found


@require_safe
def compilations(request: Request) -> HttpResponse:
    """What one may read, the last changed first."""
    found = reading.compilations(request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_compose = permissions.can_compose(request.actor)  # type: ignore[attr-defined]  # as above
    return render(request, "library/compilations.html", {"page_obj": page, "may_compose": may_compose})


@require_safe
def compilation(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The texts, with a word on those that have been amended since."""
    found = _compilation(request, uid)
    items = reading.items_of(found)
    parts = rendering.joined(reading.parts_of(items))
    context = {
        "compilation": found,
        "parts": [(part, rendering.body(part)) for part in parts],
        "newer": reading.newer_texts(items, clock.today()),
        "may_change": permissions.can_change(request.actor, found),  # type: ignore[attr-defined]  # set by AccessMiddleware
    }
    return render(request, "library/compilation.html", context)


@require_safe
def compilation_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The same as a book to print."""
    found = _compilation(request, uid)
    parts = reading.parts_of(reading.items_of(found))
    if not parts:
        messages.error(request, _("Nothing stands in it yet."))
        return redirect(found)
    made = rendering.as_pdf(found, parts, found.changed_at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{found.title}.pdf") or "inline"
    return response


@require_http_methods(["GET", "POST"])
def compilation_new(request: Request) -> HttpResponse:
    """Begin a compilation."""
    form = CompilationForm(request.POST or None, initial={"as_of": clock.today()})
    if request.method == "POST" and form.is_valid():
        made = services.compose(facts=form.facts(), by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        return redirect("library:compilation_edit", made.uid)
    return render(request, "library/compilation_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def compilation_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put texts in, order them, say what it is called and as of which day."""
    found = _compilation(request, uid, change=True)
    initial = {"title": found.title, "as_of": found.as_of, "shared": found.shared}
    form = CompilationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        lost = services.change_facts(
            compilation=found,
            facts=form.facts(),
            by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        _say_lost(request, lost)
        return redirect("library:compilation_edit", found.uid)
    search = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    context = {
        "compilation": found,
        "form": form,
        "items": reading.parts_of(reading.items_of(found)),
        "search": search,
        "laws": open_citations.suggestions("", search) if search else [],
        "chosen": _chosen(request, found),
        "heading_form": HeadingForm(),
    }
    return render(request, "library/compilation_edit.html", context)


def _chosen(request: Request, found: Compilation) -> dict[str, object] | None:
    """The law ticked to be put in, with its chapters on that day."""
    wanted = request.GET.get("law", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 16):
        return None
    law = Law.objects.filter(pk=int(wanted)).first()
    edition = timelines.edition_on(law, found.as_of) if law else None
    if law is None or edition is None:
        return {"law": law, "edition": None} if law else None
    edition.refresh_from_db(fields=["headings"])
    return {"law": law, "edition": edition, "headings": edition.headings}


@require_POST
def compilation_put(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put a law, a chapter, articles or a heading at the end."""
    found = _compilation(request, uid, change=True)
    heading, law = HeadingForm(request.POST), PutLawForm(request.POST)
    try:
        if request.POST.get("what") == "heading" and heading.is_valid():
            services.put_heading(
                compilation=found,
                heading=heading.cleaned_data["heading"],
                by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
                at=clock.now(),
            )
        elif law.is_valid():
            services.put_law(compilation=found, **law.cleaned_data, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # as above
        else:
            messages.error(request, _("Choose a law, or write a heading."))
    except CompilationRefused as refusal:
        messages.error(request, WORDS[refusal.code](refusal.detail))
    return redirect("library:compilation_edit", found.uid)


@require_POST
def compilation_item(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Move an item up or down, or take it out."""
    found = _compilation(request, uid, change=True)
    item = get_object_or_404(CompilationItem.objects.select_related("compilation"), compilation=found, pk=pk)
    act = request.POST.get("act")
    try:
        if act in ("up", "down"):
            services.move(item=item, up=act == "up", by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        elif act == "out":
            services.take_out(item=item, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # as above
    except CompilationRefused as refusal:
        messages.info(request, WORDS[refusal.code](refusal.detail))
    return redirect("library:compilation_edit", found.uid)


@require_POST
def compilation_update(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put in the texts that hold today."""
    found = _compilation(request, uid, change=True)
    lost = services.bring_up_to_date(
        compilation=found,
        on=clock.today(),
        by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
        at=clock.now(),
    )
    messages.success(request, _("It holds the texts of today."))
    _say_lost(request, lost)
    return redirect(found)


def _say_lost(request: Request, lost: list[str]) -> None:
    if lost:
        words = _("No text holds that day for these, so they were taken out: %(list)s")
        messages.warning(request, words % {"list": "、".join(lost)})


@require_http_methods(["GET", "POST"])
def compilation_discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Delete a compilation after asking."""
    found = _compilation(request, uid, change=True)
    if request.method == "POST":
        services.discard(compilation=found, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        messages.success(request, _("The compilation was deleted. The laws stay."))
        return redirect("library:compilations")
    return render(request, "library/compilation_discard.html", {"compilation": found})
