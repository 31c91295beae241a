"""Taking past records over in the browser: check, look, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.training.formats.record_columns import COLUMNS, template
from courses.training.forms.records import RecordsForm
from courses.training.permissions.records import may_take_over
from courses.training.queries.record_people import latest_files
from courses.training.services.records import import_training
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.people.services import uploads
from lianbing.people.views.common import actor_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SESSION_KEY = "records_upload"


def _permit(request: HttpRequest) -> None:
    if not may_take_over(actor_of(request)):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def records(request: HttpRequest) -> HttpResponse:
    """Upload a file; it is checked, nothing is saved, and every error is shown."""
    _permit(request)
    form = RecordsForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    if request.method == "POST" and form.is_valid():
        file, skip = form.cleaned_data["file"], form.cleaned_data["skip_bad_rows"]
        try:
            data = file.read()
            report = import_training(
                sheets=read_workbook(data, file.name),
                by=actor_of(request),
                at=clock.now(),
                file=file.name,
                skip_bad_rows=skip,
                dry_run=True,
            )
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            uploads.drop(request.session.get(SESSION_KEY, {}).get("key", ""))
            request.session[SESSION_KEY] = {"key": uploads.keep(data), "name": file.name, "skip": skip}
            context |= {"report": report, "file_name": file.name}
    context["files"] = latest_files()
    return render(request, "training/records/import.html", context)


@require_POST
@never_cache
def records_confirm(request: HttpRequest) -> HttpResponse:
    """Take over the file that was checked."""
    _permit(request)
    kept = request.session.pop(SESSION_KEY, {})
    data = uploads.read(kept.get("key", ""))
    if data is None:
        messages.error(request, _("The checked file is no longer there. Upload it again."))
        return redirect("training:records")
    uploads.drop(kept["key"])
    try:
        report = import_training(
            sheets=read_workbook(data, kept["name"]),
            by=actor_of(request),
            at=clock.now(),
            file=kept["name"],
            skip_bad_rows=kept["skip"],
        )
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("training:records")
    if report.errors and not report.created:
        messages.error(request, _("Something has changed since the check. Upload the file again."))
    else:
        counts = {"created": report.created, "unchanged": report.unchanged}
        messages.success(request, _("%(created)d records taken over, %(unchanged)d unchanged.") % counts)
    return redirect("training:records")


@require_safe
def records_template(request: HttpRequest) -> HttpResponse:
    """The template as a file."""
    _permit(request)
    response = HttpResponse(template(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="training-template.xlsx"'
    return response
