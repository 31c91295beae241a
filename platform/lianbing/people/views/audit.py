"""The audit trail, for the audit administrator."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianbing.kit.models import AuditRecord
from lianbing.people.forms import AuditFilter
from lianbing.people.views.common import page_of


@require_safe
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did what to whom and why, newest first, filtered."""
    form = AuditFilter(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    records = AuditRecord.objects.order_by("-at", "-pk")
    if chosen.get("stream"):
        records = records.filter(stream=chosen["stream"])
    if chosen.get("action"):
        records = records.filter(action__icontains=chosen["action"])
    if chosen.get("actor"):
        records = records.filter(actor__staff_number=chosen["actor"])
    if chosen.get("since"):
        records = records.filter(at__date__gte=chosen["since"])
    if chosen.get("until"):
        records = records.filter(at__date__lte=chosen["until"])
    return render(request, "people/audit_trail.html", {"form": form, "page_obj": page_of(request, records)})
