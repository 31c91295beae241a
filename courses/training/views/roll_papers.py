"""Paper: the sign-in sheet to print and to take over, photos and files, and single sessions."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.formats.sign_in_sheets import COLUMNS, MOST_BYTES, sheet
from courses.training.forms.attendance import SessionForm, UploadForm
from courses.training.models import SessionFile
from courses.training.rules.attendance import Thresholds
from courses.training.services import evidence_files, paper, rolls
from courses.training.services.evidence_files import FileRefused
from courses.training.services.locks import PeriodLocked
from courses.training.services.paper import SheetRefused
from courses.training.services.rolls import NewSession, RollRefused
from courses.training.views.rolls import back, roll_words, run_session
from lianbing.kit import clock
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.request import Request

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_WORDS = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than 10 MB."),
    "too_many": gettext_lazy("There are 30 files already. Take one off first."),
    "kind": gettext_lazy("Only photos (JPEG, PNG, WebP) and PDF files are kept."),
}


@require_http_methods(["GET", "POST"])
def session_new(request: Request) -> HttpResponse:
    """A study day, visit, film or self-study: planned, or recorded afterwards."""
    now = clock.now()
    form = SessionForm(request.POST or None, actor=request.actor, today=clock.today())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("unit", "kind", "category", "topic", "starts_at", "ends_at", "audience")
        more = ("material", "room", "place", "instructors", "plan_line", "note")
        wanted = NewSession(**{name: said[name] for name in (*names, *more) if name in said})
        try:
            rules = Thresholds(sign_out=said["sign_out"])
            session = rolls.create_session(wanted=wanted, rules=rules, by=request.actor, at=now)
            messages.success(request, _("The session is made and its list drawn up."))
            return redirect("training:roll", session.uid)
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
    return render(request, "training/attendance/session_new.html", {"form": form})


@require_GET
def roll_sheet(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The sign-in sheet to print: a line to sign for everybody, empty lines for guests."""
    session = run_session(request, uid, read=True)
    context = {"session": session, "entries": rolls.sheet_entries(session), "spare": range(3)}
    return render(request, "training/attendance/sheet.html", context)


@require_GET
def roll_export(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The sign-in sheet as .xlsx, to fill in and bring back."""
    session = run_session(request, uid)
    data = sheet(session, rolls.sheet_entries(session))
    name = _("Sign-in sheet %(topic)s.xlsx") % {"topic": session.topic}
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(data, content_type=EXCEL, headers=headers)


@require_http_methods(["GET", "POST"])
def roll_import(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take over a filled sheet: every row, or none and what is wrong with which row."""
    session = run_session(request, uid)
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {"session": session, "form": form, "columns": COLUMNS}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise SpreadsheetError(_("The file is larger than 5 MB."))
            count = paper.take_over(
                session=session, data=file.read(), name=file.name, by=request.actor, at=clock.now()
            )
            messages.success(
                request, _("%(count)d people were taken over from the sheet.") % {"count": count}
            )
            return back(session)
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        except SheetRefused as refused:
            context["errors"] = refused.errors
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
    return render(request, "training/attendance/import.html", context)


@require_POST
def session_file_add(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Keep a photo or a PDF of a session."""
    session = run_session(request, uid)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return back(session)
    file = form.cleaned_data["file"]
    try:
        if file.size > evidence_files.MOST_BYTES:
            raise FileRefused("too_large")
        evidence_files.add_file(
            session=session, name=file.name, data=file.read(), by=request.actor, at=clock.now()
        )
    except FileRefused as error:
        messages.error(request, str(FILE_WORDS[error.code]))
    except PeriodLocked as error:
        messages.error(request, str(error))
    return back(session)


def _file(request: Request, uid: uuid.UUID, *, read: bool) -> SessionFile:
    """A file of a session the actor may read (or keeps the roll of)."""
    file = get_object_or_404(SessionFile.objects.select_related("session__unit"), uid=uid, removed_at=None)
    if run_session(request, file.session.uid, read=read).pk != file.session_id:
        raise Http404
    return file


@never_cache
@require_GET
def session_file(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The file itself: a photo to look at, a PDF to keep."""
    file = _file(request, uid, read=True)
    as_attachment = file.mime == evidence_files.PDF
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment, file.name) or "inline",
        # Browsers show a bare picture in a page that they style themselves, inline.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return HttpResponse(bytes(file.data), content_type=file.mime, headers=headers)


@require_POST
def session_file_remove(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a file off the list."""
    file = _file(request, uid, read=False)
    try:
        evidence_files.remove_file(file=file, by=request.actor, at=clock.now())
    except PeriodLocked as error:
        messages.error(request, str(error))
    return back(file.session)
