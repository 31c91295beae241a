"""What a change of law touches: of one edition, and of one article."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianbing.kit import clock
from lianbing.library import queries
from lianbing.library.forms import ImpactForm
from lianbing.library.models import LawEdition
from lianbing.library.queries import amendments
from lianbing.library.queries.impact import Impact
from lianbing.library.rendering import impact as rendering
from lianbing.people.request import Request

PER_PAGE = 20
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _edition_or_404(law: str, edition: str) -> LawEdition:
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law")
    heavy = standing.defer("source_text", "headings", "preamble", "history", "doubts")
    return get_object_or_404(heavy, law__slug=law, slug=edition)


def _told(request: Request, edition: LawEdition, code: str) -> tuple[list[Any], Impact]:
    """What the edition does and what that touches; of a draft, what it would do."""
    events = [] if edition.is_draft else amendments.events_of(edition)
    changes = amendments.foreseen(edition) if edition.is_draft else amendments.changes_of(events)
    return events, queries.impact_of(changes, request.actor, code=code)  # type: ignore[attr-defined]  # set by AccessMiddleware


@require_safe
def impact(request: Request, law: str, edition: str) -> HttpResponse:
    """Every article an edition changes with everything that rests on it; ?file=xlsx gives the workbook."""
    found = _edition_or_404(law, edition)
    form = ImpactForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    events, told = _told(request, found, wanted.get("kind", ""))
    if wanted.get("file"):
        return workbook(rendering.as_workbook(told), f"impact-{found.slug}")
    context = {"edition": found, "law": found.law, "events": events, "today": clock.today()}
    return render(request, "library/impact.html", context | page_of(request, told, form))


def page_of(request: Request, told: Impact, form: ImpactForm) -> dict[str, Any]:
    """What `library/_impact.html` shows: a page of the changed articles, or all of them for printing."""
    wanted = form.cleaned_data if form.is_valid() else {}
    groups = [group for group in told.groups if group.citing or not wanted.get("cited")]
    everything = wanted.get("all", False)
    page = Paginator(groups, max(len(groups), 1) if everything else PER_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "impact": told,
        "form": form,
        "page_obj": page,
        "everything": everything,
        "groups": rendering.shown(page.object_list, request.actor),  # type: ignore[attr-defined]  # set by AccessMiddleware
    }


def workbook(data: bytes, name: str) -> HttpResponse:
    """A workbook as a file to keep."""
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_safe
def cited_by(request: Request, law: str, edition: str) -> HttpResponse:
    """What rests on the article ?article=art-33 of an edition; without one, lead to the text."""
    found = _edition_or_404(law, edition)
    if "article" not in request.GET:
        return redirect(found)
    article = found.articles.filter(anchor=request.GET.get("article", "")).first()
    if article is None:
        raise Http404(_("There is no such article."))
    article.edition = found
    citing = queries.citing_for([article.pk], request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    changes = article.changes.select_related("successor__edition__law", "event__edition__law").order_by("on")
    context = {
        "edition": found,
        "law": found.law,
        "article": article,
        "lines": rendering.lines(citing, request.actor),  # type: ignore[attr-defined]  # as above
        "changes": changes,
        "today": clock.today(),
    }
    return render(request, "library/cited_by.html", context)
