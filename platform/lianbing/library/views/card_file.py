"""Importing cards in the browser: check the file, look at every error, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.library.formats.card_columns import (
    COLUMNS,
    GRADE_COLUMNS,
    GRADES_SHEET,
    SHEET,
    STEP_COLUMNS,
    STEPS_SHEET,
)
from lianbing.library.formats.card_columns import template as template_file
from lianbing.library.forms import CardFileForm
from lianbing.library.services.card_import import CardsReport, import_cards
from lianbing.people.request import Request
from lianbing.people.services import uploads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SESSION_KEY = "card_upload"


def _run(request: Request, data: bytes, name: str, *, skip: bool, dry_run: bool) -> CardsReport:
    return import_cards(
        sheets=read_workbook(data, name),
        by=request.actor,
        at=clock.now(),
        file=name,
        skip_bad_rows=skip,
        dry_run=dry_run,
    )


@require_http_methods(["GET", "POST"])
def card_import(request: Request) -> HttpResponse:
    """Upload a file; it is checked, nothing is saved, and every error is shown."""
    form = CardFileForm(request.POST or None, request.FILES or None)
    sheets = [(SHEET, COLUMNS), (GRADES_SHEET, GRADE_COLUMNS), (STEPS_SHEET, STEP_COLUMNS)]
    context: dict[str, Any] = {"form": form, "sheets": sheets}
    if request.method == "POST" and form.is_valid():
        file, skip = form.cleaned_data["file"], form.cleaned_data["skip_bad_rows"]
        try:
            data = file.read()
            report = _run(request, data, file.name, skip=skip, dry_run=True)
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            uploads.drop(request.session.get(SESSION_KEY, {}).get("key", ""))
            request.session[SESSION_KEY] = {"key": uploads.keep(data), "name": file.name, "skip": skip}
            context |= {
                "report": report,
                "usable": bool(report.created or report.updated),
                "file_name": file.name,
            }
    return render(request, "library/card_import.html", context)


@require_POST
def card_import_confirm(request: Request) -> HttpResponse:
    """Import the file that was checked; its cards lie with the legal section then."""
    kept = request.session.pop(SESSION_KEY, {})
    data = uploads.read(kept.get("key", ""))
    if data is None:
        messages.error(request, _("The checked file is no longer there. Upload it again."))
        return redirect("library:card_import")
    uploads.drop(kept["key"])
    try:
        report = _run(request, data, kept["name"], skip=kept["skip"], dry_run=False)
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("library:card_import")
    if not report.created and not report.updated:
        messages.error(request, _("Something has changed since the check. Upload the file again."))
        return redirect("library:card_import")
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    messages.success(
        request,
        _(
            "%(created)d new cards and %(updated)d changed ones lie with the legal section; %(unchanged)d say the same."
        )
        % counts,
    )
    return redirect("library:card_desk")


@require_safe
def card_template(request: Request) -> HttpResponse:
    """The template as a file."""
    del request
    response = HttpResponse(template_file(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="card-template.xlsx"'
    return response
