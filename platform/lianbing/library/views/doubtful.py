"""The legal section's word on many doubtful editions at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lianbing.kit import clock
from lianbing.library import services
from lianbing.library.forms import ConfirmForm
from lianbing.library.queries import doubtful as queries
from lianbing.library.rendering import doubt_kinds
from lianbing.library.rendering.reasons import say
from lianbing.library.rules.findings import from_json
from lianbing.people.request import Request

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def doubtful(request: Request) -> HttpResponse:
    """List the doubtful editions; confirm those that were ticked, or all that have one kind of doubt alone."""
    found = queries.doubtful()
    kinds = queries.kinds_of(found)
    kind = request.GET.get("kind", "")
    kind = kind if kind in {code for code, _count in kinds} else ""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _confirm(request, form, found, kind)
    page = Paginator(queries.with_kind(found, kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "ticked": set(request.POST.getlist("edition")),
        "page_obj": page,
        "rows": [_row(edition) for edition in page],
        "kinds": [(code, doubt_kinds.name(code), count) for code, count in kinds],
        "kind": kind,
        "kind_name": doubt_kinds.name(kind) if kind else "",
        "alone": len(queries.only_kind(found, kind, _newest(found))) if kind else 0,
        "newest": _newest(found),
        "total": len(found),
    }
    return render(request, "library/doubtful.html", context)


def _newest(found: list[queries.Doubtful]) -> int:
    return max((edition.pk for edition in found), default=0)


def _row(edition: queries.Doubtful) -> dict[str, object]:
    return {
        "pk": str(edition.pk),
        "law": edition.law,
        "slug": edition.slug,
        "address": reverse("library:edition", args=[edition.law_slug, edition.slug]),
        "doubts": [say(from_json(dict(doubt))) for doubt in edition.doubts],
    }


def _confirm(request: Request, form: ConfirmForm, found: list[queries.Doubtful], kind: str) -> HttpResponse:
    """Confirm one batch. What is left of "all of one kind" goes on by itself from the next page."""
    whole = bool(kind) and form.cleaned_data["whole"]
    if whole:
        wanted = queries.only_kind(found, kind, form.cleaned_data["newest"])
    else:
        wanted = form.cleaned_data["editions"]
    reason = form.cleaned_data["reason"]
    done = form.cleaned_data["done"] + services.confirm_editions(
        editions=wanted,
        reason=reason,
        by=request.actor,
        at=clock.now(),
    )
    left = len(wanted) - services.BATCH if whole else 0
    if left > 0:
        hidden = {"reason": reason, "whole": "on", "newest": form.cleaned_data["newest"], "done": done}
        context = {"hidden": hidden, "done": done, "total": done + left, "kind_name": doubt_kinds.name(kind)}
        return render(request, "library/doubtful_progress.html", context)
    text = ngettext(
        "%(count)s edition counts as checked now.", "%(count)s editions count as checked now.", done
    )
    messages.success(request, text % {"count": done})
    query = f"?{urlencode({'kind': kind})}" if kind and not whole else ""
    return redirect(reverse("library:doubtful") + query)
