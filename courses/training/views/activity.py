"""The activity record: seen, taken out as Excel or Word, asked for, handed in, received."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.training.forms.activity import ActivityForm, AskForm, SendBackForm, TemplateForm
from courses.training.models import ActivityReport
from courses.training.permissions.records import (
    KEEPERS,
    READERS,
    may_ask,
    may_hand_in,
    may_read,
    may_set_template,
)
from courses.training.queries.activity_record import lines, reports_of, totals
from courses.training.reports.activity_record import built_in_template
from courses.training.rules.activity_record import ALSO, COLUMNS, SINGLE, rate, words
from courses.training.services import activity_reports as services
from courses.training.services.activity_reports import ReportRefused
from courses.training.services.exports import activity_record, circular, handed_in_record
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.models import Unit
from lianbing.people.queries import day_of, units_in
from lianbing.people.request import Request

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PER_PAGE = 50


def _file(data: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _chosen(request: Request) -> ActivityForm:
    """The form as asked for; the last month of the first unit to begin with."""
    units, today = units_in(request.actor.scopes(*READERS)), clock.today()
    first = units.first()
    if first is None:
        raise PermissionDenied
    given = request.GET.copy()
    given.setdefault("unit", str(first.pk))
    given.setdefault("period", f"{today:%Y-%m}")
    return ActivityForm(given, units=units, today=today)


@require_safe
def activity(request: Request) -> HttpResponse:
    """The record of a unit for a period, with its sums and the ways to take it out."""
    form = _chosen(request)
    context: dict[str, Any] = {"form": form, "may_ask": request.actor.has(*KEEPERS)}
    if form.is_valid():
        unit, (first, last) = form.cleaned_data["unit"], form.days()
        found = lines(unit, first, last)
        sums = totals(found)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "unit": unit,
            "period": words(first, last),
            "page_obj": page,
            "sums": sums,
            "rate": rate(sums["总实到"], sums["总应到"]),
            "lines": [_row(line.values) for line in page.object_list],
            "asked": f"unit={unit.pk}&period={form.cleaned_data['period']}",
        }
    return render(request, "training/records/activity.html", context)


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """A line for the page, under names a template can use."""
    names = {
        "on": "日期",
        "unit": "组织单位",
        "kind": "形式",
        "content": "内容类别",
        "topic": "主题",
        "trainer": "授课人",
        "minutes": "实际分钟",
        "expected": "应到",
        "present": "实到",
        "leave": "请假",
        "absent": "缺勤",
        "late": "迟到",
        "early": "早退",
        "hours": "学时",
    }
    return {name: values[column] for name, column in names.items()}


@require_safe
def activity_xlsx(request: Request) -> HttpResponse:
    """The record as a workbook."""
    form = _chosen(request)
    if not form.is_valid():
        return redirect("training:activity")
    unit, (first, last) = form.cleaned_data["unit"], form.days()
    try:
        filled, _rows = activity_record(unit=unit, first=first, last=last, by=request.actor, at=clock.now())
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("training:activity")
    return _file(filled.data, EXCEL, f"{unit.name}{words(first, last)}台账.xlsx")


@require_safe
def activity_docx(request: Request) -> HttpResponse:
    """The circular on the period as a Word file."""
    form = _chosen(request)
    if not form.is_valid():
        return redirect("training:activity")
    unit, (first, last) = form.cleaned_data["unit"], form.days()
    made = circular(unit=unit, first=first, last=last, by=request.actor, at=clock.now())
    return _file(made, WORD, f"{unit.name}{words(first, last)}教育训练情况通报.docx")


@require_safe
def due(request: Request) -> HttpResponse:
    """The records due from the units one looks after: which are in, late, missing, received."""
    rows = reports_of(request.actor.scopes(*READERS))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    context = {
        "page_obj": page,
        "reports": [
            {"report": one, "period": words(one.first, one.last), **_standing(one, today)} for one in page
        ],
        "may_ask": request.actor.has(*KEEPERS),
    }
    return render(request, "training/records/due.html", context)


def _standing(report: ActivityReport, today: datetime.date) -> dict[str, Any]:
    """Where a record stands, in words and with its tone."""
    late = report.submitted_at is not None and day_of(report.submitted_at) > report.due_on
    if report.received_at:
        return {"tone": "warn" if late else "ok", "label": _("Received late") if late else _("Received")}
    if report.submitted_at:
        return {
            "tone": "warn" if late else "info",
            "label": _("Handed in late") if late else pgettext("activity record", "Handed in"),
        }
    if today > report.due_on:
        return {"tone": "bad", "label": pgettext("plan", "Overdue")}
    return {
        "tone": "warn" if report.sent_back else "info",
        "label": _("Sent back") if report.sent_back else pgettext("activity record", "Open"),
    }


@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask units for their record of a period by a day."""
    units = units_in(request.actor.scopes(*KEEPERS))
    form = AskForm(request.POST or None, units=units, today=clock.today())
    if request.method == "POST" and form.is_valid():
        first, last = form.days()
        try:
            made = services.ask(
                units=list(form.cleaned_data["units"]),
                first=first,
                last=last,
                due_on=form.cleaned_data["due_on"],
                by=request.actor,
                at=clock.now(),
            )
        except ReportRefused as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, _("%(count)d units were asked.") % {"count": made})
            return redirect("training:activity_due")
    return render(request, "training/records/ask.html", {"form": form})


@require_http_methods(["GET", "POST"])
def report(request: Request, uid: str) -> HttpResponse:
    """One record due: hand it in, receive it, send it back."""
    found = get_object_or_404(ActivityReport.objects.select_related("unit"), uid=uid)
    if not may_read(request.actor, found.unit):
        raise PermissionDenied
    form = SendBackForm(request.POST or None)
    if request.method == "POST":
        try:
            _act(request, found)
        except ReportRefused as error:
            messages.error(request, str(error))
        return redirect("training:activity_report", uid=found.uid)
    kept = [services.from_json(one) for one in found.lines] if found.lines is not None else None
    values = (
        kept if kept is not None else [line.values for line in lines(found.unit, found.first, found.last)]
    )
    context = {
        "report": found,
        "form": form,
        "period": words(found.first, found.last),
        "lines": [_row(one) for one in values],
        **_standing(found, clock.today()),
        "may_hand_in": may_hand_in(request.actor, found.unit) and not found.submitted_at,
        "over": clock.today() > found.last,
        "may_receive": may_ask(request.actor, found.unit) and found.submitted_at and not found.received_at,
    }
    return render(request, "training/records/report.html", context)


def _act(request: Request, found: ActivityReport) -> None:
    at, act = clock.now(), request.POST.get("act")
    if act == "hand_in":
        services.hand_in(report=found, by=request.actor, at=at)
        messages.success(request, _("The record was handed in."))
    elif act == "receive":
        services.receive(report=found, by=request.actor, at=at)
        messages.success(request, _("The record was received."))
    elif act == "send_back":
        reason = request.POST.get("reason", "")
        services.send_back(report=found, reason=reason, by=request.actor, at=at)
        messages.success(request, _("The record was sent back."))


@require_safe
def report_xlsx(request: Request, uid: str) -> HttpResponse:
    """A record as it was handed in, as a workbook."""
    found = get_object_or_404(ActivityReport.objects.select_related("unit"), uid=uid)
    if not may_read(request.actor, found.unit):
        raise PermissionDenied
    try:
        filled = handed_in_record(report=found, by=request.actor, at=clock.now())
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("training:activity_report", uid=found.uid)
    return _file(filled.data, EXCEL, f"{found.unit.name}{words(found.first, found.last)}台账.xlsx")


@require_http_methods(["GET", "POST"])
def templates(request: Request) -> HttpResponse:
    """The bureau's own workbook: put one in, take it out, see which placeholders there are."""
    if not may_set_template(request.actor):
        raise PermissionDenied
    current = services.current_template()
    form = TemplateForm(None)
    if request.method == "POST" and request.POST.get("act") == "retire":
        if current:
            services.retire_template(template=current, by=request.actor, at=clock.now())
            messages.success(request, _("The built-in template is used again."))
        return redirect("training:activity_templates")
    if request.method == "POST":
        form = TemplateForm(request.POST, request.FILES)
        if form.is_valid() and _added(request, form):
            return redirect("training:activity_templates")
    also = {
        column: [name for name, of in ALSO.items() if of == column and not name.isascii()]
        for column in COLUMNS
    }
    context = {"form": form, "current": current, "columns": also.items(), "single": SINGLE}
    return render(request, "training/records/templates.html", context)


def _added(request: Request, form: TemplateForm) -> bool:
    file, root = form.cleaned_data["file"], Unit.get_first_root_node()
    try:
        if file.size > services.MOST_BYTES:
            raise SpreadsheetError(_("A template has at most 2 MB."))
        _made, unknown = services.add_template(
            name=file.name, data=file.read(), unit=root, by=request.actor, at=clock.now()
        )
    except SpreadsheetError as error:
        form.add_error("file", str(error))
        return False
    messages.success(request, _("The template is used from now on."))
    for place in unknown:
        messages.warning(request, _("No such placeholder, left as it is: %(place)s") % {"place": place})
    return True


@require_safe
def template(request: Request) -> HttpResponse:
    """The template in use, to look at or to start from."""
    if not may_set_template(request.actor):
        raise PermissionDenied
    current = services.current_template()
    own = current is not None and "built-in" not in request.GET
    data = bytes(current.data) if own and current else built_in_template()
    return _file(data, EXCEL, current.name if own and current else "台账模板.xlsx")
