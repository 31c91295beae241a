"""Two editions beside each other."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianbing.kit import clock
from lianbing.library import queries
from lianbing.library.models import Law, LawEdition
from lianbing.library.rendering import diff
from lianbing.people.request import Request


def address(old: LawEdition, new: LawEdition) -> str:
    """Where two editions are compared; the second may stand under another name of the law."""
    if old.law_id == new.law_id:
        return reverse("library:diff", args=[old.law.slug, old.slug, new.slug])
    return reverse("library:diff_across", args=[old.law.slug, old.slug, new.law.slug, new.slug])


def _edition_or_404(law: str, edition: str) -> LawEdition:
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law")
    return get_object_or_404(
        standing.defer("source_text", "headings", "preamble", "history"), law__slug=law, slug=edition
    )


@require_safe
def choose(request: Request, law: str) -> HttpResponse:
    """Lead to the comparison of the two editions in ?old= and ?new= (primary keys). Without `new` it is the edition
    in force, without `old` the one before."""
    line = queries.line_of(get_object_or_404(Law, slug=law))
    if not line.editions:
        raise Http404
    by_pk = {str(edition.pk): edition for edition in line.editions}
    new = by_pk.get(request.GET.get("new", "")) or line.on(clock.today()) or line.editions[-1]
    old = by_pk.get(request.GET.get("old", "")) or line.beside(new)[0] or new
    query = "?all=on" if request.GET.get("all") else ""
    return redirect(address(old, new) + query)


@require_safe
def compare(request: Request, law: str, edition: str, other: str, other_law: str = "") -> HttpResponse:
    """What `other` changes against `edition`, article by article; ?all=on shows the unchanged ones too."""
    old = _edition_or_404(law, edition)
    new = _edition_or_404(other_law or law, other)
    comparison = queries.comparison(old, new)
    everything = request.GET.get("all") == "on"
    addresses = diff.Addresses(old.get_absolute_url(), new.get_absolute_url())
    context = {
        "old": old,
        "new": new,
        "law": new.law,
        "editions": queries.line_of(new.law).editions,
        "comparison": comparison,
        "counts": diff.counts(comparison),
        "rows": diff.rows(comparison, addresses, everything=everything),
        "everything": everything,
        "turned": address(new, old),
    }
    return render(request, "library/diff.html", context)
