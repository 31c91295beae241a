"""Extracts of personal files: made, looked at, printed by HR; compared by whoever holds the paper."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from certificates.queries.register import unit_path_of
from certificates.ratings.forms.extracts import ExtractForm
from certificates.ratings.models import Extract
from certificates.ratings.permissions.extracts import takes_extract
from certificates.ratings.queries import extracts as reading
from certificates.ratings.rendering.extracts import extract_pdf as printed
from certificates.ratings.rendering.extracts import facts
from certificates.ratings.rules.extracts import digest, grouped
from certificates.ratings.services.extracts import NoExtract, make_extract, record_printing
from certificates.views import gate
from certificates.views.verify import held_up
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role, masked_name

PER_PAGE = 50


def _load(request: Request, uid: uuid.UUID) -> Extract:
    extract = reading.extract_named(uid)
    if extract is None or not takes_extract(
        request.actor, extract.officer_id, unit_path_of(extract.officer, clock.today())
    ):
        raise Http404
    return extract


@require_GET
def extract_list(request: Request) -> HttpResponse:
    """Extracts made of people of one's units."""
    found = reading.extracts_in(request.actor.scopes(Role.HR), clock.today())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ratings/extracts/list.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
def extract_new(request: Request) -> HttpResponse:
    """Whose file, until when, what for."""
    today = clock.today()
    initial = {"staff_number": request.GET.get("staff_number", "")[:32]}
    form = ExtractForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        officer = form.cleaned_data["staff_number"]
        if not takes_extract(request.actor, officer.pk, unit_path_of(officer, today)):
            form.add_error("staff_number", _("You do not look after this person's file."))
        else:
            try:
                made = make_extract(
                    officer=officer,
                    as_of=form.cleaned_data["as_of"],
                    purpose=form.cleaned_data["purpose"],
                    by=request.actor,
                    at=clock.now(),
                )
            except NoExtract as error:
                form.add_error(None, str(error))
            else:
                return redirect(made)
    return render(request, "ratings/extracts/new.html", {"form": form})


@require_GET
def extract_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What an extract says, and whether the file still says the same of that day."""
    extract = _load(request, uid)
    now = reading.content_of(extract.officer, as_of=extract.as_of, reader=request.actor)
    context = {
        "extract": extract,
        "content": extract.content,
        "facts": facts(extract.content),
        "hash": grouped(extract.digest),
        "whole": reading.is_whole(extract),
        "unchanged": digest(now) == extract.digest,
    }
    return render(request, "ratings/extracts/extract.html", context)


@require_GET
def extract_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The extract on paper: the same bytes whenever it is printed."""
    extract = _load(request, uid)
    record_printing(extract=extract, by=request.actor, at=clock.now())
    response = HttpResponse(printed(extract), content_type="application/pdf")
    name = f"extract-{extract.content['staff_number']}-{extract.as_of:%Y%m%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_safe
def extract_verify(request: Request, uid: str) -> HttpResponse:
    """For whoever holds the paper: whether it was made here, when, and the hash to compare. No word of the file."""
    at = clock.now()
    door = gate.look_up(request, uid, at)
    if door is not gate.Door.OPEN:
        return held_up(request, door, uid, at)
    try:
        extract = reading.extract_named(uuid.UUID(uid))
    except ValueError:
        extract = None
    if extract is None:
        gate.missed(request, at)
        return render(request, "ratings/extracts/verify.html", {"extract": None}, status=404)
    context = {
        "extract": extract,
        "name": masked_name(extract.content["name"]),
        "hash": grouped(extract.digest),
        "whole": reading.is_whole(extract),
    }
    return render(request, "ratings/extracts/verify.html", context)
