"""Taking records and scores over from files in the browser: check, look, confirm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.ratings.formats.columns import (
    RECORD_COLUMNS,
    SCORE_COLUMNS,
    record_template,
    score_template,
)
from certificates.ratings.forms.files import RecordFileForm, ScoreFileForm
from certificates.ratings.models import ScoreSource
from certificates.ratings.permissions.records import may_import
from certificates.ratings.services.record_files import import_records
from certificates.ratings.services.scores import import_scores
from courses.training.services.records import RecordsReport
from lianbing.kit import clock
from lianbing.kit.spreadsheets import Column, SpreadsheetError, read_workbook
from lianbing.people.request import Request
from lianbing.people.services import uploads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Desk:
    """One kind of file: its form, its columns, its words, what takes it over."""

    name: str
    title: Any
    lead: Any
    form: type[RecordFileForm]
    columns: list[Column]
    run: Callable[..., RecordsReport]
    template: Callable[[], bytes]
    back: str


def _scores(*, source: str = "", **given: Any) -> RecordsReport:
    return import_scores(source=ScoreSource(source), **given)


def _records(*, source: str = "", **given: Any) -> RecordsReport:
    del source
    return import_records(**given)


RECORDS = Desk(
    "record",
    gettext_lazy("Take over honours, sanctions and measures"),
    gettext_lazy("The file is checked first; nothing is saved before you confirm."),
    RecordFileForm,
    RECORD_COLUMNS,
    _records,
    record_template,
    "ratings:records",
)
SCORES = Desk(
    "score",
    gettext_lazy("Take over scores from outside"),
    gettext_lazy("The file is checked first. The same thing with another value corrects what stood before."),
    ScoreFileForm,
    SCORE_COLUMNS,
    _scores,
    score_template,
    "ratings:scores",
)


def _permit(request: Request) -> None:
    if not may_import(request.actor):
        raise PermissionDenied


def _upload(request: Request, desk: Desk) -> HttpResponse:
    """Upload a file; it is checked, nothing is saved, and every error is shown."""
    _permit(request)
    form = desk.form(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "desk": desk, "columns": desk.columns}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        data, key = said["file"].read(), f"ratings_{desk.name}_upload"
        asked = {"file": said["file"].name, "skip_bad_rows": said["skip_bad_rows"]}
        try:
            report = desk.run(
                sheets=read_workbook(data, said["file"].name),
                by=request.actor,
                at=clock.now(),
                dry_run=True,
                source=said.get("source", ""),
                **asked,
            )
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            uploads.drop(request.session.get(key, {}).get("key", ""))
            request.session[key] = {"key": uploads.keep(data), "source": said.get("source", ""), **asked}
            context |= {"report": report, "file_name": said["file"].name}
    return render(request, "ratings/records/import.html", context)


def _confirm(request: Request, desk: Desk) -> HttpResponse:
    """Take over the file that was checked."""
    _permit(request)
    kept = request.session.pop(f"ratings_{desk.name}_upload", {})
    data = uploads.read(kept.get("key", ""))
    again = f"ratings:{desk.name}_import"
    if data is None:
        messages.error(request, _("The checked file is no longer there. Upload it again."))
        return redirect(again)
    uploads.drop(kept.pop("key"))
    try:
        report = desk.run(sheets=read_workbook(data, kept["file"]), by=request.actor, at=clock.now(), **kept)
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect(again)
    if report.errors and not (report.created or report.updated):
        messages.error(request, _("Something has changed since the check. Upload the file again."))
        return redirect(again)
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    messages.success(
        request, _("%(created)d taken over, %(updated)d corrected, %(unchanged)d unchanged.") % counts
    )
    return redirect(desk.back)


def _template(request: Request, desk: Desk) -> HttpResponse:
    _permit(request)
    response = HttpResponse(desk.template(), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{desk.name}-template.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def record_import(request: Request) -> HttpResponse:
    """Check a file of records."""
    return _upload(request, RECORDS)


@require_POST
@never_cache
def record_confirm(request: Request) -> HttpResponse:
    """Take over the checked file of records."""
    return _confirm(request, RECORDS)


@require_safe
def record_template_file(request: Request) -> HttpResponse:
    """The template of records."""
    return _template(request, RECORDS)


@require_http_methods(["GET", "POST"])
def score_import(request: Request) -> HttpResponse:
    """Check a file of scores."""
    return _upload(request, SCORES)


@require_POST
@never_cache
def score_confirm(request: Request) -> HttpResponse:
    """Take over the checked file of scores."""
    return _confirm(request, SCORES)


@require_safe
def score_template_file(request: Request) -> HttpResponse:
    """The template of scores."""
    return _template(request, SCORES)
