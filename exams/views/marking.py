"""Marking written answers: what waits, taking the next answer, marking it, going back to the last."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.forms.written import WrittenMarkForm
from exams.models import MarkingTask, Sitting
from exams.queries import marking as queries
from exams.rendering import bad_mark_text, marking_refusal_text
from exams.rules.written import BadMark
from exams.services import written_marking
from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank.queries import carried

PUT_BACK = "marking_put_back"
PUT_BACK_LIMIT = 200


def _sitting(request: Request, uid: uuid.UUID) -> Sitting:
    """A sitting one may mark now. Any other does not exist for this person."""
    return get_object_or_404(queries.sittings_to_mark(request.actor, clock.now()), uid=uid)


@require_GET
def marking_list(request: Request) -> HttpResponse:
    """The sittings with written answers one may mark."""
    found = list(queries.sittings_to_mark(request.actor, clock.now()))
    return render(request, "exams/marking_list.html", {"rows": found})


@require_GET
def marking(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One sitting: its questions with how many answers wait, and the way to the next one."""
    sitting = _sitting(request, uid)
    context = {"sitting": sitting, "questions": queries.progress(sitting)}
    return render(request, "exams/marking.html", context)


def _next(request: Request, sitting: Sitting) -> HttpResponse:
    try:
        put_back = [uuid.UUID(one) for one in request.session.get(PUT_BACK, [])]
        task = written_marking.claim(sitting=sitting, by=request.actor, at=clock.now(), put_back=put_back)
    except written_marking.CannotMark as refused:
        messages.error(request, marking_refusal_text(refused.code))
        return redirect("exams:marking_list")
    if task:
        return redirect("exams:marking_answer", task.uid)
    if queries.waiting_at(sitting):
        messages.info(request, _("The answers left are in the hands of other markers just now."))
    else:
        messages.success(request, _("Every written answer of this sitting is marked."))
    return redirect("exams:marking", sitting.uid)


@require_POST
def marking_next(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take the next answer."""
    return _next(request, _sitting(request, uid))


@require_GET
def marking_last(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Back to the answer one marked last, to correct it."""
    sitting = _sitting(request, uid)
    task = queries.last_marked(request.actor, sitting)
    if task is None:
        messages.info(request, _("You have not marked an answer of this sitting yet."))
        return redirect("exams:marking", sitting.uid)
    return redirect("exams:marking_answer", task.uid)


def _own(request: Request, task: MarkingTask) -> bool:
    """Whether one holds an answer or has marked it oneself."""
    return task.claimed_by_id == request.user.pk and task.attempt.user_id != request.user.pk


@require_POST
def put_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put an answer back unmarked and take the next; for this marker it comes after all others now."""
    task = get_object_or_404(MarkingTask.objects.select_related("attempt", "sitting__unit"), uid=uid)
    sitting = _sitting(request, task.sitting.uid)
    try:
        written_marking.put_back(task=task, by=request.actor, at=clock.now())
    except written_marking.CannotMark as refused:
        messages.error(request, marking_refusal_text(refused.code))
        return redirect("exams:marking", sitting.uid)
    before = [one for one in request.session.get(PUT_BACK, []) if one != str(uid)]
    request.session[PUT_BACK] = [*before, str(uid)][-PUT_BACK_LIMIT:]
    return _next(request, sitting)


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One written answer, without a name: tick the scoring points, or correct one's own mark."""
    found = MarkingTask.objects.select_related("attempt", "version", "sitting__unit")
    task = get_object_or_404(found, uid=uid)
    sitting = _sitting(request, task.sitting.uid)
    if not _own(request, task):
        if task.claimed_by_id is None:
            raise Http404
        messages.error(request, marking_refusal_text("taken"))
        return redirect("exams:marking", sitting.uid)
    sheet = queries.sheet(task, clock.now())
    form = WrittenMarkForm(
        request.POST if request.method == "POST" else None,
        points=sheet.points,
        full=task.full_marks,
        correcting=sheet.last is not None,
        marks=sheet.last.marks.normalize() if sheet.last else None,
        alike=sheet.alike,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, sitting, task, sheet, form)
        except BadMark as bad:
            form.add_error(None, bad_mark_text(bad.code, task.full_marks))
        except written_marking.CannotMark as refused:
            messages.error(request, marking_refusal_text(refused.code))
            return redirect("exams:marking", sitting.uid)
    pictures = carried([sheet.context, sheet.stem])
    context = {"sitting": sitting, "sheet": sheet, "form": form, "pictures": pictures}
    return render(request, "exams/marking_answer.html", context, status=400 if form.errors else 200)


def _save(
    request: Request, sitting: Sitting, task: MarkingTask, sheet: queries.Sheet, form: WrittenMarkForm
) -> HttpResponse:
    given: dict[str, Any] = {
        "task": task,
        "points": form.ticked(),
        "marks": form.cleaned_data.get("marks"),
        "by": request.actor,
        "at": clock.now(),
    }
    if sheet.last is not None:
        written_marking.correct(reason=form.cleaned_data["reason"], **given)
        messages.success(request, _("Corrected; both marks stay on record."))
    else:
        done = written_marking.give(with_alike=bool(form.cleaned_data.get("with_alike")), **given)
        if done > 1:
            messages.success(request, _("%(count)d equal answers were marked together.") % {"count": done})
    return _next(request, sitting)
