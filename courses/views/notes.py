"""One's own notes: the list to read and print, and throwing one away."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.queries import learning as queries
from courses.services import notes as services
from lianbing.people.request import Request


@require_GET
def notes(request: Request) -> HttpResponse:
    """All notes, by course and lesson; of one course alone with `?course=`."""
    found = queries.notes_of(request.actor.officer_id)
    wanted = request.GET.get("course", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10:
        found = found.filter(enrolment__course=int(wanted))
    groups = [
        (edition, [(lesson, list(some)) for lesson, some in groupby(rows, key=lambda one: one.lesson)])
        for edition, rows in groupby(found, key=lambda one: one.enrolment.edition)
    ]
    return render(request, "courses/learning/notes.html", {"groups": groups})


@require_POST
def note_remove(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw a note away."""
    note = get_object_or_404(queries.notes_of(request.actor.officer_id), uid=uid)
    services.remove(note=note)
    messages.success(request, _("The note is gone."))
    return redirect("courses:notes")
