"""Giving a document to people to read, and who has read it."""

import datetime
import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import permissions, ports
from lianbing.library.forms import CirculateForm, ReceiptsForm, WithdrawForm
from lianbing.library.models import Circulation, LibraryDocument
from lianbing.library.queries import receipts as reading
from lianbing.library.rendering import documents as rendering
from lianbing.library.services import circulating
from lianbing.library.views.documents import live_or_404
from lianbing.library.views.impact import workbook
from lianbing.people.request import Request

PER_PAGE = 30
PEOPLE = 100
DAYS = 7


def refusal(error: circulating.CannotCirculate) -> str:
    """Why nothing was circulated or stopped."""
    return {
        "not_published": _("The document is not published."),
        "holds_no_more": _("The document holds no more."),
        "outside": _("You may circulate within your own units only."),
        "past": _("This day is past."),
        "nobody": _("Nobody serves there who fits. Nothing was circulated."),
        "questions": _("One of the questions can no longer be asked, or there are more than five."),
        "stopped": _("It was stopped already."),
    }[error.code]


def _ticked(request: Request) -> list[str]:
    """The keys of the questions ticked, each once; what is no key is left to the source to pass over."""
    return list(dict.fromkeys(key[:60] for key in request.POST.getlist("question")))[:20]


@require_http_methods(["GET", "POST"])
def circulate(request: Request, slug: str) -> HttpResponse:
    """One form: to whom, until when, with which questions. Searching questions sends the form without an effect."""
    document = live_or_404(slug)
    looking = "look" in request.POST
    first = {"uid": uuid.uuid4(), "due_on": clock.today() + datetime.timedelta(days=DAYS)}
    form = CirculateForm(request.POST or None, initial=first, actor=request.actor)
    if request.method == "POST" and not looking and form.is_valid():
        try:
            wish = form.wish(_ticked(request))
            made = circulating.circulate(document=document, wish=wish, by=request.actor, at=clock.now())
        except circulating.CannotCirculate as error:
            form.add_error("due_on" if error.code == "past" else None, refusal(error))
        else:
            messages.success(request, _("The document is on its way to its readers."))
            return redirect(made)
    if looking:
        form.errors.clear()
    context = {"document": document, "form": form, "running": _running(request, document)}
    return render(request, "library/circulate.html", context | _questions(request))


def _running(request: Request, document: LibraryDocument) -> list[Circulation]:
    today = clock.today()
    return list(
        reading.circulations_for(request.actor, today).filter(reading.still_open(today), document=document)
    )


def _questions(request: Request) -> dict[str, object]:
    source = ports.check_source()
    if source is None:
        return {"source": None}
    words = request.POST.get("words", "").strip()[:100]
    ticked = source.named(_ticked(request))
    known = {one.key for one in ticked}
    found = source.offer(words) if "look" in request.POST else []
    return {
        "source": source,
        "words": words,
        "looked": "look" in request.POST,
        "ticked": ticked,
        "offered": [one for one in found if one.key not in known],
    }


@require_safe
def circulations(request: Request) -> HttpResponse:
    """What was circulated to the people one looks after, newest first, with how many have read."""
    today = clock.today()
    found = reading.circulations_for(request.actor, today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    some = list(page.object_list)
    counted = reading.tallies(some, request.actor, today)
    rows = [(one, counted.get(one.pk, reading.Tally()), one.is_closed(today)) for one in some]
    return render(request, "library/circulations.html", {"page_obj": page, "rows": rows, "today": today})


def _circulation(request: Request, uid: uuid.UUID) -> Circulation:
    found = reading.circulation_named(uid, request.actor, clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
def circulation(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who has read and who has not, of the people one looks after; ?file=xlsx gives the workbook."""
    found, today = _circulation(request, uid), clock.today()
    rows = reading.rows_of(found, request.actor, today)
    form = ReceiptsForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("file"):
        return workbook(rendering.receipts_workbook(rows), f"receipts-{found.at:%Y-%m-%d}")
    show = wanted.get("show", "")
    some = [row for row in rows if not show or (row.late if show == "late" else row.read_at is None)]
    some.sort(key=lambda row: (row.read_at is not None, not row.late))
    everything = "all" in request.GET
    size = max(len(some), 1) if everything else PEOPLE
    context = {
        "circulation": found,
        "closed": found.is_closed(today),
        "units": reading.by_unit(rows),
        "sums": reading.Tally(
            len(rows), sum(row.read_at is not None for row in rows), sum(row.late for row in rows)
        ),
        "show": show,
        "page_obj": Paginator(some, size).get_page(request.GET.get("page")),
        "may_stop": permissions.can_stop(request.actor, found) and not found.is_closed(today),
        "today": today,
    }
    return render(request, "library/circulation.html", context)


@require_http_methods(["GET", "POST"])
def circulation_stop(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Stop a circulation, with a reason."""
    found = _circulation(request, uid)
    if not permissions.can_stop(request.actor, found):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            circulating.stop(
                circulation=found, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
        except circulating.CannotCirculate as error:
            messages.error(request, refusal(error))
        else:
            messages.success(request, _("It need not be read any more."))
        return redirect(found)
    return render(request, "library/circulation_stop.html", {"circulation": found, "form": form})
