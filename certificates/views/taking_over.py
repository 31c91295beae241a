"""Taking an older register over in the browser: check, look, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.formats.columns import template
from certificates.formats.reading import SHEETS
from certificates.forms.taking_over import RegisterFileForm
from certificates.permissions.taking_over import may_take_over
from certificates.services.register_import import RegisterReport, import_certificates
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.people.request import Request
from lianbing.people.services import uploads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SESSION_KEY = "certificates_upload"


def _permit(request: Request) -> None:
    if not may_take_over(request.actor):
        raise PermissionDenied


def _import(request: Request, data: bytes, name: str, skip: bool, *, dry_run: bool) -> RegisterReport:
    return import_certificates(
        sheets=read_workbook(data, name),
        by=request.actor,
        at=clock.now(),
        file=name,
        skip_bad_rows=skip,
        dry_run=dry_run,
    )


@require_http_methods(["GET", "POST"])
def take_over(request: Request) -> HttpResponse:
    """Upload a file; it is checked, nothing is saved, and every error is shown."""
    _permit(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    guide = [(name, columns) for name, columns, _reader in SHEETS.values()]
    context: dict[str, Any] = {"form": form, "guide": guide}
    if request.method == "POST" and form.is_valid():
        file, skip = form.cleaned_data["file"], form.cleaned_data["skip_bad_rows"]
        try:
            data = file.read()
            report = _import(request, data, file.name, skip, dry_run=True)
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            uploads.drop(request.session.get(SESSION_KEY, {}).get("key", ""))
            request.session[SESSION_KEY] = {"key": uploads.keep(data), "name": file.name, "skip": skip}
            context |= {
                "report": report,
                "file_name": file.name,
                "usable": report.created + report.updated,
            }
    return render(request, "certificates/enforcement/import.html", context)


@require_POST
@never_cache
def take_over_confirm(request: Request) -> HttpResponse:
    """Take over the file that was checked."""
    _permit(request)
    kept = request.session.pop(SESSION_KEY, {})
    data = uploads.read(kept.get("key", ""))
    if data is None:
        messages.error(request, _("The checked file is no longer there. Upload it again."))
        return redirect("certificates:enforcement_import")
    uploads.drop(kept["key"])
    try:
        report = _import(request, data, kept["name"], kept["skip"], dry_run=False)
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("certificates:enforcement_import")
    if report.errors and not report.created + report.updated:
        messages.error(request, _("Something has changed since the check. Upload the file again."))
        return redirect("certificates:enforcement_import")
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    messages.success(
        request,
        _("%(created)d rows taken over, %(updated)d added to entries, %(unchanged)d unchanged.") % counts,
    )
    if report.refused:
        message = _("%(count)d people may not hold a certificate; the refusals are on record.")
        messages.warning(request, message % {"count": report.refused})
    return redirect("certificates:enforcement_import")


@require_safe
def take_over_template(request: Request) -> HttpResponse:
    """The template as a file."""
    _permit(request)
    response = HttpResponse(template(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="certificate-template.xlsx"'
    return response
