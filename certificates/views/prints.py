"""Printing certificates: a list with ticks, one file for all of them, and who was printed when."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.forms.granting import PrintFilter
from certificates.permissions.designs import granting_scopes
from certificates.queries.prints import chosen, to_print
from certificates.queries.register import register
from certificates.services.printing import MOST_PAGES, print_batch
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def prints(request: Request) -> HttpResponse:
    """Certificates of one's units to print: ticked ones, or all that are asked for, as one PDF."""
    today = clock.today()
    readable = register(granting_scopes(request.actor), today)
    form = PrintFilter(request.GET)
    found = to_print(readable, **form.asked()).select_related("officer")
    if request.method == "POST":
        if request.POST.get("act") == "all":
            keys = list(found.values_list("pk", flat=True)[: MOST_PAGES + 1])
        else:
            keys = [
                int(key)
                for key in request.POST.getlist("pick")[: MOST_PAGES + 1]
                if key.isdecimal() and len(key) < 16
            ]
        wanted = chosen(readable, keys)
        if wanted and len(keys) <= MOST_PAGES:
            return _file(print_batch(certificates=wanted, by=request.actor, at=clock.now()))
        messages.error(request, _refused(len(keys)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": list(page),
        "most": MOST_PAGES,
        "asked": request.GET.urlencode(),
    }
    return render(request, "certificates/grants/prints.html", context)


def _refused(count: int) -> str:
    if count > MOST_PAGES:
        return _("At most %(most)d certificates in one file. Narrow the list down.") % {"most": MOST_PAGES}
    return _("Tick at least one certificate.")


def _file(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificates-{clock.today():%Y%m%d}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
