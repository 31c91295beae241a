"""Workbooks of other offices: kept as templates, filled with the figures of today."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.ratings.forms.books import BookForm
from certificates.ratings.forms.office_templates import OfficeTemplateForm
from certificates.ratings.models import OfficeTemplate
from certificates.ratings.permissions.office_templates import keeps_templates
from certificates.ratings.rules.office_templates import PERSON_NAMES, SINGLE_NAMES, UNIT_NAMES, RowKind
from certificates.ratings.services import office_templates as services
from certificates.ratings.views.books import XLSX
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.models import Unit
from lianbing.people.request import Request
from lianbing.people.rules import Role


def _asked(request: Request) -> tuple[BookForm, Unit]:
    form = BookForm(request.GET, scopes=request.actor.scopes(Role.HR), this_year=clock.today().year)
    unit, _year = form.asked()
    if unit is None:
        raise Http404
    return form, unit


@require_http_methods(["GET", "POST"])
def template_list(request: Request) -> HttpResponse:
    """Every template in use, the placeholders there are, and a form for one more."""
    book, unit = _asked(request)
    keeps = keeps_templates(request.actor)
    form = OfficeTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not keeps:
            raise Http404
        if form.is_valid() and _added(request, form, unit):
            return redirect("ratings:office_templates")
    context = {
        "form": form,
        "book": book,
        "unit": unit,
        "keeps": keeps,
        "templates": OfficeTemplate.objects.filter(retired_at=None).defer("data"),
        "names": [(_("A row for each unit"), UNIT_NAMES), (_("A row for each person"), PERSON_NAMES)],
        "single": SINGLE_NAMES,
    }
    return render(request, "ratings/office_templates.html", context)


def _added(request: Request, form: OfficeTemplateForm, unit: Unit) -> bool:
    said = form.cleaned_data
    try:
        _made, unknown = services.add_template(
            title=said["title"],
            rows=RowKind(said["rows"]),
            data=said["file"].read(services.MOST_BYTES + 1),
            unit=unit,
            by=request.actor,
            at=clock.now(),
        )
    except SpreadsheetError as error:
        form.add_error("file", str(error))
        return False
    messages.success(request, _("The template can be filled from now on."))
    if unknown:
        names = "、".join(unknown)
        messages.warning(request, _("Nothing is known for these placeholders: %(names)s") % {"names": names})
    return True


@require_GET
def template_fill(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The template with the figures of today for the unit asked for."""
    _form, unit = _asked(request)
    template = get_object_or_404(OfficeTemplate, uid=uid, retired_at=None)
    try:
        made = services.fill(template=template, unit=unit, by=request.actor, at=clock.now())
    except SpreadsheetError as error:
        messages.error(request, str(error))
        return redirect("ratings:office_templates")
    response = HttpResponse(made, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="filled-{clock.today():%Y%m%d}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def template_retire(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a template out of use."""
    if not keeps_templates(request.actor):
        raise Http404
    template = get_object_or_404(OfficeTemplate, uid=uid)
    if services.retire(template=template, by=request.actor, at=clock.now()):
        messages.success(request, _("The template is not used any more."))
    return redirect("ratings:office_templates")
