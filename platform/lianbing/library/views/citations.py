"""The legal section's list of citations that lead nowhere, and what it does about them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianbing.kit import clock
from lianbing.library.forms import NameLawForm, OpenCitationsForm
from lianbing.library.models import LawName
from lianbing.library.queries import open_citations as reading
from lianbing.library.rendering.problems import problem_text, source_labels
from lianbing.library.services import open_citations as services
from lianbing.people.request import Request

PER_PAGE = 50


def _wanted(request: Request) -> dict[str, Any]:
    form = OpenCitationsForm(request.GET, sources=source_labels())
    return form.cleaned_data if form.is_valid() else {"source": "", "absent": False, "name": "", "q": ""}


def _law_page(name: str) -> str:
    return f"{reverse('library:citations_of')}?{urlencode({'name': name})}"


@require_safe
def citations(request: Request) -> HttpResponse:
    """The laws whose citations lead nowhere, most frequent first."""
    wanted = _wanted(request)
    found = reading.open_laws(source=wanted["source"], absent=wanted["absent"])
    counts = reading.sources_of()
    sources = [(code, label, counts.get(code, 0)) for code, label in source_labels().items()]
    context = {
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "sources": sources,
        "total": sum(counts.values()),
        "unchecked": reading.unchecked_count(),
        "names": reading.names_given(),
    }
    return render(request, "library/citations.html", context)


@require_safe
def citations_of(request: Request) -> HttpResponse:
    """What cites one law in vain, with the reason of each, and what can be done about the name."""
    wanted = _wanted(request)
    name = wanted["name"]
    found = reading.open_citations(name, source=wanted["source"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    labels = source_labels()
    rows = [(row, problem_text(row.code), labels.get(row.source, row.source)) for row in page]
    context = {
        "name": name,
        "search": wanted["q"],
        "page_obj": page,
        "rows": rows,
        "absent": reading.is_absent(name),
        "laws": reading.suggestions(name, wanted["q"]),
    }
    return render(request, "library/citations_of.html", context)


@require_POST
def name_law(request: Request) -> HttpResponse:
    """This name means that law."""
    form = NameLawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the law that the name means."))
        return redirect(_law_page(request.POST.get("name", "")[:200].replace("\x00", "")))
    name, law = form.cleaned_data["name"], form.cleaned_data["law"]
    try:
        count = services.name_law(name=name, law=law, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
    except services.NameRefused:
        messages.error(request, _("This name means another law already."))
        return redirect(_law_page(name))
    words = ngettext(
        "“%(name)s” means 《%(law)s》 now; %(count)s citation leads there.",
        "“%(name)s” means 《%(law)s》 now; %(count)s citations lead there.",
        count,
    )
    messages.success(request, words % {"name": name, "law": law, "count": count})
    return redirect("library:citations")


@require_POST
def absent_law(request: Request) -> HttpResponse:
    """The library lacks this law, or does not any more."""
    name = request.POST.get("name", "")[:200].replace("\x00", "").strip()
    absent = request.POST.get("absent") == "yes"
    if name:
        services.mark_absent(name=name, absent=absent, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        said = (
            _("Noted. It comes back when the law is imported.") if absent else _("It is on the list again.")
        )
        messages.success(request, said)
    return redirect("library:citations")


@require_POST
def forget_name(request: Request, pk: int) -> HttpResponse:
    """Take a name back."""
    name = get_object_or_404(LawName.objects.select_related("law"), pk=pk)
    services.forget_name(name=name, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
    messages.success(request, _("The name was taken back. Texts that lean on it are looked at anew."))
    return redirect("library:citations")


@require_POST
def look_again(request: Request) -> HttpResponse:
    """Try everything once more, now."""
    services.check_some(at=clock.now())
    count = services.look_again(at=clock.now())
    words = ngettext("%(count)s citation was resolved.", "%(count)s citations were resolved.", count)
    messages.success(request, words % {"count": count})
    return redirect("library:citations")
