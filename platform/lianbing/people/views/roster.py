"""Importing a roster in the browser: check, look, confirm, hand out the slips."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.people.forms import RosterForm
from lianbing.people.permissions import can_import_roster
from lianbing.people.roster.columns import COLUMNS, template
from lianbing.people.services import uploads
from lianbing.people.services.accounts import slips_by_unit
from lianbing.people.services.rosters import import_roster
from lianbing.people.views.common import actor_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SESSION_KEY = "roster_upload"


def _permit(request: HttpRequest) -> None:
    if not can_import_roster(actor_of(request)):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def roster_upload(request: HttpRequest) -> HttpResponse:
    """Upload a file; it is checked, nothing is saved, and every error is shown."""
    _permit(request)
    form = RosterForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        skip = form.cleaned_data["skip_bad_rows"]
        try:
            data = file.read()
            report = import_roster(
                sheets=read_workbook(data, file.name),
                by=actor_of(request),
                at=clock.now(),
                skip_bad_rows=skip,
                dry_run=True,
            )
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            uploads.drop(request.session.get(SESSION_KEY, {}).get("key", ""))
            request.session[SESSION_KEY] = {"key": uploads.keep(data), "name": file.name, "skip": skip}
            usable = bool(report.created or report.updated)
            context |= {"report": report, "usable": usable, "file_name": file.name}
    return render(request, "people/roster.html", context)


@require_POST
@never_cache
def roster_confirm(request: HttpRequest) -> HttpResponse:
    """Import the file that was checked; the one-time passwords stand in this answer and nowhere else."""
    _permit(request)
    kept = request.session.pop(SESSION_KEY, {})
    data = uploads.read(kept.get("key", ""))
    if data is None:
        messages.error(request, _("The checked file is no longer there. Upload it again."))
        return redirect("people:roster_upload")
    uploads.drop(kept["key"])
    try:
        report = import_roster(
            sheets=read_workbook(data, kept["name"]),
            by=actor_of(request),
            at=clock.now(),
            skip_bad_rows=kept["skip"],
        )
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("people:roster_upload")
    if report.errors and not report.created and not report.updated:
        messages.error(request, _("Something has changed since the check. Upload the file again."))
        return redirect("people:roster_upload")
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    messages.success(
        request, _("%(created)d created, %(updated)d updated, %(unchanged)d unchanged.") % counts
    )
    if not report.slips:
        return redirect("people:officer_list")
    return render(request, "people/slips_printed.html", {"groups": slips_by_unit(report.slips)})


@require_safe
def roster_template(request: HttpRequest) -> HttpResponse:
    """The template as a file."""
    response = HttpResponse(template(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="roster-template.xlsx"'
    return response
