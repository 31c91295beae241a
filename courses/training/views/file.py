"""The personal training file (一人一档): one's own, those of one's units, on paper."""

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.training.forms.file import FileForm
from courses.training.permissions.file import can_read
from courses.training.permissions.rules import reading_scopes
from courses.training.queries.file import PersonalFile, personal_file
from courses.training.rendering.file import KIND_NAMES, personal_file_pdf
from courses.training.services.rules import record_printing
from lianbing.kit import clock
from lianbing.people.forms import OfficerFilter
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import latest_appointments, officers_in, units_in
from lianbing.people.request import Request

PER_PAGE = 50


def _mine(request: Request) -> Officer:
    return get_object_or_404(Officer, pk=request.actor.officer_id or 0)


def _theirs(request: Request, pk: int) -> tuple[Officer, Appointment]:
    """An officer with their latest appointment, if the reader looks after it. Raises Http404."""
    officer = get_object_or_404(Officer, pk=pk, merged_into=None)
    place = latest_appointments([officer], clock.today()).get(officer.pk)
    if place is None or not can_read(request.actor, place.unit.path):
        raise Http404
    return officer, place


def _found(request: Request, officer: Officer) -> tuple[FileForm, dict[str, Any], PersonalFile]:
    form = FileForm(request.GET, on=clock.today())
    asked = form.asked()
    return form, asked, personal_file(officer, **asked, reader=request.actor)


def _page(request: Request, officer: Officer, place: Appointment | None, own: bool) -> HttpResponse:
    form, asked, found = _found(request, officer)
    kept = request.GET.copy()
    kept.pop("kind", None)
    context = {
        "officer": officer,
        "place": place,
        "own": own,
        "form": form,
        "as_of": asked["as_of"],
        "found": found,
        "entries": [
            (entry, KIND_NAMES[entry.kind], entry.url_for(request.actor)) for entry in reversed(found.entries)
        ],
        "tiles": [(kind, KIND_NAMES[kind], found.counts[kind]) for kind in KIND_NAMES if found.counts[kind]],
        "chosen": asked["kinds"][0] if asked["kinds"] else "",
        "kept": kept.urlencode(),
        "query": request.GET.urlencode(),
    }
    return render(request, "training/file/file.html", context)


def _paper(request: Request, officer: Officer, place: Appointment | None) -> HttpResponse:
    _form, asked, found = _found(request, officer)
    at = clock.now()
    made = personal_file_pdf(
        officer=officer, place=place, found=found, as_of=asked["as_of"], by=request.actor.name, at=at
    )
    record_printing(officer=officer, as_of=asked["as_of"], by=request.actor, at=at)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"training-file-{officer.staff_number}-{clock.today():%Y%m%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _place(officer: Officer, on: datetime.date) -> Appointment | None:
    return latest_appointments([officer], on).get(officer.pk)


@require_safe
def file_mine(request: Request) -> HttpResponse:
    """My own file."""
    if request.actor.officer_id is None:
        context = {"title": _("My training file")}
        return render(request, "training/file/none.html", context)
    officer = _mine(request)
    return _page(request, officer, _place(officer, clock.today()), own=True)


@require_safe
def file_mine_pdf(request: Request) -> HttpResponse:
    """My own file on paper."""
    officer = _mine(request)
    return _paper(request, officer, _place(officer, clock.today()))


@require_safe
def file_of(request: Request, pk: int) -> HttpResponse:
    """The file of somebody of my units."""
    officer, place = _theirs(request, pk)
    return _page(request, officer, place, own=False)


@require_safe
def file_pdf(request: Request, pk: int) -> HttpResponse:
    """The file of somebody of my units on paper."""
    officer, place = _theirs(request, pk)
    return _paper(request, officer, place)


@require_safe
def file_list(request: Request) -> HttpResponse:
    """Whose files I may open: by name, number, unit, category, post."""
    today, scopes = clock.today(), reading_scopes(request.actor)
    form = OfficerFilter(request.GET, units=units_in(scopes))
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit, post = said.get("unit"), said.get("post")
    rows = officers_in(
        scopes,
        today,
        text=said.get("q") or "",
        unit_path=unit.path if unit else "",
        category=said.get("category") or "",
        post_id=post.pk if post else None,
        left=bool(said.get("left")),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    places = latest_appointments(list(page.object_list), today)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(officer, places.get(officer.pk)) for officer in page.object_list],
    }
    return render(request, "training/file/list.html", context)
