"""The list of laws, and the legal section's word on an edition."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import permissions, queries, services
from lianbing.library.forms import FilterForm, WithdrawForm
from lianbing.library.models import LawEdition
from lianbing.library.rendering import timelines
from lianbing.people.request import Request

PER_PAGE = 50


@require_safe
def home(request: Request) -> HttpResponse:
    """All laws under filters, those in force first, each with how it stands today."""
    today = clock.today()
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.laws(
        search=wanted.get("q", ""),
        level=wanted.get("level", ""),
        drafts=wanted.get("drafts", False),
        last=queries.out_of_force(today),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    laws = list(page.object_list)
    context = {
        "form": form,
        "page_obj": page,
        "rows": list(zip(laws, timelines.chips(laws, queries.lines_of(laws), today), strict=True)),
        "filtered": any(wanted.values()),
        **_may(request),
    }
    return render(request, "library/home.html", context)


def _may(request: Request) -> dict[str, bool]:
    return {
        "may_keep": permissions.can_keep(request.actor),  # type: ignore[attr-defined]  # set by AccessMiddleware
        "may_edit": permissions.can_edit_handbook(request.actor),  # type: ignore[attr-defined]  # as above
    }


def _edition_or_404(law: str, edition: str) -> LawEdition:
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law").defer("source_text")
    return get_object_or_404(standing, law__slug=law, slug=edition)


@require_POST
def confirm(request: Request, law: str, edition: str) -> HttpResponse:
    """A draft was checked."""
    found = _edition_or_404(law, edition)
    try:
        services.confirm_edition(edition=found, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        messages.success(request, _("The edition counts as checked now."))
    except services.EditionInUse:
        messages.error(request, _("Somebody else has dealt with this edition already."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, law: str, edition: str) -> HttpResponse:
    """Take an edition that was a mistake out of sight, with a reason."""
    found = _edition_or_404(law, edition)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_edition(
                edition=found,
                reason=form.cleaned_data["reason"],
                by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
                at=clock.now(),
            )
        except services.EditionInUse:
            messages.error(request, _("Something cites this edition, so it stays."))
            return redirect(found)
        messages.success(request, _("The edition was withdrawn."))
        return redirect("library:home")
    return render(request, "library/withdraw.html", {"edition": found, "form": form})
