"""Importing a file: upload, look at the report of a trial run, confirm."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import formats, services
from question_bank.forms import UploadForm
from question_bank.models import QuestionBank
from question_bank.services import holding

SESSION = "question_import"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(request: Request) -> HttpResponse:
    """The Excel template as a download."""
    del request
    response = HttpResponse(formats.excel.template(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = 'attachment; filename="question-template.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def upload(request: Request, slug: str) -> HttpResponse:
    """The upload form; a readable file leads to its report."""
    bank = get_object_or_404(QuestionBank, slug=slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        told = {
            "name": sent.name[:100],
            "format": form.cleaned_data["format"],
            "publish": form.cleaned_data["publish"],
        }
        token = holding.hold(sent.chunks(), at=clock.now())
        try:
            _run(request, bank, token, told, dry_run=True)
        except formats.BadFile as error:
            holding.drop(token)
            form.add_error("file", str(error))
        else:
            request.session[SESSION] = {str(token): told}
            return redirect("question_bank:import_report", slug=bank.slug, token=token)
    return render(request, "question_bank/import.html", {"bank": bank, "form": form})


@require_http_methods(["GET", "POST"])
def report(request: Request, slug: str, token: uuid.UUID) -> HttpResponse:
    """GET: what the import would do. POST: does it and shows what it did."""
    bank = get_object_or_404(QuestionBank, slug=slug)
    told = request.session.get(SESSION, {}).get(str(token))
    if told is None:
        raise Http404
    if holding.held(token) is None:
        messages.error(request, _("The uploaded file is no longer there. Upload it again."))
        return redirect(reverse("question_bank:import", args=[bank.slug]))
    done = request.method == "POST"
    made = _run(request, bank, token, told, dry_run=not done)
    if done:
        holding.drop(token)
        del request.session[SESSION]
    return render(
        request,
        "question_bank/import_report.html",
        {"bank": bank, "report": made, "told": told, "done": done, "token": token},
    )


def _run(
    request: Request, bank: QuestionBank, token: uuid.UUID, told: dict[str, Any], *, dry_run: bool
) -> Any:
    path = holding.held(token)
    if path is None:
        raise Http404
    return services.import_bank(
        file=formats.File(path, name=told["name"]),
        bank=bank.slug,
        format=told["format"],
        publish=told["publish"],
        dry_run=dry_run,
        by=request.actor,
        at=clock.now(),
    )
