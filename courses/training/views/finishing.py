"""The end of a class: results, finishing, who completed it, opening it again."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.training.forms.classes import ReasonForm
from courses.training.forms.teaching import UploadForm, score_of
from courses.training.models import Trainee, TrainingClass
from courses.training.permissions.classes import can_read_class, reading_scopes
from courses.training.queries import classes as reading
from courses.training.services import finishing as service
from courses.training.services import score_files
from courses.training.services.classes import ClassRefused
from courses.training.services.locks import PeriodLocked
from courses.training.views.classes import attempt, class_or_404, form_page, own_class
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5_000_000


def _address(found: TrainingClass) -> str:
    return reverse("training:class", args=[found.uid])


def workbook(data: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under an ASCII name."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _typed(request: Request, pks: list[int]) -> tuple[dict[int, Decimal | None], dict[int, str]]:
    """The scores typed, and what is wrong with them, by trainee key."""
    scores: dict[int, Decimal | None] = {}
    wrong: dict[int, str] = {}
    for pk in pks:
        if f"score-{pk}" in request.POST:
            try:
                scores[pk] = score_of(request.POST[f"score-{pk}"][:20])
            except ValidationError as error:
                wrong[pk] = error.messages[0]
    return scores, wrong


def _shown(
    found: TrainingClass, request: Request, wrong: Mapping[int, str]
) -> list[tuple[reading.Result, str, str, str]]:
    """Result, the score as typed or stored, the reason as typed, and what is wrong."""
    return [
        (
            row,
            request.POST.get(
                f"score-{row.trainee.pk}", "" if row.trainee.score is None else str(row.trainee.score)
            ),
            request.POST.get(f"refuse-{row.trainee.pk}", "")[:200],
            wrong.get(row.trainee.pk, ""),
        )
        for row in reading.results_of(found)
    ]


@require_http_methods(["GET", "POST"])
def class_scores(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Enter the results of the completion test."""
    found = own_class(request, uid)
    wrong: dict[int, str] = {}
    refusal = ""
    if request.method == "POST":
        keys = list(found.trainees.filter(state=Trainee.State.ENROLLED).values_list("pk", flat=True))
        scores, wrong = _typed(request, keys)
        if not wrong:
            try:
                count = service.enter_scores(
                    training_class=found, scores=scores, by=request.actor, at=clock.now()
                )
            except service.MarkRefused as error:
                wrong = error.by_trainee
            except (ClassRefused, PeriodLocked) as error:
                refusal = str(error)
            else:
                messages.success(request, _("%(count)d results changed.") % {"count": count})
                return redirect(_address(found))
    context = {"one": found, "rows": _shown(found, request, wrong), "refusal": refusal, "scoring": True}
    return render(request, "training/classes/results.html", context, status=409 if wrong or refusal else 200)


@require_http_methods(["GET", "POST"])
def class_finish(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Finish a class: hours and outcome of everybody, reasons for those for whom it does not count."""
    found = own_class(request, uid)
    if found.state not in ("open", "running"):
        return redirect(_address(found))
    wrong: dict[int, str] = {}
    refusal = " ".join(service.blocking(found, clock.today()))
    if request.method == "POST" and not refusal:
        keys = found.trainees.values_list("pk", flat=True)
        typed = {pk: request.POST.get(f"refuse-{pk}", "")[:200] for pk in keys}
        refused = {pk: reason for pk, reason in typed.items() if reason.strip()}
        try:
            done, failed = service.finish(
                training_class=found, refused=refused, by=request.actor, at=clock.now()
            )
        except service.MarkRefused as error:
            wrong = error.by_trainee
        except (ClassRefused, PeriodLocked) as error:
            refusal = str(error)
        else:
            text = _("Finished: %(done)d completed the class, %(failed)d did not.")
            messages.success(request, text % {"done": done, "failed": failed})
            return redirect("training:class_completions", uid)
    context = {"one": found, "rows": _shown(found, request, wrong), "refusal": refusal, "scoring": False}
    refused_now = request.method == "POST" and (wrong or refusal)
    return render(request, "training/classes/results.html", context, status=409 if refused_now else 200)


@require_GET
def class_scores_template(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The list of results to be filled in."""
    found = own_class(request, uid)
    return workbook(score_files.template(found), "results")


@require_http_methods(["GET", "POST"])
def class_scores_import(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Results from a list: all of it or nothing, what is wrong named by row."""
    found = own_class(request, uid)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"one": found, "form": form, "row_errors": []}
    if request.method == "POST" and form.is_valid() and _imported(request, found, form, context):
        return redirect(_address(found))
    return render(
        request,
        "training/classes/import.html",
        context,
        status=409 if form.errors or context["row_errors"] else 200,
    )


def _imported(request: Request, found: TrainingClass, form: UploadForm, context: dict[str, Any]) -> bool:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        form.add_error("file", _("The file is larger than 5 MB."))
        return False
    try:
        scores, context["row_errors"] = score_files.read(found, file.read(), file.name)
        if context["row_errors"]:
            return False
        count = service.enter_scores(training_class=found, scores=scores, by=request.actor, at=clock.now())
    except SpreadsheetError as error:
        form.add_error("file", str(error))
    except service.MarkRefused as error:
        for text in error.by_trainee.values():
            form.add_error(None, text)
    except (ClassRefused, PeriodLocked) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("%(count)d results changed.") % {"count": count})
        return True
    return False


@require_GET
def class_completions(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who completed the class, with hours and score: the list for the certificates of completion."""
    found = class_or_404(request, uid)
    rows = reading.results_of(found)
    if not can_read_class(request.actor, found):
        paths = tuple(reading_scopes(request.actor))
        rows = [row for row in rows if row.trainee.unit.path.startswith(paths)]
    return render(request, "training/classes/completions.html", {"one": found, "rows": rows})


@require_http_methods(["GET", "POST"])
def class_reopen(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Open a finished class again, with a reason."""
    found = own_class(request, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            reason = form.cleaned_data["reason"]
            service.reopen(training_class=found, reason=reason, by=request.actor, at=clock.now())

        if attempt(form, act):
            messages.success(request, _("The class is open again."))
            return redirect(_address(found))
    title = _("Open %(title)s again") % {"title": found.title}
    lead = _("Outcomes are taken back until the class is finished anew; scores and hours stay.")
    return form_page(
        request,
        form,
        title=title,
        cancel_url=_address(found),
        submit=pgettext("class", "Open again"),
        lead=lead,
    )
