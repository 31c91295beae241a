"""What somebody is given to read: the list, the text circulated, the short check, the confirmation."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import ports
from lianbing.library.models import LibraryDocument, Reader
from lianbing.library.queries import receipts as queries
from lianbing.library.services import circulating
from lianbing.library.views.documents import one_of, shown
from lianbing.people.request import Request

PER_PAGE = 30


@require_safe
def reading(request: Request) -> HttpResponse:
    """What one still has to read, by its day, and what one has confirmed."""
    today = clock.today()
    done = queries.has_read(request.actor.officer_id)
    context = {
        "waiting": queries.to_read(request.actor.officer_id, today),
        "page_obj": Paginator(done, PER_PAGE).get_page(request.GET.get("page")),
        "today": today,
    }
    return render(request, "library/reading.html", context)


def _reader(request: Request, uid: uuid.UUID) -> Reader:
    found = queries.reader_of(uid, request.actor.officer_id)
    if found is None:
        raise Http404
    return found


def _text(reader: Reader) -> LibraryDocument:
    """The document with the words that were circulated."""
    made: LibraryDocument = reader.circulation.revision.as_object()
    return made


def refusal(error: circulating.CannotConfirm) -> str:
    """Why a confirmation or a try was not taken."""
    return {
        "closed": _("It need not be read any more."),
        "check_first": _("Pass the short check first."),
        "not_theirs": _("It was given to somebody else."),
        "blank": _("Answer every question."),
    }[error.code]


@require_http_methods(["GET", "POST"])
def to_read(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The text as it was circulated, with the confirmation at its end."""
    reader, today = _reader(request, uid), clock.today()
    if request.method == "POST":
        try:
            circulating.confirm(reader=reader, by=request.actor, at=clock.now())
        except circulating.CannotConfirm as error:
            messages.error(request, refusal(error))
        else:
            messages.success(request, _("Thank you. Your confirmation stands on record."))
        return redirect("library:to_read", uid)
    circulation = reader.circulation
    asked = circulating.asked(reader)
    current = circulation.document.live_revision_id
    context = {
        "reader": reader,
        "circulation": circulation,
        "receipt": getattr(reader, "receipt", None),
        "closed": circulation.is_closed(today),
        "late": reader.due_on < today,
        "asked": len(asked),
        "needed": min(circulation.pass_at, len(asked)),
        "passed": bool(asked) and queries.has_passed(reader),
        "newer": circulation.document.live and current != circulation.revision_id,
    }
    return render(request, "library/to_read.html", shown(_text(reader)) | context)


@require_safe
def reading_file(request: Request, uid: uuid.UUID, which: str) -> HttpResponseBase:
    """The file or film of the text as it was circulated."""
    return one_of(request, _text(_reader(request, uid)), which)


@require_http_methods(["GET", "POST"])
def check(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The questions in a plain form. Nothing about what is right is here; a try that was sent is kept."""
    reader = _reader(request, uid)
    source, keys = ports.check_source(), circulating.asked(reader)
    if source is None or not keys or reader.circulation.is_closed(clock.today()):
        return redirect("library:to_read", uid)
    sent = dict(request.POST.lists())
    problem = ""
    if request.method == "POST":
        try:
            made = circulating.try_check(reader=reader, sent=sent, by=request.actor, at=clock.now())
        except circulating.CannotConfirm as error:
            problem = refusal(error)
        else:
            return redirect("library:check_result", uid, made.uid)
    context = {
        "reader": reader,
        "circulation": reader.circulation,
        "questions": source.ask(keys, sent),
        "needed": min(reader.circulation.pass_at, len(keys)),
        "problem": problem,
    }
    return render(request, "library/check.html", context)


@require_safe
def check_result(request: Request, uid: uuid.UUID, attempt: uuid.UUID) -> HttpResponse:
    """What came of a try, each question with what is right and why."""
    reader = _reader(request, uid)
    found = get_object_or_404(reader.tries.all(), uid=attempt)
    source = ports.check_source()
    context = {
        "reader": reader,
        "circulation": reader.circulation,
        "receipt": getattr(reader, "receipt", None),
        "found": found,
        "questions": source.show(found.answers) if source else [],
    }
    return render(request, "library/check_result.html", context)
