"""The register: every certificate of one's units, newest first."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certificates.models.labels import STATE_LABELS
from certificates.permissions.training import reading_scopes
from certificates.queries.register import register
from certificates.state.training import State
from certificates.views.own import described
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50


@require_GET
def register_page(request: Request) -> HttpResponse:
    """Certificates by number, name, staff number and state."""
    found = register(reading_scopes(request.actor), clock.today())
    search, state = request.GET.get("q", "").strip()[:50], request.GET.get("state", "")
    if search:
        found = found.filter(
            Q(number__icontains=search)
            | Q(officer__name__icontains=search)
            | Q(officer__staff_number__icontains=search)
        )
    if state in list(State):
        found = found.filter(state=state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [described(certificate, certificate.state) for certificate in page],
        "states": [(one.value, label) for one, label in STATE_LABELS.items()],
        "search": search,
        "state": state,
    }
    return render(request, "certificates/register.html", context)
