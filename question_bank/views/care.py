"""Looking after the bank: near-duplicates side by side, error reports, and pictures."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import queries, services
from question_bank.forms import AnswerForm
from question_bank.rendering import picture_text
from question_bank.services.pictures import MOST_BYTES

PER_PAGE = 10


@require_safe
def picture(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A picture of a stem, for those who may read the bank."""
    found = queries.picture(uid)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.data), content_type=found.mime)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{found.uid.hex}"'
    return response


@require_POST
def picture_add(request: Request) -> JsonResponse:
    """Take in a picture; the answer holds the markup that shows it."""
    sent = request.FILES.get("picture")
    try:
        if sent is None or sent.size is None or sent.size > MOST_BYTES:
            raise services.NotAPicture("too_large" if sent else "unreadable")
        made = services.add_picture(data=sent.read(), by=request.actor, at=clock.now())
    except services.NotAPicture as error:
        return JsonResponse({"error": picture_text(error.code)}, status=400)
    return JsonResponse({"markup": f"![{_('Picture')}](picture:{made.uid.hex})"})


@require_safe
def twins(request: Request) -> HttpResponse:
    """Pairs nobody has settled, the most alike first."""
    page = Paginator(queries.twins(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "question_bank/twins.html", {"page_obj": page})


@require_POST
def twin_settle(request: Request, pk: int) -> HttpResponse:
    """Both questions of a pair may stay."""
    twin = get_object_or_404(queries.twins(request.actor), pk=pk)
    if services.settle_twins(twin=twin, by=request.actor, at=clock.now()):
        messages.success(request, _("Both questions stay."))
    return redirect("question_bank:twins")


@require_safe
def reports(request: Request) -> HttpResponse:
    """Reports that wait for an answer, oldest first."""
    page = Paginator(queries.reports_to_answer(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "question_bank/reports.html", {"page_obj": page})


@require_POST
def report_answer(request: Request, pk: int) -> HttpResponse:
    """Answer a report."""
    report = get_object_or_404(queries.reports_to_answer(request.actor), pk=pk)
    form = AnswerForm(request.POST)
    try:
        if not form.is_valid():
            raise services.NotSaid
        services.answer_report(report=report, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("The report was answered."))
    except services.NotSaid:
        messages.error(request, _("Choose an outcome and write an answer of four to 500 characters."))
    except services.NotAllowedNow:
        messages.error(request, _("Somebody else has answered this report already."))
    return redirect("question_bank:reports")
